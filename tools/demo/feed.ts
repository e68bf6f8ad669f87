import type { AdPublished } from '../ads/ad-published.ts'
import {
  AD_TOPIC,
  generateAds,
  generatePayments,
  PAYMENT_TOPIC,
  type GeneratedRecord,
} from '../ads/events.ts'
import { phaseAt, type Plan } from './plan.ts'

/** The name of the incident's fault, beside those of the generator. */
export const INCIDENT = 'incident'

const INCIDENT_EVERY = 5
/** An event is written to Kafka a moment after it happened; the rules refuse one that happened in the same millisecond. */
const DELIVERY_MS = 20

/** A record of the demo; `topic` is the name in rules/ads, without a prefix. */
export interface FeedRecord extends GeneratedRecord {
  readonly topic: string
}

/** The demo's records, in order of time within each topic. */
export interface Feed {
  /** At most `limit` records that are due at a time and were not taken before. */
  take(atMs: number, limit: number): readonly FeedRecord[]
}

/** Makes the records of a plan that starts at `startMs`: the backlog lies before it. */
export function createFeed(plan: Plan, startMs: number, seed: number): Feed {
  const makers = { [AD_TOPIC]: generateAds, [PAYMENT_TOPIC]: generatePayments }
  const queues = Object.entries(makers).map(([topic, generate]) => {
    const ratePerSecond = plan.ratesPerSecond[topic] ?? 0
    const options = {
      seed,
      count: ((plan.durationMs + plan.backlogMs) / 1000) * ratePerSecond,
      baseTimeMs: startMs + plan.durationMs - DELIVERY_MS,
      intervalMs: 1000 / ratePerSecond,
    }
    const records = generate(options)
    return createQueue(topic, topic === AD_TOPIC ? withIncident(records, plan, startMs) : records)
  })
  return {
    take: (atMs, limit) =>
      queues.flatMap((queue) => takeDue(queue, atMs - DELIVERY_MS, limit / queues.length)),
  }
}

function* withIncident(
  records: Iterable<GeneratedRecord>,
  plan: Plan,
  startMs: number,
): Generator<GeneratedRecord> {
  let inIncident = 0
  for (const record of records) {
    const isHit =
      phaseAt(plan, record.timestampMs - startMs) === 'incident' && inIncident++ % INCIDENT_EVERY === 0
    yield isHit && record.fault === undefined ? withNegativePrice(record) : record
  }
}

function withNegativePrice(record: GeneratedRecord): GeneratedRecord {
  const event = JSON.parse(String(record.value)) as AdPublished
  event.ad.price.amount = -event.ad.price.amount
  return { ...record, value: Buffer.from(JSON.stringify(event)), fault: INCIDENT }
}

interface Queue {
  readonly topic: string
  readonly records: Iterator<GeneratedRecord>
  next: GeneratedRecord | undefined
}

function createQueue(topic: string, source: Iterable<GeneratedRecord>): Queue {
  const records = source[Symbol.iterator]()
  return { topic, records, next: advance(records) }
}

function takeDue(queue: Queue, dueMs: number, limit: number): FeedRecord[] {
  const taken: FeedRecord[] = []
  while (queue.next !== undefined && queue.next.timestampMs <= dueMs && taken.length < limit) {
    taken.push({ ...queue.next, topic: queue.topic })
    queue.next = advance(queue.records)
  }
  return taken
}

function advance(records: Iterator<GeneratedRecord>): GeneratedRecord | undefined {
  const { value, done } = records.next()
  return done === true ? undefined : value
}
