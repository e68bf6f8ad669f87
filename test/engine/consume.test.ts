import { beforeEach, expect, test } from 'vitest'
import { DEFAULT_DECODE_LIMITS, NO_REGISTRY } from '../../src/decode/decode.ts'
import { consumeBatch } from '../../src/engine/consume.ts'
import { TopicJudge } from '../../src/engine/judge-record.ts'
import { PartitionTable } from '../../src/engine/partitions.ts'
import type { PartitionState } from '../../src/engine/partitions.ts'
import type { RecordBatch } from '../../src/ports/source.ts'
import { ruleTags } from '../../src/telemetry/tags.ts'
import { TopicTotals } from '../../src/telemetry/totals.ts'
import { assigned, batchOf, ManualClock, MemoryControl, START_MS } from './memory.ts'
import { POSITIVE, topicOf } from './topics.ts'

const EVENTS = Array.from({ length: 20 }, () => ({ n: 1 }))

let clock: ManualClock
let control: MemoryControl
let totals: TopicTotals
let state: PartitionState

beforeEach(() => {
  clock = new ManualClock()
  control = new MemoryControl()
  const table = new PartitionTable()
  table.assign([assigned()], START_MS)
  const [only] = table.all()
  if (only === undefined) throw new Error('no partition')
  state = only
})

async function consume(batch: RecordBatch): Promise<number> {
  const topic = topicOf([POSITIVE])
  totals = new TopicTotals(topic, 'ads', ruleTags(topic.contracts, 100))
  const reading = { limits: DEFAULT_DECODE_LIMITS, findSchema: NO_REGISTRY }
  const judge = new TopicJudge(topic, totals, reading, () => clock.monotonicMs())
  const { judged } = await consumeBatch(batch, state, () => judge, control, clock)
  return judged
}

function judgedEvents(): number {
  return totals
    .drain(false)
    .reduce(
      (sum, sample) => sum + (sample.name === 'dq.events' && sample.type === 'count' ? sample.value : 0),
      0,
    )
}

test('a batch is judged whole, and the position is past it', async () => {
  expect(await consume(batchOf(0, EVENTS))).toBe(20)
  expect(judgedEvents()).toBe(20)
  expect(state).toMatchObject({
    position: 20,
    end: 20,
    lastJudgedMs: START_MS,
    movedSinceFlush: true,
    behindSinceMs: undefined,
  })
  expect(control.advances).toEqual([20])
})

test('a quick batch holds the loop once, and the membership is kept alive at its end', async () => {
  await consume(batchOf(0, EVENTS))
  expect(clock.yields).toBe(0)
  expect(control.heartbeats).toBe(1)
})

test('markers of transactions behind the last record are passed over', async () => {
  await consume(batchOf(0, EVENTS, { nextOffset: 25, endOffset: 25 }))
  expect(state).toMatchObject({ position: 25, lastZeroMs: START_MS })
})

test('a batch of markers alone moves the position', async () => {
  expect(await consume(batchOf(0, [], { nextOffset: 3, endOffset: 3 }))).toBe(0)
  expect(state).toMatchObject({ position: 3, lastJudgedMs: undefined })
})

test('slow rules yield by time, each slice with a heartbeat and the position so far', async () => {
  clock.lookMs = 4
  await consume(batchOf(0, EVENTS))
  expect(clock.yields).toBeGreaterThan(5)
  expect(control.heartbeats).toBe(clock.yields + 1)
  expect(control.advances).toEqual(control.advances.toSorted((a, b) => a - b))
  expect(control.advances.at(-1)).toBe(20)
  expect(judgedEvents()).toBe(20)
})

test('a stale batch ends between two records, with the position behind the last one judged', async () => {
  clock.lookMs = 4
  control.stale = true
  const judged = await consume(batchOf(0, EVENTS, { endOffset: 100 }))
  expect(judged).toBeGreaterThan(0)
  expect(judged).toBeLessThan(20)
  expect(state.position).toBe(judged)
  expect(judgedEvents()).toBe(judged)
  expect(control.advances).toEqual([judged])
  expect(control.heartbeats).toBe(0)
})

test('a batch that grows stale while the heartbeat is under way ends there too', async () => {
  clock.lookMs = 4
  control.staleAfterHeartbeat = true
  const judged = await consume(batchOf(0, EVENTS))
  expect(judged).toBeLessThan(20)
  expect(judgedEvents()).toBe(judged)
  expect(control.heartbeats).toBe(1)
})

test('a rebalance that the heartbeat reports passes through, and what was judged stays judged', async () => {
  clock.lookMs = 4
  control.rebalance = new Error('the group rebalances')
  await expect(consume(batchOf(0, EVENTS))).rejects.toBe(control.rebalance)
  expect(state.position).toBeGreaterThan(0)
  expect(state.position).toBeLessThan(20)
  expect(judgedEvents()).toBe(state.position)
})

test('what can’t be read is counted and passed over like all others', async () => {
  expect(await consume(batchOf(0, ['{', { n: 1 }, { n: 0 }]))).toBe(3)
  const samples = totals.drain(false)
  expect(samples).toContainEqual(
    expect.objectContaining({
      name: 'dq.records.rejected',
      value: 1,
      tags: expect.objectContaining({ reason: 'not_json' }),
    }),
  )
  expect(state.position).toBe(3)
})
