import type { Batch } from 'kafkajs'
import type { RecordBatch } from '../../ports/source.ts'
import { toRecord } from './fetched.ts'

/**
 * A kafkajs batch in our words. `nextOffset` is past trailing markers of transactions, which kafkajs hides.
 *
 * @param askedBeforeMs when the partition was asked for records the time before
 */
export function toRecordBatch(batch: Batch, askedBeforeMs: number | undefined): RecordBatch {
  const { topic, partition } = batch
  return {
    topic,
    partition,
    records: batch.messages.map((message) => toRecord(topic, partition, message)),
    nextOffset: Number(batch.lastOffset()) + 1,
    endOffset: Number(batch.highWatermark),
    askedBeforeMs,
  }
}
