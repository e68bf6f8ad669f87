import { expect, test } from 'vitest'
import { committedEvents, toRecord } from '../../../src/adapters/kafka/fetched.ts'
import type { FetchedRecord } from '../../../src/adapters/kafka/fetched.ts'

const ABORT = Buffer.from([0, 0, 0, 0])
const COMMIT = Buffer.from([0, 0, 0, 1])

/** A record of a producer's transaction, or outside of any. */
function record(offset: number, producerId?: string): FetchedRecord {
  return {
    offset: String(offset),
    timestamp: '7',
    key: null,
    value: Buffer.from('x'),
    batchContext: { producerId: producerId ?? '-1', inTransaction: producerId !== undefined },
  }
}

function marker(offset: number, producerId: string, key: Buffer): FetchedRecord {
  return { ...record(offset, producerId), key, isControlRecord: true }
}

const offsets = (records: readonly FetchedRecord[]) => records.map(({ offset }) => Number(offset))

test('markers of transactions are no events', () => {
  const messages = [record(0), record(1, 'a'), marker(2, 'a', COMMIT)]
  expect(offsets(committedEvents({ messages }))).toEqual([0, 1])
})

test('what was aborted is no event, from the first record of the transaction to its marker', () => {
  const messages = [
    record(0, 'a'),
    record(1, 'b'),
    record(2),
    record(3, 'a'),
    marker(4, 'a', ABORT),
    record(5, 'a'),
    marker(6, 'b', COMMIT),
    marker(7, 'a', COMMIT),
  ]
  const abortedTransactions = [{ producerId: 'a', firstOffset: '0' }]
  expect(offsets(committedEvents({ messages, abortedTransactions }))).toEqual([1, 2, 5])
})

test('two aborted transactions of one producer, told in any order', () => {
  const messages = [
    record(0, 'a'),
    marker(1, 'a', ABORT),
    record(2, 'a'),
    marker(3, 'a', COMMIT),
    record(4, 'a'),
    marker(5, 'a', ABORT),
    record(6, 'b'),
  ]
  const abortedTransactions = [
    { producerId: 'a', firstOffset: '4' },
    { producerId: 'a', firstOffset: '0' },
  ]
  expect(offsets(committedEvents({ messages, abortedTransactions }))).toEqual([2, 6])
})

test('a transaction that was begun before what was fetched is aborted all the same', () => {
  const messages = [record(10, 'a'), marker(11, 'a', ABORT), record(12)]
  const abortedTransactions = [{ producerId: 'a', firstOffset: '3' }]
  expect(offsets(committedEvents({ messages, abortedTransactions }))).toEqual([12])
})

test('records of brokers that knew no transactions are events', () => {
  const { batchContext: _, ...old } = record(3)
  expect(committedEvents({ messages: [old] })).toEqual([old])
  expect(toRecord('t', 1, old)).toEqual({
    topic: 't',
    partition: 1,
    offset: 3,
    timestampMs: 7,
    key: null,
    value: Buffer.from('x'),
    headers: {},
  })
})
