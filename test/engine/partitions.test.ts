import { expect, test } from 'vitest'
import { advance, observeEnd, PartitionTable } from '../../src/engine/partitions.ts'
import { assigned, ManualClock, START_MS } from './memory.ts'

function tableOf(...partitions: readonly Parameters<typeof assigned>[0][]): PartitionTable {
  const table = new PartitionTable()
  table.assign(
    partitions.map((partition) => assigned(partition)),
    START_MS,
  )
  return table
}

test('an assignment begins where it was told to, with nothing moved', () => {
  const [state] = tableOf({ offset: 5, committed: 5, end: 9 }).all()
  expect(state).toMatchObject({
    position: 5,
    committed: 5,
    end: 9,
    lastZeroMs: undefined,
    movedSinceFlush: false,
  })
})

test('lag was zero just now if a partition is assigned at its end', () => {
  expect(tableOf({ offset: 9, end: 9 }).all()[0]?.lastZeroMs).toBe(START_MS)
})

test('positions that the group has not committed are pending, and no others', () => {
  const table = tableOf(
    { partition: 0, offset: 5, committed: 5 },
    { partition: 1, offset: 5, committed: 3 },
    { partition: 2, offset: 0 },
  )
  expect(table.pending().offsets.map(({ partition, offset }) => [partition, offset])).toEqual([
    [1, 5],
    [2, 0],
  ])
})

test('what was committed is no longer pending, and what came meanwhile is', () => {
  const table = tableOf({ partition: 0 }, { partition: 1 })
  const pending = table.pending()
  const state = table.get('ads.ad-published.v1', 1)
  if (state !== undefined) advance(state, 7)
  table.markCommitted(pending)
  expect(table.pending().offsets).toEqual([{ topic: 'ads.ad-published.v1', partition: 1, offset: 7 }])
})

test('a new assignment makes pending offsets void', () => {
  const table = tableOf({})
  const pending = table.pending()
  table.assign([assigned({ offset: 3 })], START_MS)
  expect(table.isCurrent(pending)).toBe(false)
  table.markCommitted(pending)
  expect(table.get('ads.ad-published.v1', 0)?.committed).toBeUndefined()
})

test('partitions are told apart by topic and number', () => {
  const table = tableOf({ topic: 'a', partition: 11 }, { topic: 'a1', partition: 1 })
  expect(table.ofTopic('a')).toHaveLength(1)
  expect(table.get('a', 1)).toBeUndefined()
  expect(table.get('a1', 1)?.topic).toBe('a1')
})

test('a partition is behind since its end was seen ahead without the position moving', async () => {
  const clock = new ManualClock()
  const [state] = tableOf({}).all()
  if (state === undefined) throw new Error('no partition')
  observeEnd(state, 5, clock)
  expect(state.behindSinceMs).toBe(0)
  await clock.pass(1000)
  observeEnd(state, 6, clock)
  expect(state.behindSinceMs).toBe(0)
  advance(state, 3)
  expect(state.behindSinceMs).toBeUndefined()
  observeEnd(state, 6, clock)
  expect(state.behindSinceMs).toBe(1000)
  advance(state, 6)
  observeEnd(state, 6, clock)
  expect(state).toMatchObject({
    behindSinceMs: undefined,
    lastZeroMs: START_MS + 1000,
    movedSinceFlush: true,
  })
})
