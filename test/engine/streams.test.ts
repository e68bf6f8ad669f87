import { beforeEach, describe, expect, test } from 'vitest'
import { DEFAULT_DECODE_LIMITS } from '../../src/decode/decode.ts'
import { Engine } from '../../src/engine/engine.ts'
import { readNote, writeNote } from '../../src/engine/topic-note.ts'
import { STATUSES } from '../../src/model/status.ts'
import type { AssignedPartition } from '../../src/ports/source.ts'
import type { RuleText } from '../evaluate/support.ts'
import {
  assigned,
  batchOf,
  ManualClock,
  MemoryAnnouncer,
  MemoryControl,
  MemoryHistory,
  MemoryLog,
  MemorySink,
  MemorySource,
  recordAt,
  settled,
  START_MS,
  TOPIC,
} from './memory.ts'
import { topicOf } from './topics.ts'

const FLUSH_MS = 10_000
const MINUTE_MS = 60_000

const FLOWING: RuleText = { id: 'flowing', freshness: { within: '1m' } }
const TOLERANT: RuleText = {
  id: 'positive',
  assert: 'n > 0',
  tolerance: { fail: '20%', over: '10m', minimumEvents: 20 },
}

let clock: ManualClock
let source: MemorySource
let sink: MemorySink
let announcer: MemoryAnnouncer
let log: MemoryLog
let engine: Engine
/** Where the log ends; undefined while the brokers don't answer. */
let end: number | undefined
let position: number

beforeEach(() => start([TOLERANT, FLOWING]))

function start(rules: readonly RuleText[], records = 1000): void {
  clock = new ManualClock()
  source = new MemorySource()
  sink = new MemorySink()
  announcer = new MemoryAnnouncer()
  log = new MemoryLog()
  end = 0
  position = 0
  source.endsAnswer = () =>
    end === undefined
      ? Promise.reject(new Error('away'))
      : Promise.resolve([{ topic: TOPIC, partition: 0, low: 0, end }])
  engine = new Engine([topicOf(rules)], source, [sink], clock, log, {
    domain: 'ads',
    group: 'assay-ads',
    flushIntervalMs: FLUSH_MS,
    stallTimeoutMs: 3_600_000,
    maxSeries: 1000,
    limits: DEFAULT_DECODE_LIMITS,
    shadowSample: undefined,
    announcers: [announcer],
    rebuild: { records, timeoutMs: 30_000 },
  })
  void engine.run()
  source.handler.onConnection(true)
}

function join(more: Partial<AssignedPartition> = {}): void {
  position = more.offset ?? 0
  end = more.end ?? 0
  source.handler.onAssigned([assigned(more)], true)
}

/** Events that arrive now, and are judged now. */
async function consume(...events: readonly unknown[]): Promise<void> {
  const more = { records: events.map((event, index) => recordAt(position + index, event, now())) }
  await source.handler.onBatch(batchOf(position, events, more), new MemoryControl())
  position += events.length
  end = position
}

const now = () => ({ timestampMs: clock.nowMs() })
const good = (count: number) => Array.from({ length: count }, () => ({ n: 1 }))
const bad = (count: number) => Array.from({ length: count }, () => ({ n: 0 }))

function status(rule: string): string | undefined {
  const value = sink.gauge('dq.rule.status', { rule })
  return value === undefined ? undefined : STATUSES[value]
}

/** The note that was committed last. */
const note = () => source.commits.flat().findLast((offset) => offset.note !== undefined)?.note ?? ''

const lines = (message: RegExp) => log.lines.filter((line) => message.test(line.message))

describe('a producer that breaks hundreds of rules at once', () => {
  const COUNT = 300
  const many = Array.from({ length: COUNT }, (_, index) => ({ ...TOLERANT, id: `positive_${index}` }))

  test('is told of once, and so is the end of it; each rule is counted, and what was told is remembered', async () => {
    start(many)
    join()
    await consume(...good(50))
    await clock.pass(FLUSH_MS)
    await consume(...bad(50))
    await clock.pass(FLUSH_MS)
    expect(announcer.titles).toEqual(['Breached: 300 rules of ads.ad-published'])
    expect([sink.total('dq.status.changes'), status('positive_0'), status('positive_17')]).toEqual([
      COUNT,
      'breached',
      'breached',
    ])
    const statuses = readNote(note())?.statuses ?? []
    expect(statuses.length).toBeGreaterThan(80)
    expect(note().length).toBeLessThanOrEqual(3500)
    await consume(...good(400))
    await clock.pass(20 * MINUTE_MS)
    expect(announcer.titles.slice(1)).toEqual(['Recovered: 300 rules of ads.ad-published'])
    expect(sink.total('dq.status.changes')).toBe(2 * COUNT)
  })
})

describe('silence', () => {
  test('is told at the first flush after its time, once, and its end once, by nobody but the clock', async () => {
    join()
    await consume({ n: 1 })
    await clock.pass(MINUTE_MS)
    expect(status('flowing')).toBe('ok')
    await clock.pass(FLUSH_MS)
    expect(announcer.titles).toEqual([expect.stringMatching(/^Breached: flowing/)])
    await clock.pass(10 * MINUTE_MS)
    expect(announcer.titles).toHaveLength(1)
    end = position + 1
    await clock.pass(FLUSH_MS)
    expect(announcer.titles).toEqual([expect.anything(), expect.stringMatching(/^Recovered: flowing/)])
  })

  test('is unknown while the brokers don’t answer', async () => {
    join()
    await consume({ n: 1 })
    end = undefined
    await clock.pass(5 * MINUTE_MS)
    expect(status('flowing')).toBe('unknown')
    expect(announcer.told).toEqual([])
  })

  test('is none of ours: events that wait to be judged have arrived', async () => {
    start([{ id: 'flowing', freshness: { within: '1m', field: 'at' } }])
    join()
    await consume({ at: clock.nowMs() })
    end = position + 5
    await clock.pass(5 * MINUTE_MS)
    expect(status('flowing')).toBe('unknown')
    expect(announcer.told).toEqual([])
  })

  test('is not held against a producer whose clock is late, before it could be seen', async () => {
    join({ offset: 5, committed: 5, end: 5, lastTimestampMs: START_MS - 2 * 60 * MINUTE_MS })
    await clock.pass(5 * FLUSH_MS)
    expect(status('flowing')).toBe('warming_up')
    await clock.pass(2 * FLUSH_MS)
    expect(status('flowing')).toBe('breached')
  })

  test('of a topic that retention emptied is no topic that was never written to', async () => {
    join()
    await consume({ n: 1 })
    source.endsAnswer = () => Promise.resolve([{ topic: TOPIC, partition: 0, low: 1, end: 1 }])
    await clock.pass(2 * MINUTE_MS)
    expect(announcer.told[0]?.fields).toMatchObject({ reason: 'silent' })
  })

  test('of a topic that nobody wrote to counts from the start', async () => {
    join()
    await clock.pass(MINUTE_MS)
    expect(status('flowing')).toBe('warming_up')
    await clock.pass(FLUSH_MS)
    expect(announcer.told[0]?.fields).toMatchObject({ reason: 'never_seen' })
  })

  test('of a topic that was made anew goes on from what was known', async () => {
    join()
    await consume({ n: 1 })
    await clock.pass(2 * MINUTE_MS)
    expect(announcer.titles).toHaveLength(1)
    source.handler.onRevoked()
    await clock.pass(FLUSH_MS)
    expect(status('flowing')).toBeUndefined()
    join()
    await clock.pass(2 * FLUSH_MS)
    expect(status('flowing')).toBe('breached')
    expect(announcer.titles).toHaveLength(1)
  })
})

describe('a note', () => {
  test('goes with the commits of the lowest partition, and tells what was announced', async () => {
    join()
    await consume(...bad(20))
    await clock.pass(FLUSH_MS)
    expect(announcer.titles).toEqual([expect.stringMatching(/^Breached: positive/)])
    expect(readNote(note())).toMatchObject({
      statuses: [{ contract: 'ads.ad-published', kind: 'rule', name: 'positive', status: 'breached' }],
      newestMs: START_MS,
      lateShare: 0,
    })
  })

  test('is written without new offsets when a status was told, and not again before the next', async () => {
    join()
    await consume({ n: 1 })
    await clock.pass(FLUSH_MS)
    await clock.pass(2 * MINUTE_MS)
    expect(source.commits).toHaveLength(2)
    expect(source.commits[1]).toEqual([{ topic: TOPIC, partition: 0, offset: 1, note: note() }])
    expect(readNote(note())?.statuses).toMatchObject([{ name: 'flowing', status: 'breached' }])
    await clock.pass(10 * MINUTE_MS)
    expect(source.commits).toHaveLength(2)
  })

  test('is kept to the lowest of several partitions', async () => {
    source.handler.onAssigned([assigned({ partition: 1 }), assigned({ partition: 0 })], true)
    for (const partition of [0, 1]) {
      const records = [recordAt(0, { n: 1 }, { partition })]
      await source.handler.onBatch(batchOf(0, [{ n: 1 }], { partition, records }), new MemoryControl())
    }
    await clock.pass(FLUSH_MS)
    const bearers = source.commits.flat().filter((offset) => offset.note !== undefined)
    expect(bearers.map(({ partition }) => partition)).toEqual([0])
  })

  test('is not committed before what it tells was announced', async () => {
    announcer.fault = new Error('no such host')
    join()
    await consume(...bad(20))
    await clock.pass(3 * FLUSH_MS)
    expect(source.commits).toEqual([])
    announcer.fault = undefined
    await clock.pass(FLUSH_MS)
    expect(announcer.titles).toHaveLength(1)
    expect(readNote(note())?.statuses).toHaveLength(1)
  })
})

const breachedNote = (name: string, newestMs = START_MS) =>
  writeNote({
    statuses: [
      { contract: 'ads.ad-published', kind: 'rule', name, status: 'breached', sinceMs: START_MS - MINUTE_MS },
    ],
    newestMs,
    lateShare: 0,
  })

describe('a new owner', () => {
  test('does not tell again what the one before told, and tells its end', async () => {
    const silentSinceMs = START_MS - 5 * MINUTE_MS
    join({ offset: 5, committed: 5, end: 5, note: breachedNote('flowing', silentSinceMs) })
    await clock.pass(3 * FLUSH_MS)
    expect(status('flowing')).toBe('breached')
    expect(announcer.told).toEqual([])
    end = 6
    await clock.pass(FLUSH_MS)
    expect(announcer.titles).toEqual([expect.stringMatching(/^Recovered: flowing/)])
  })

  test('knows when the last record arrived, if none came since', async () => {
    join({ offset: 5, committed: 5, end: 5, note: writeNote(memory(START_MS - 55_000)) })
    await clock.pass(FLUSH_MS)
    expect(announcer.titles).toEqual([expect.stringMatching(/^Breached: flowing/)])
  })

  test('does not rely on timestamps that were late before: what came since may have come just now', async () => {
    const lastTimestampMs = START_MS - 2 * 60 * MINUTE_MS
    const late = { ...memory(START_MS - 10 * MINUTE_MS), lateShare: 0.5 }
    join({ offset: 5, committed: 5, end: 6, lastTimestampMs, note: writeNote(late) })
    await clock.pass(FLUSH_MS)
    expect(status('flowing')).toBe('warming_up')
    expect(lines(/Timestamps are far behind/)).toHaveLength(1)
  })

  test.each([
    ['of another tool', 'moved by hand'],
    ['of another version', '{"assay":2,"statuses":{}}'],
    ['with nonsense', '[null]'],
  ])('passes over a note %s, with a log line', async (_, foreign) => {
    join({ offset: 5, committed: 5, end: 5, note: foreign })
    await clock.pass(2 * FLUSH_MS)
    expect(lines(/note .* is not Assay’s/)).toHaveLength(1)
    expect(status('positive')).toBe('warming_up')
    expect(announcer.told).toEqual([])
  })

  test('passes over statuses of rules that are gone, and writes them no more', async () => {
    join({ offset: 5, committed: 5, end: 5, note: breachedNote('removed') })
    await clock.pass(FLUSH_MS)
    expect(readNote(note())?.statuses).toEqual([])
  })
})

const memory = (newestMs: number) => ({ statuses: [], newestMs, lateShare: 0 })

describe('a rebalance', () => {
  test('leaves windows and statuses alone where nobody else had the topic', async () => {
    join()
    await consume(...bad(15))
    await clock.pass(FLUSH_MS)
    join({ offset: 15, committed: 15, end: 15, note: note() })
    await consume(...bad(10))
    await clock.pass(FLUSH_MS)
    expect(status('positive')).toBe('breached')
    expect(announcer.titles).toEqual([expect.stringMatching(/^Breached: positive/)])
  })

  test('also if the member lost its session in between', async () => {
    join()
    await consume(...bad(25))
    await clock.pass(FLUSH_MS)
    source.handler.onRevoked()
    join({ offset: 25, committed: 25, end: 25, note: note() })
    await clock.pass(FLUSH_MS)
    expect(status('positive')).toBe('breached')
    expect(announcer.titles).toHaveLength(1)
  })

  test('goes by the note of somebody else who had the topic meanwhile', async () => {
    join()
    await consume(...bad(25))
    await clock.pass(FLUSH_MS)
    const theirs = writeNote(memory(clock.nowMs()))
    join({ offset: 40, committed: 40, end: 40, note: theirs })
    await clock.pass(FLUSH_MS)
    expect(status('positive')).toBe('warming_up')
    expect(readNote(note())?.statuses).toEqual([expect.objectContaining({ name: 'positive' })])
  })
})

/** A record every second, from five minutes ago on. */
const past = (count: number, event: unknown) =>
  Array.from({ length: count }, (_, offset) =>
    recordAt(offset, event, { timestampMs: START_MS - 300_000 + offset * 1000 }),
  )

const take = (count: number) =>
  join({ offset: count, committed: count, end: count, note: writeNote(memory(START_MS)) })

describe('a rebuild', () => {
  test('fills windows with what was judged before, and counts nothing of it', async () => {
    const history = new MemoryHistory(past(30, { n: 0 }))
    source.historyAnswer = () => Promise.resolve(history)
    take(30)
    await settled()
    await clock.pass(FLUSH_MS)
    expect(status('positive')).toBe('breached')
    expect(sink.total('dq.events')).toBe(0)
    expect(sink.total('dq.rule.evaluations', { rule: 'positive' })).toBe(0)
    expect(history.isClosed).toBe(true)
    expect(lines(/Windows were filled/)[0]?.fields).toMatchObject({ records: 30, topic: TOPIC })
  })

  test('asks for what the longest window needs, within its bound', async () => {
    const asked: unknown[] = []
    source.historyAnswer = (topic, partitions, sinceMs, maxRecords) => {
      asked.push([topic, partitions.map(({ offset }) => offset), sinceMs, maxRecords])
      return Promise.resolve(new MemoryHistory([]))
    }
    take(30)
    await settled()
    expect(asked).toEqual([[TOPIC, [30], START_MS - 600_000, 1000]])
  })

  test('goes on beside new events, and each counts once', async () => {
    const history = new MemoryHistory(past(30, { n: 0 }))
    const held = Promise.withResolvers<void>()
    history.held = held.promise
    source.historyAnswer = () => Promise.resolve(history)
    take(30)
    await consume(...good(15))
    await clock.pass(FLUSH_MS)
    expect(status('positive')).toBe('warming_up')
    expect(sink.total('dq.events')).toBe(15)
    held.resolve()
    await settled()
    await clock.pass(FLUSH_MS)
    expect(status('positive')).toBe('breached')
    expect(announcer.told[0]?.fields).toMatchObject({ bad: 30, judged: 45 })
  })

  test('that takes too long is given up: windows fill by themselves, new events were never in doubt', async () => {
    const history = new MemoryHistory(past(30, { n: 0 }))
    history.held = new Promise(() => {})
    source.historyAnswer = () => Promise.resolve(history)
    take(30)
    await consume(...good(5))
    await clock.pass(4 * FLUSH_MS)
    expect(lines(/Windows could not be filled/)[0]?.fields).toMatchObject({ error: 'not done in 30000 ms' })
    expect(history.isClosed).toBe(true)
    expect(status('positive')).toBe('warming_up')
    expect(sink.total('dq.events')).toBe(5)
    await consume(...bad(20))
    await clock.pass(FLUSH_MS)
    expect(status('positive')).toBe('breached')
  })

  test('that the brokers refuse is told, and that is all', async () => {
    take(30)
    await clock.pass(FLUSH_MS)
    expect(lines(/Windows could not be filled/)).toHaveLength(1)
    expect(status('positive')).toBe('warming_up')
    expect(status('flowing')).toBe('ok')
  })

  test('that reaches back less far than a window lets it warm up until that is filled', async () => {
    start([{ ...TOLERANT, tolerance: { fail: '20%', over: '10m', minimumEvents: 25 } }])
    source.historyAnswer = () => Promise.resolve(new MemoryHistory(past(30, { n: 1 }).slice(12), true))
    take(30)
    await settled()
    await clock.pass(FLUSH_MS)
    expect(status('positive')).toBe('warming_up')
    expect(lines(/Windows were filled/)[0]?.fields).toMatchObject({ sinceMs: START_MS - 288_000 })
  })

  test.each([
    ['did not exist before is no silence', 0, 'warming_up'],
    ['existed before is one', 500, 'breached'],
  ])('with no events in a window of a topic that %s', async (_, firstOffset, expected) => {
    start([{ id: 'enough', volume: { over: '5m', min: 100 } }])
    const records = Array.from({ length: 60 }, (__, index) =>
      recordAt(firstOffset + index, { n: 1 }, { timestampMs: START_MS - 60_000 + index * 1000 }),
    )
    source.historyAnswer = () => Promise.resolve(new MemoryHistory(records))
    take(firstOffset + 60)
    await settled()
    await clock.pass(FLUSH_MS)
    expect(status('enough')).toBe(expected)
  })

  test('ends when the partitions are given anew', async () => {
    const history = new MemoryHistory(past(30, { n: 0 }))
    history.held = new Promise(() => {})
    source.historyAnswer = () => Promise.resolve(history)
    take(30)
    await settled()
    source.historyAnswer = () => Promise.resolve(new MemoryHistory([]))
    take(31)
    await clock.pass(FLUSH_MS)
    expect(history.isClosed).toBe(true)
    expect(lines(/could not be filled/)).toEqual([])
    expect(lines(/were filled/)).toHaveLength(1)
  })

  test('can be switched off', async () => {
    start([TOLERANT], 0)
    take(30)
    await clock.pass(FLUSH_MS)
    expect(lines(/Windows/)).toEqual([])
    expect(status('positive')).toBe('warming_up')
  })

  test('does not begin where nobody has judged before, nor without windows', async () => {
    join({ offset: 30, end: 30 })
    await clock.pass(FLUSH_MS)
    start([{ id: 'positive', assert: 'n > 0' }])
    take(30)
    await clock.pass(FLUSH_MS)
    expect(lines(/Windows/)).toEqual([])
  })

  test('is over when the engine stops', async () => {
    const history = new MemoryHistory(past(30, { n: 0 }))
    history.held = new Promise(() => {})
    source.historyAnswer = () => Promise.resolve(history)
    take(30)
    await settled()
    expect(await engine.stop()).toBe(true)
    await settled()
    expect(history.isClosed).toBe(true)
  })
})

/** Every ten seconds one event, of which the source says that there was none a moment before. */
async function write(steps: number, askedBeforeMs: () => number | undefined): Promise<void> {
  for (let step = 0; step < steps; step++) {
    await clock.pass(FLUSH_MS - 3_000)
    const records = [recordAt(position, { n: 1 }, { timestampMs: clock.nowMs() - 7_200_000 })]
    const batch = batchOf(position, [{ n: 1 }], { records, askedBeforeMs: askedBeforeMs() })
    await source.handler.onBatch(batch, new MemoryControl())
    end = ++position
    await clock.pass(3_000)
  }
}

describe('volume, where the clock of the producer is two hours late', () => {
  beforeEach(() => {
    start([{ id: 'enough', volume: { over: '1m', min: 5 } }])
    join()
  })

  test('goes by arrivals as they are seen, and the next owner is told not to rely on timestamps', async () => {
    await write(18, () => clock.nowMs() - 500)
    expect(status('enough')).toBe('ok')
    expect(sink.gauge('dq.volume.events')).toBe(6)
    expect(announcer.told).toEqual([])
    expect(readNote(note())?.lateShare).toBe(1)
  })

  test('is not judged in windows with a pause of ours, of which can’t be told what came when', async () => {
    await write(18, () => clock.nowMs() - 500)
    const pausedMs = clock.nowMs()
    source.endsAnswer = () => Promise.reject(new Error('paused'))
    await clock.pass(110_000)
    const records = Array.from({ length: 11 }, (_, index) =>
      recordAt(position + index, { n: 1 }, { timestampMs: pausedMs - 7_200_000 + index * 10_000 }),
    )
    source.endsAnswer = () => Promise.resolve([{ topic: TOPIC, partition: 0, low: 0, end: end ?? 0 }])
    const events = records.map(() => ({ n: 1 }))
    const more = { records, askedBeforeMs: pausedMs }
    await source.handler.onBatch(batchOf(position, events, more), new MemoryControl())
    end = position += 11
    await write(18, () => clock.nowMs() - 500)
    expect(announcer.told).toEqual([])
    expect(status('enough')).toBe('ok')
  })
})
