import { beforeEach, describe, expect, test } from 'vitest'
import { DEFAULT_DECODE_LIMITS } from '../../src/decode/decode.ts'
import { Engine } from '../../src/engine/engine.ts'
import type { CompiledTopic } from '../../src/evaluate/compiled.ts'
import type { AssignedPartition, RecordBatch } from '../../src/ports/source.ts'
import {
  assigned,
  batchOf,
  ManualClock,
  MemoryControl,
  MemoryLog,
  MemorySink,
  MemorySource,
  START_MS,
  TOPIC,
} from './memory.ts'
import { topicsOf } from './topics.ts'

const FLUSH_MS = 10_000
const STALL_MS = 60_000

let journal: string[]
let clock: ManualClock
let source: MemorySource
let sink: MemorySink
let log: MemoryLog
let engine: Engine
/** What became of the run: undefined while it goes on. */
let ended: { readonly error: unknown } | undefined

beforeEach(() => start(topicsOf()))

function start(topics: readonly CompiledTopic[]): void {
  journal = []
  ended = undefined
  clock = new ManualClock()
  source = new MemorySource(journal)
  sink = new MemorySink('sink', journal)
  log = new MemoryLog()
  engine = new Engine(topics, source, [sink], clock, log, {
    domain: 'ads',
    group: 'assay-ads',
    flushIntervalMs: FLUSH_MS,
    stallTimeoutMs: STALL_MS,
    maxSeries: 1000,
    limits: DEFAULT_DECODE_LIMITS,
    shadowSample: undefined,
    announcers: [],
    rebuild: { records: 1000, timeoutMs: 30_000 },
  })
  void watch(engine.run())
}

async function watch(running: Promise<void>): Promise<void> {
  try {
    await running
    ended = { error: undefined }
  } catch (error) {
    ended = { error }
  }
}

function join(...partitions: readonly Partial<AssignedPartition>[]): void {
  source.handler.onConnection(true)
  source.handler.onAssigned((partitions.length > 0 ? partitions : [{}]).map(assigned), true)
}

function logEndsAt(end: number): void {
  source.endsAnswer = () => Promise.resolve([{ topic: TOPIC, partition: 0, low: 0, end }])
}

async function consume(batch: RecordBatch): Promise<void> {
  await source.handler.onBatch(batch, new MemoryControl())
}

const positions = () => source.commits.map((offsets) => offsets.map(({ offset }) => offset))
const age = () => sink.gauge('dq.topic.event_age')
const LAG = { domain: 'ads', topic: TOPIC, consumer_group: 'assay-ads', partition: '0' }

describe('a flush', () => {
  test('sends what was judged and commits exactly that', async () => {
    join()
    await consume(batchOf(0, [{ n: 1 }, { n: 0 }, {}, '{']))
    await clock.pass(FLUSH_MS)
    expect(sink.total('dq.events', { result: 'pass' })).toBe(1)
    expect(sink.total('dq.events', { result: 'fail' })).toBe(2)
    expect(sink.total('dq.events', { result: 'undecodable' })).toBe(1)
    expect(sink.total('dq.rule.evaluations', { rule: 'positive', result: 'fail' })).toBe(2)
    expect(sink.total('dq.records.rejected', { reason: 'not_json' })).toBe(1)
    expect(positions()).toEqual([[4]])
  })

  test('happens at every interval, and without anything new commits nothing', async () => {
    join({ offset: 4, committed: 4, end: 4 })
    await clock.pass(3 * FLUSH_MS)
    expect(sink.taken).toHaveLength(3)
    expect(source.commits).toEqual([])
  })

  test('sends a first fail of 0 for what is owned, once', async () => {
    join()
    await clock.pass(2 * FLUSH_MS)
    expect(sink.samples('dq.rule.evaluations')).toEqual([
      expect.objectContaining({ value: 0, tags: expect.objectContaining({ result: 'fail' }) }),
    ])
    expect(sink.samples('dq.events', { result: 'fail' })).toHaveLength(1)
  })

  test('sends nothing of a topic that another member owns', async () => {
    source.handler.onConnection(true)
    source.handler.onAssigned([], false)
    await clock.pass(FLUSH_MS)
    expect(sink.taken.flat().every(({ tags }) => Object.keys(tags).every((tag) => tag !== 'topic'))).toBe(
      true,
    )
    expect(sink.total('dq.rebalances')).toBe(1)
  })

  test('judges an event for every contract of its topic', async () => {
    start(topicsOf({ id: 'a' }, { id: 'b', tombstones: 'fail' }))
    join()
    await consume(batchOf(0, [{ n: 1 }]))
    const tombstone = { ...batchOf(1, [{}]).records[0], value: null }
    await consume({ ...batchOf(1, [{}]), records: [tombstone] as RecordBatch['records'] })
    await clock.pass(FLUSH_MS)
    expect(sink.total('dq.events', { contract: 'a', result: 'pass' })).toBe(1)
    expect(sink.total('dq.events', { contract: 'b', result: 'pass' })).toBe(1)
    expect(sink.total('dq.events', { contract: 'a', result: 'tombstone' })).toBe(1)
    expect(sink.total('dq.events', { contract: 'b', result: 'fail' })).toBe(1)
  })

  test('ignores batches of topics and partitions that are not ours', async () => {
    join()
    await consume(batchOf(0, [{ n: 1 }], { partition: 7 }))
    await consume(batchOf(0, [{ n: 1 }], { topic: 'other' }))
    await clock.pass(FLUSH_MS)
    expect(sink.total('dq.events')).toBe(0)
  })
})

describe('lag', () => {
  test('is sent by partition, also while nothing comes', async () => {
    join({ offset: 2, end: 5, committed: 2 })
    logEndsAt(5)
    await consume(batchOf(2, [{ n: 1 }], { endOffset: 5 }))
    await clock.pass(FLUSH_MS)
    expect(sink.gauge('dq.consumer.lag_offsets', LAG)).toBe(2)
    expect(sink.gauge('dq.consumer.lag_seconds', LAG)).toBe(10)
    await consume(batchOf(3, [{ n: 1 }, { n: 1 }]))
    await clock.pass(FLUSH_MS)
    expect(sink.gauge('dq.consumer.lag_offsets', LAG)).toBe(0)
    expect(sink.gauge('dq.consumer.lag_seconds', LAG)).toBe(0)
  })

  test('is left out when the brokers don’t say where the log ends', async () => {
    join()
    source.endsAnswer = () => Promise.reject(new Error('no broker'))
    await clock.pass(FLUSH_MS)
    expect(sink.taken).toHaveLength(1)
    expect(sink.gauge('dq.consumer.lag_offsets')).toBeUndefined()
  })

  test('holds up no flush when the brokers don’t answer at all', async () => {
    join()
    source.endsAnswer = () => new Promise(() => {})
    await clock.pass(FLUSH_MS)
    expect(sink.taken).toHaveLength(0)
    await clock.pass(3_000)
    expect(sink.taken).toHaveLength(1)
    expect(sink.gauge('dq.consumer.lag_offsets')).toBeUndefined()
  })

  test('leaves no timer behind for each answer', async () => {
    join()
    await clock.pass(5 * FLUSH_MS)
    expect(clock.alarms).toBe(1)
  })
})

describe('the heartbeat of a contract', () => {
  test.each([
    ['is sent while it is caught up', { offset: 5, end: 5 }, [], 5, 1],
    ['is sent while it moves, though behind', { offset: 0, end: 9 }, [{ n: 1 }], 9, 1],
    ['is not sent while it stands still with something to judge', { offset: 0, end: 9 }, [], 9, 0],
  ])('%s', async (_, partition, events, end, beats) => {
    join(partition)
    logEndsAt(end)
    if (events.length > 0) await consume(batchOf(0, events, { endOffset: end }))
    await clock.pass(FLUSH_MS)
    expect(sink.total('dq.heartbeat')).toBe(beats)
  })

  test('stops when it has moved and then stands still', async () => {
    join({ end: 9 })
    logEndsAt(9)
    await consume(batchOf(0, [{ n: 1 }], { endOffset: 9 }))
    await clock.pass(3 * FLUSH_MS)
    expect(sink.total('dq.heartbeat')).toBe(1)
  })
})

describe('the age of events', () => {
  test('begins with the last record’s timestamp, grows without events, and is 0 when the log grows', async () => {
    join({ end: 5, offset: 5, lastTimestampMs: START_MS - 60_000 })
    logEndsAt(5)
    await clock.pass(FLUSH_MS)
    expect(age()).toBe(70)
    logEndsAt(6)
    await clock.pass(FLUSH_MS)
    expect(age()).toBe(0)
    await clock.pass(FLUSH_MS)
    expect(age()).toBe(10)
  })

  test('is unknown for a log that has always been empty', async () => {
    join()
    logEndsAt(0)
    await clock.pass(FLUSH_MS)
    expect(age()).toBeUndefined()
  })

  test('is that of the last record, not of our return, when a topic comes back from another member', async () => {
    join({ end: 5, offset: 5, lastTimestampMs: START_MS })
    logEndsAt(5)
    await clock.pass(FLUSH_MS)
    source.handler.onRevoked()
    await clock.pass(60 * FLUSH_MS)
    join({ end: 8, offset: 8, lastTimestampMs: START_MS + 2 * FLUSH_MS })
    logEndsAt(8)
    await clock.pass(FLUSH_MS)
    expect(age()).toBe(600)
  })
})

describe('facts about the rule set', () => {
  test('are sent by the leader', async () => {
    join()
    source.handler.onTopicFaults(new Map([[TOPIC, 'missing']]))
    await clock.pass(FLUSH_MS)
    expect(sink.gauge('dq.topic.missing', { topic: TOPIC })).toBe(1)
    expect(sink.gauge('dq.contracts.loaded', { domain: 'ads' })).toBe(1)
    source.handler.onTopicFaults(new Map())
    await clock.pass(FLUSH_MS)
    expect(sink.gauge('dq.topic.missing', { topic: TOPIC })).toBe(0)
  })

  test('are not sent by others', async () => {
    source.handler.onAssigned([assigned()], false)
    await clock.pass(FLUSH_MS)
    expect(sink.samples('dq.topic.missing')).toEqual([])
    expect(sink.samples('dq.contracts.loaded')).toEqual([])
  })

  test('count what was lost to retention', async () => {
    join()
    source.handler.onGap(TOPIC, 7)
    source.handler.onGap('other', 1)
    await clock.pass(FLUSH_MS)
    expect(sink.total('dq.offset_gap')).toBe(7)
  })
})

describe('a rebalance', () => {
  test('flushes and commits before the member re-joins', async () => {
    join()
    await consume(batchOf(0, [{ n: 1 }]))
    await source.handler.beforeRejoin()
    expect(sink.total('dq.events', { result: 'pass' })).toBe(1)
    expect(positions()).toEqual([[1]])
  })

  test('makes what was not committed void, and counts go on without loss', async () => {
    join()
    source.commitFault = new Error('rebalance in progress')
    await consume(batchOf(0, [{ n: 1 }]))
    await source.handler.beforeRejoin()
    source.commitFault = undefined
    source.handler.onRevoked()
    join({ offset: 0 })
    await consume(batchOf(0, [{ n: 1 }]))
    await clock.pass(FLUSH_MS)
    expect(positions()).toEqual([[1]])
    expect(sink.total('dq.events', { result: 'pass' })).toBe(2)
    expect(sink.total('dq.rebalances')).toBe(2)
  })

  test('positions that move past markers alone are committed; they never go back', async () => {
    join()
    source.handler.onSkipped({ topic: TOPIC, partition: 0, offset: 3 })
    source.handler.onSkipped({ topic: TOPIC, partition: 0, offset: 2 })
    source.handler.onSkipped({ topic: TOPIC, partition: 5, offset: 9 })
    await clock.pass(FLUSH_MS)
    expect(positions()).toEqual([[3]])
  })
})

describe('an ordered stop', () => {
  test('stops the batches, flushes, commits, leaves and closes, in this order', async () => {
    join()
    await consume(batchOf(0, [{ n: 1 }]))
    expect(await engine.stop()).toBe(true)
    expect(journal).toEqual(['quiesced', 'sink sent', 'committed', 'stopped', 'sink closed'])
    expect(positions()).toEqual([[1]])
    expect(ended).toEqual({ error: undefined })
  })

  test('says when not everything could be sent, and leaves all the same', async () => {
    join()
    await consume(batchOf(0, [{ n: 1 }]))
    sink.fault = new Error('no such host')
    expect(await engine.stop()).toBe(false)
    expect(journal).toEqual(['quiesced', 'stopped', 'sink closed'])
    expect(source.commits).toEqual([])
  })

  test('ends the flushes', async () => {
    join()
    await engine.stop()
    await clock.pass(5 * FLUSH_MS)
    expect(sink.taken).toHaveLength(1)
    expect(clock.alarms).toBe(0)
  })
})

describe('a fault of the source', () => {
  test('ends the run with it, after what was counted is sent and committed', async () => {
    join()
    await consume(batchOf(0, [{ n: 1 }]))
    const fault = new Error('no broker for 5 minutes')
    source.fail(fault)
    await clock.pass(0)
    expect(ended).toEqual({ error: fault })
    expect(journal).toEqual(['sink sent', 'committed'])
    expect(clock.alarms).toBe(0)
  })

  test('commits nothing that could not be sent', async () => {
    join()
    await consume(batchOf(0, [{ n: 1 }]))
    sink.fault = new Error('no such host')
    source.fail(new Error('no broker'))
    await clock.pass(0)
    expect(ended).toBeDefined()
    expect(source.commits).toEqual([])
  })
})

describe('health', () => {
  const ready = { live: true, ready: true, reason: 'ok' }

  test('is live from the start, and ready once it is a member with brokers in reach', () => {
    expect(engine.health()).toEqual({ live: true, ready: false, reason: 'no broker in reach' })
    source.handler.onConnection(true)
    expect(engine.health()).toEqual({
      live: true,
      ready: false,
      reason: 'not a member of the consumer group yet',
    })
    source.handler.onAssigned([assigned()], true)
    expect(engine.health()).toEqual(ready)
    source.handler.onConnection(false)
    expect(engine.health()).toEqual({ live: true, ready: false, reason: 'no broker in reach' })
    source.handler.onConnection(true)
    source.handler.onRevoked()
    expect(engine.health()).toMatchObject({ live: true, ready: false })
  })

  test('a member that was given nothing is ready too', () => {
    source.handler.onConnection(true)
    source.handler.onAssigned([], false)
    expect(engine.health()).toEqual(ready)
  })

  test('a sink in error is no reason for a restart', async () => {
    join()
    sink.fault = new Error('no such host')
    await clock.pass(20 * FLUSH_MS)
    expect(engine.health()).toEqual(ready)
  })

  test('flushes that never finish are a reason', async () => {
    join()
    sink.hold()
    await clock.pass(6 * FLUSH_MS)
    expect(engine.health()).toEqual(ready)
    await clock.pass(FLUSH_MS)
    expect(engine.health()).toEqual({
      live: false,
      ready: false,
      reason: 'no flush has finished for several intervals',
    })
    sink.release()
    await clock.pass(0)
    expect(engine.health()).toEqual(ready)
  })

  test('a process that stops is not ready, and still alive', async () => {
    join()
    await engine.stop()
    expect(engine.health()).toEqual({ live: true, ready: false, reason: 'stopping' })
  })
})

describe('a silent stall', () => {
  beforeEach(async () => {
    join({ end: 5 })
    logEndsAt(5)
    await clock.pass(STALL_MS + 2 * FLUSH_MS)
  })

  test('makes the source connect anew, once, and the process unhealthy', () => {
    expect(source.reconnects).toEqual(['stalled'])
    expect(engine.health()).toEqual({
      live: false,
      ready: false,
      reason: 'partitions have records to judge and do not move',
    })
  })

  test('is over with the next batch', async () => {
    await consume(batchOf(0, [{ n: 1 }], { endOffset: 5 }))
    expect(engine.health().live).toBe(true)
  })

  test('is over when the new assignment leaves nothing to judge', async () => {
    source.handler.onRevoked()
    source.handler.onAssigned([], false)
    await clock.pass(FLUSH_MS)
    expect(engine.health().live).toBe(true)
  })

  test('is over when only markers were left', async () => {
    source.handler.onRevoked()
    join({ end: 5 })
    source.handler.onSkipped({ topic: TOPIC, partition: 0, offset: 5 })
    await clock.pass(FLUSH_MS)
    expect(engine.health().live).toBe(true)
  })

  test('ends the run if it goes on after the new connection', async () => {
    source.handler.onRevoked()
    join({ end: 5 })
    await clock.pass(STALL_MS + 3 * FLUSH_MS)
    expect(source.reconnects).toEqual(['stalled'])
    expect(ended?.error).toMatchObject({ code: 'STALLED' })
  })
})
