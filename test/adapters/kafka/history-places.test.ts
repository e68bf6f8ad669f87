import { expect, test } from 'vitest'
import { historyPlaces } from '../../../src/adapters/kafka/history-places.ts'

const until = (...offsets: readonly number[]) =>
  offsets.map((offset, partition) => ({ topic: 't', partition, offset }))

test('all of the past that is young enough, if it is not too much', () => {
  const found = new Map([
    [0, 40],
    [1, 90],
  ])
  expect(historyPlaces(until(100, 100), found, 70)).toEqual([
    { partition: 0, offset: 40, isCut: false },
    { partition: 1, offset: 90, isCut: false },
  ])
})

test('of more, the newest of each partition, and together no more than may be read', () => {
  const found = new Map([
    [0, 0],
    [1, 900],
  ])
  const places = historyPlaces(until(1000, 1000), found, 110)
  expect(places).toEqual([
    { partition: 0, offset: 900, isCut: true },
    { partition: 1, offset: 990, isCut: true },
  ])
})

test('nothing of a partition without young records, nor of what came after the given offset', () => {
  expect(historyPlaces(until(100, 100), new Map([[1, 130]]), 10)).toEqual([
    { partition: 0, offset: 100, isCut: false },
    { partition: 1, offset: 100, isCut: false },
  ])
})
