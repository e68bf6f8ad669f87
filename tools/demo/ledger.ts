import { createExpectedCounter, type ExpectedCounts } from '../ads/expected.ts'
import { sum } from './board.ts'
import type { FeedRecord } from './feed.ts'

/** What was written to Kafka, and what must be counted for it. */
export interface Ledger {
  take(record: FeedRecord): void
  /** Records written, by topic of rules/ads. */
  readonly produced: ReadonlyMap<string, number>
  total(): number
  /** By contract id, from plain predicates over the same bytes. */
  readonly expected: ReadonlyMap<string, ExpectedCounts>
  /** The first record of each fault that was planted. */
  readonly examples: ReadonlyMap<string, FeedRecord>
}

export function createLedger(nowMs: number): Ledger {
  const counter = createExpectedCounter(nowMs)
  const produced = new Map<string, number>()
  const examples = new Map<string, FeedRecord>()
  return {
    produced,
    examples,
    expected: counter.contracts,
    total: () => sum(produced.values()),
    take: (record) => {
      const { topic, value, fault } = record
      produced.set(topic, (produced.get(topic) ?? 0) + 1)
      if (fault !== undefined && !examples.has(fault)) examples.set(fault, record)
      counter.take(topic, value)
    },
  }
}
