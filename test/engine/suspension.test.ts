import { beforeEach, describe, expect, test } from 'vitest'
import { DEFAULT_DECODE_LIMITS } from '../../src/decode/decode.ts'
import { Engine } from '../../src/engine/engine.ts'
import {
  assigned,
  batchOf,
  ManualClock,
  MemoryControl,
  MemoryLog,
  MemorySink,
  MemorySource,
} from './memory.ts'
import { topicOf } from './topics.ts'

const FLUSH_MS = 10_000
const PAUSE_MS = 30_000

/** Calls itself without end on events that ask for it. */
const ENDLESS = 'deep = true ? ($f := function($x) { 1 + $f($x) }; $f(1) > 0) : n > 0'
const GOOD = { n: 1 }
const DEEP = { n: 1, deep: true }

let clock: ManualClock
let source: MemorySource
let sink: MemorySink
let log: MemoryLog
let engine: Engine
let offset: number

beforeEach(() => start())

function start(maxSeries = 1000, ...rules: readonly string[]): void {
  clock = new ManualClock()
  source = new MemorySource()
  sink = new MemorySink()
  log = new MemoryLog()
  offset = 0
  const endless = (rules.length > 0 ? rules : ['endless']).map((id) => ({ id, assert: ENDLESS }))
  const others = [
    { id: 'neighbour', assert: 'n > 0' },
    { id: 'no_boolean', assert: 'n' },
  ]
  const topics = [topicOf([...endless, ...others])]
  engine = new Engine(topics, source, [sink], clock, log, {
    domain: 'ads',
    group: 'assay-ads',
    flushIntervalMs: FLUSH_MS,
    stallTimeoutMs: 3_600_000,
    maxSeries,
    limits: DEFAULT_DECODE_LIMITS,
    shadowSample: undefined,
  })
  void engine.run()
  source.handler.onConnection(true)
  source.handler.onAssigned([assigned()], true)
}

async function consume(...events: readonly unknown[]): Promise<void> {
  await source.handler.onBatch(batchOf(offset, events), new MemoryControl())
  offset += events.length
}

const verdicts = (rule: string, result: string) => sink.total('dq.rule.evaluations', { rule, result })
const suspended = (rule = 'endless') =>
  sink.gauge('dq.rules.suspended', { rule, contract: 'ads.ad-published' })
const lines = (message: RegExp) => log.lines.filter((line) => message.test(line.message))

describe('a rule that exceeds its budget again and again', () => {
  test('is suspended: error without being evaluated, while its neighbour judges on', async () => {
    await consume(DEEP, DEEP, DEEP, DEEP, DEEP, GOOD, GOOD)
    await clock.pass(FLUSH_MS)
    expect({ error: verdicts('endless', 'error'), pass: verdicts('endless', 'pass') }).toEqual({
      error: 7,
      pass: 0,
    })
    expect(verdicts('neighbour', 'pass')).toBe(7)
    expect(suspended()).toBe(1)
  })

  test('is named, with what it exceeded, in one line of the log', async () => {
    await consume(DEEP, DEEP, DEEP, DEEP, DEEP, DEEP, DEEP)
    expect(lines(/suspended/)).toEqual([
      {
        level: 'error',
        message: 'A rule is suspended, for it exceeded its budget again and again [RULE_SUSPENDED]',
        fields: { contract: 'ads.ad-published', rule: 'endless', overrun: 'D1011', pauseMs: PAUSE_MS },
      },
    ])
  })

  test('is named to whoever asks, with the time that is left', async () => {
    await consume(DEEP, DEEP, DEEP, DEEP, DEEP)
    await clock.pass(FLUSH_MS)
    expect(engine.suspendedRules()).toEqual([
      { contract: 'ads.ad-published', rule: 'endless', triedAgainInMs: PAUSE_MS - FLUSH_MS },
    ])
  })

  test('is tried again after the pause, and judges on if it can', async () => {
    await consume(DEEP, DEEP, DEEP, DEEP, DEEP)
    await clock.pass(PAUSE_MS)
    expect(suspended()).toBe(1)
    await consume(GOOD, GOOD)
    await clock.pass(FLUSH_MS)
    expect(verdicts('endless', 'pass')).toBe(2)
    expect(suspended()).toBe(0)
    expect(engine.suspendedRules()).toEqual([])
    expect(lines(/tried again/)).toHaveLength(1)
  })

  test('is suspended for longer by the first overrun after that', async () => {
    await consume(DEEP, DEEP, DEEP, DEEP, DEEP)
    await clock.pass(PAUSE_MS)
    await consume(DEEP, GOOD)
    await clock.pass(PAUSE_MS)
    await consume(GOOD)
    await clock.pass(FLUSH_MS)
    expect({ error: verdicts('endless', 'error'), pass: verdicts('endless', 'pass') }).toEqual({
      error: 8,
      pass: 0,
    })
    await clock.pass(PAUSE_MS)
    await consume(GOOD)
    await clock.pass(FLUSH_MS)
    expect(verdicts('endless', 'pass')).toBe(1)
    expect(lines(/suspended, /).map(({ fields }) => fields?.['pauseMs'])).toEqual([PAUSE_MS, 2 * PAUSE_MS])
  })
})

describe('the gauge of suspended rules', () => {
  test('is not sent of rules that never were', async () => {
    await consume(DEEP, DEEP, DEEP, DEEP, GOOD)
    await clock.pass(FLUSH_MS)
    expect(sink.samples('dq.rules.suspended')).toEqual([])
  })

  test('is not sent by who has lost the topic', async () => {
    await consume(DEEP, DEEP, DEEP, DEEP, DEEP)
    source.handler.onRevoked()
    await clock.pass(FLUSH_MS)
    expect(sink.samples('dq.rules.suspended')).toEqual([])
  })

  test('is 1 of rules that share a series if one of them is suspended', async () => {
    start(1, 'first', 'second')
    await consume(DEEP, DEEP, DEEP, DEEP, DEEP)
    await clock.pass(FLUSH_MS)
    expect(suspended('other')).toBe(1)
    expect(sink.samples('dq.rules.suspended')).toHaveLength(1)
  })
})

test('a rule that can’t judge for another reason is not suspended', async () => {
  await consume(...Array.from({ length: 20 }, () => GOOD))
  await clock.pass(FLUSH_MS)
  expect(verdicts('no_boolean', 'error')).toBe(20)
  expect(engine.suspendedRules()).toEqual([])
})
