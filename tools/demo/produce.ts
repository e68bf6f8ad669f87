import { setTimeout as delay } from 'node:timers/promises'
import type { Producer } from 'kafkajs'
import type { Feed, FeedRecord } from './feed.ts'
import type { Ledger } from './ledger.ts'

const RECORDS_PER_SEND = 4000
const TICK_MS = 50

/** Where records go, and where they are written down. */
export interface Outlet {
  readonly producer: Producer
  readonly topicPrefix: string
  readonly ledger: Ledger
}

/** Writes all records that are due at a time. */
export async function writeDue(feed: Feed, atMs: number, outlet: Outlet, signal: AbortSignal): Promise<void> {
  for (;;) {
    const records = feed.take(atMs, RECORDS_PER_SEND)
    if (records.length === 0 || signal.aborted) return
    await write(records, outlet)
  }
}

/** Writes each record when it is due, until `endMs`; then what is left. Rejects when aborted. */
export async function writeUntil(
  feed: Feed,
  endMs: number,
  outlet: Outlet,
  signal: AbortSignal,
): Promise<void> {
  while (Date.now() < endMs) {
    await writeDue(feed, Date.now(), outlet, signal)
    await delay(TICK_MS, undefined, { signal })
  }
  await writeDue(feed, Infinity, outlet, signal)
}

async function write(
  records: readonly FeedRecord[],
  { producer, topicPrefix, ledger }: Outlet,
): Promise<void> {
  const byTopic = Map.groupBy(records, ({ topic }) => topic)
  await producer.sendBatch({
    topicMessages: Array.from(byTopic, ([topic, ofTopic]) => ({
      topic: `${topicPrefix}${topic}`,
      messages: ofTopic.map(({ key, value, timestampMs }) => ({
        key,
        value,
        timestamp: String(timestampMs),
      })),
    })),
  })
  for (const record of records) ledger.take(record)
}
