import { beforeEach, describe, expect, test } from 'vitest'
import { FLUSH_MS, RunningEngine } from './running.ts'
import { topicOf } from './topics.ts'

const PAUSE_MS = 30_000

/** Calls itself without end on events that ask for it. */
const ENDLESS = 'deep = true ? ($f := function($x) { 1 + $f($x) }; $f(1) > 0) : n > 0'
const GOOD = { n: 1 }
const DEEP = { n: 1, deep: true }

let running: RunningEngine

beforeEach(() => start())

function start(maxSeries = 1000, ...rules: readonly string[]): void {
  const endless = (rules.length > 0 ? rules : ['endless']).map((id) => ({ id, assert: ENDLESS }))
  const others = [
    { id: 'neighbour', assert: 'n > 0' },
    { id: 'no_boolean', assert: 'n' },
    { id: 'endless_when', when: ENDLESS, assert: 'n > 0' },
  ]
  running = new RunningEngine([topicOf([...endless, ...others])], { maxSeries })
}

const consume = (...events: readonly unknown[]) => running.consume(...events)
const pass = (durationMs: number) => running.clock.pass(durationMs)
const verdicts = (rule: string, result: string) => running.verdicts(rule, result)
const suspended = (rule = 'endless') =>
  running.sink.gauge('dq.rules.suspended', { rule, contract: 'ads.ad-published' })
const suspensionsOf = (rule: string) =>
  running.lines(/suspended, /).filter(({ fields }) => fields?.['rule'] === rule)

describe('a rule that exceeds its budget again and again', () => {
  test('is suspended: error without being evaluated, while its neighbour judges on', async () => {
    await consume(DEEP, DEEP, DEEP, DEEP, DEEP, GOOD, GOOD)
    await pass(FLUSH_MS)
    expect({ error: verdicts('endless', 'error'), pass: verdicts('endless', 'pass') }).toEqual({
      error: 7,
      pass: 0,
    })
    expect(verdicts('neighbour', 'pass')).toBe(7)
    expect(suspended()).toBe(1)
  })

  test('is named, with what it exceeded, in one line of the log', async () => {
    await consume(DEEP, DEEP, DEEP, DEEP, DEEP, DEEP, DEEP)
    expect(suspensionsOf('endless')).toEqual([
      {
        level: 'error',
        message: 'A rule is suspended, for it exceeded its budget again and again [RULE_SUSPENDED]',
        fields: { contract: 'ads.ad-published', rule: 'endless', overrun: 'D1011', pauseMs: PAUSE_MS },
      },
    ])
  })

  test('is named to whoever asks, with the time that is left', async () => {
    await consume(DEEP, DEEP, DEEP, DEEP, DEEP)
    await pass(FLUSH_MS)
    const triedAgainInMs = PAUSE_MS - FLUSH_MS
    expect(running.engine.suspendedRules()).toEqual([
      { contract: 'ads.ad-published', rule: 'endless', triedAgainInMs },
      { contract: 'ads.ad-published', rule: 'endless_when', triedAgainInMs },
    ])
  })

  test('is tried again after the pause, and judges on if it can', async () => {
    await consume(DEEP, DEEP, DEEP, DEEP, DEEP)
    await pass(PAUSE_MS)
    expect(suspended()).toBe(1)
    await consume(GOOD, GOOD)
    await pass(FLUSH_MS)
    expect(verdicts('endless', 'pass')).toBe(2)
    expect(suspended()).toBe(0)
    expect(running.engine.suspendedRules()).toEqual([])
    expect(running.lines(/tried again/)).toHaveLength(2)
  })

  test('is suspended for longer by the first overrun after that', async () => {
    await consume(DEEP, DEEP, DEEP, DEEP, DEEP)
    await pass(PAUSE_MS)
    await consume(DEEP, GOOD)
    await pass(PAUSE_MS)
    await consume(GOOD)
    await pass(FLUSH_MS)
    expect({ error: verdicts('endless', 'error'), pass: verdicts('endless', 'pass') }).toEqual({
      error: 8,
      pass: 0,
    })
    await pass(PAUSE_MS)
    await consume(GOOD)
    await pass(FLUSH_MS)
    expect(verdicts('endless', 'pass')).toBe(1)
    expect(suspensionsOf('endless').map(({ fields }) => fields?.['pauseMs'])).toEqual([
      PAUSE_MS,
      2 * PAUSE_MS,
    ])
  })
})

test('a condition that exceeds its budget suspends its rule too', async () => {
  await consume(DEEP, DEEP, DEEP, DEEP, DEEP, GOOD)
  await pass(FLUSH_MS)
  expect(verdicts('endless_when', 'error')).toBe(6)
  expect(suspended('endless_when')).toBe(1)
})

describe('the gauge of suspended rules', () => {
  test('is not sent of rules that never were', async () => {
    await consume(DEEP, DEEP, DEEP, DEEP, GOOD)
    await pass(FLUSH_MS)
    expect(running.sink.samples('dq.rules.suspended')).toEqual([])
  })

  test('is not sent by who has lost the topic', async () => {
    await consume(DEEP, DEEP, DEEP, DEEP, DEEP)
    running.source.handler.onRevoked()
    await pass(FLUSH_MS)
    expect(running.sink.samples('dq.rules.suspended')).toEqual([])
  })

  test('is 1 of rules that share a series if one of them is suspended', async () => {
    start(1, 'first', 'second')
    await consume(DEEP, DEEP, DEEP, DEEP, DEEP)
    await pass(FLUSH_MS)
    expect(suspended('other')).toBe(1)
    expect(running.sink.samples('dq.rules.suspended')).toHaveLength(1)
  })
})

test('a rule that can’t judge for another reason is not suspended', async () => {
  await consume(...Array.from({ length: 20 }, () => GOOD))
  await pass(FLUSH_MS)
  expect(verdicts('no_boolean', 'error')).toBe(20)
  expect(running.engine.suspendedRules()).toEqual([])
})
