import type { Sample } from './make-starter.ts'

/** What a contract is made from when there are no events yet: fields that most events have, for the reader to replace. */
export const TEMPLATE: Sample = {
  origin: 'without a sample of events, so its fields are only examples',
  advice:
    'Put your own fields in their place, here, in the schema and in the test; or begin again from real events:\nassay init --from events.ndjson, with one JSON event a line.',
  events: [
    {
      id: 'order-1001',
      type: 'order.placed',
      occurred_at: '2026-03-02T12:00:00Z',
      order: { total: { amount: 42.5, currency: 'EUR' }, items: [{ sku: 'a-100', quantity: 1 }] },
    },
    {
      id: 'order-1002',
      type: 'order.placed',
      occurred_at: '2026-03-02T12:00:05Z',
      order: { total: { amount: 17, currency: 'EUR' }, items: [], note: 'leave at the door' },
    },
  ],
}
