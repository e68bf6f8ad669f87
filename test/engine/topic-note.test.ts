import { expect, test } from 'vitest'
import { readNote, writeNote } from '../../src/engine/topic-note.ts'
import type { RestoredStatus } from '../../src/stream/restored-status.ts'
import { START_MS } from './memory.ts'

/** What brokers take unless they are set otherwise. */
const BROKERS_TAKE = 4096

const breached = (name: string): RestoredStatus => ({
  contract: 'ads.ad-published',
  kind: 'rule',
  name,
  status: 'breached',
  sinceMs: START_MS,
})

test.each([
  { statuses: [], newestMs: undefined, lateShare: undefined },
  { statuses: [], newestMs: START_MS, lateShare: undefined },
  { statuses: [breached('a'), breached('b')], newestMs: START_MS, lateShare: 0.25 },
])('comes back as it was written: %j', (memory) => {
  expect(readNote(writeNote(memory))).toEqual(memory)
})

test('stays below what brokers take, with thousands of breaches', () => {
  const statuses = Array.from({ length: 2000 }, (_, index) => breached(`rule_${index}`))
  const note = writeNote({ statuses, newestMs: START_MS, lateShare: 0.123456789 })
  expect(Buffer.byteLength(note)).toBeLessThan(BROKERS_TAKE)
  expect(readNote(note)?.statuses.length).toBeGreaterThan(50)
})

test.each(['', 'x', '1', 'null', '[]', '{}', '{"assay":"1"}', '{"assay":2,"statuses":{}}'])(
  'what others wrote is none: %s',
  (text) => {
    expect(readNote(text)).toBeUndefined()
  },
)

test('facts that make no sense are unknown', () => {
  expect(readNote('{"assay":1,"newest":"yesterday","late":-1,"statuses":7}')).toEqual({
    statuses: [],
    newestMs: undefined,
    lateShare: undefined,
  })
})
