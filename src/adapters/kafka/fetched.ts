import type { IHeaders } from 'kafkajs'
import type { KafkaRecord } from '../../model/record.ts'

/** A record as kafkajs reads it from a response to Fetch, beside what its types say. */
export interface FetchedRecord {
  readonly offset: string
  readonly timestamp: string
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers?: IHeaders
  /** Markers of transactions carry no event. */
  readonly isControlRecord?: boolean
  /** Absent from records of very old brokers, which knew no transactions. */
  readonly batchContext?: { readonly producerId: string; readonly inTransaction: boolean }
}

/** A transaction that was given up, by its producer and its first record. */
export interface AbortedTransaction {
  readonly producerId: string
  readonly firstOffset: string
}

/** A partition's part of a response to Fetch. */
export interface FetchedPartition {
  readonly messages: FetchedRecord[]
  readonly abortedTransactions?: readonly AbortedTransaction[]
}

/** The key of the marker that ends an aborted transaction: version 0, type 0. */
const ABORT_MARKER = Buffer.alloc(4)

/** The events among fetched records, as a consumer that reads committed ones sees them: without markers, without aborted transactions. */
export function committedEvents({ messages, abortedTransactions }: FetchedPartition): FetchedRecord[] {
  const toCome = (abortedTransactions ?? []).toSorted((a, b) => Number(a.firstOffset) - Number(b.firstOffset))
  const aborted = new Set<string>()
  return messages.filter((record) => {
    while (toCome[0] !== undefined && Number(toCome[0].firstOffset) <= Number(record.offset)) {
      aborted.add(toCome.shift()?.producerId ?? '')
    }
    const { producerId, inTransaction } = record.batchContext ?? { producerId: '', inTransaction: false }
    if (record.isControlRecord === true) {
      if (record.key?.equals(ABORT_MARKER)) aborted.delete(producerId)
      return false
    }
    return !(inTransaction && aborted.has(producerId))
  })
}

/** A fetched record in our words. */
export function toRecord(
  topic: string,
  partition: number,
  { offset, timestamp, key, value, headers }: Omit<FetchedRecord, 'isControlRecord' | 'batchContext'>,
): KafkaRecord {
  return {
    topic,
    partition,
    offset: Number(offset),
    timestampMs: Number(timestamp),
    key,
    value,
    headers: headers ?? {},
  }
}
