import type { Batch } from 'kafkajs'
import type { RecordBatch } from '../../ports/source.ts'

/** A kafkajs batch in our words. `nextOffset` is past trailing markers of transactions, which kafkajs hides. */
export function toRecordBatch(batch: Batch): RecordBatch {
  const { topic, partition } = batch
  return {
    topic,
    partition,
    records: batch.messages.map(({ offset, timestamp, key, value, headers }) => ({
      topic,
      partition,
      offset: Number(offset),
      timestampMs: Number(timestamp),
      key,
      value,
      headers: headers ?? {},
    })),
    nextOffset: Number(batch.lastOffset()) + 1,
    endOffset: Number(batch.highWatermark),
  }
}
