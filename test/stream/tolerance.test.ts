import { fc } from '../property.ts'
import { describe, expect, test } from 'vitest'
import { topicOf } from '../engine/topics.ts'
import type { RuleText } from '../evaluate/support.ts'
import { HOUR_MS, MINUTE_MS, Play, SECOND_MS, START_MS } from './play.ts'

const RULE = { id: 'positive', assert: 'n > 0' }
const TOLERANCE = { warn: '1%', fail: '10%', over: '15m', minimumEvents: 100 }
const GOOD = { n: 1 }
const BAD = { n: 0 }
const good = () => GOOD
const bad = () => BAD
/** One in so many fails. */
const oneIn = (many: number) => (n: number) => (n % many === 0 ? BAD : GOOD)

/** `'unset'` for a rule without tolerance. */
function play(tolerance: unknown = TOLERANCE, more: RuleText = {}, head: RuleText = {}): Play {
  return new Play(topicOf([{ ...RULE, ...(tolerance === 'unset' ? {} : { tolerance }), ...more }], head))
}

describe('a rule with tolerance', () => {
  test('is warming up until enough was judged, then ok, and nobody is told', () => {
    const played = play().pass(20 * SECOND_MS)
    expect(played.statusOf('positive')).toMatchObject({ status: 'warming_up', reason: 'warming_up' })
    played.flow(5 * MINUTE_MS, SECOND_MS, good).tick()
    expect(played.statusOf('positive')).toMatchObject({
      status: 'ok',
      reason: 'within_bounds',
      measure: { bad: 0, judged: 300, bound: 0.1, overMs: 15 * MINUTE_MS },
    })
    expect(played.changes).toEqual([])
  })

  test('warns and breaches as soon as the share is above the bound', () => {
    const played = play().flow(15 * MINUTE_MS, SECOND_MS, good)
    played.flow(5 * MINUTE_MS, SECOND_MS, oneIn(5))
    expect(played.announced('positive')).toEqual(['warning'])
    played.flow(10 * MINUTE_MS, SECOND_MS, oneIn(5))
    expect(played.announced('positive')).toEqual(['warning', 'breached'])
  })

  test('breaches when a tenth of its window fails, but for a bucket, and is told at once although a warning was told just before', () => {
    const played = play().flow(15 * MINUTE_MS, SECOND_MS, good)
    played.flow(110 * SECOND_MS, SECOND_MS, bad)
    expect(played.statusOf('positive').status).toBe('breached')
    const [warning, breach] = played.changes
    expect(breach).toMatchObject({ from: 'warning', status: 'breached' })
    expect((breach?.atMs ?? 0) - (warning?.atMs ?? 0)).toBeLessThan(2 * MINUTE_MS)
    expect(breach?.sinceMs).toBe(breach?.atMs)
  })

  test('recovers once the share was low for a tenth of the window, and says what it was before', () => {
    const played = play().flow(15 * MINUTE_MS, SECOND_MS, oneIn(2))
    const mendedMs = played.nowMs
    played.flow(20 * MINUTE_MS, SECOND_MS, good)
    const fallen = played.changes.at(1)
    expect(fallen).toMatchObject({ from: 'breached', status: 'warning' })
    // Nine tenths of the bound are kept when 82 % of the window are new; and a tenth of it more.
    expect((fallen?.atMs ?? 0) - mendedMs).toBeGreaterThan(13.5 * MINUTE_MS)
    expect((fallen?.atMs ?? 0) - mendedMs).toBeLessThan(15.5 * MINUTE_MS)
    played.flow(10 * MINUTE_MS, SECOND_MS, good)
    expect(played.announced('positive')).toEqual(['breached', 'warning', 'ok'])
  })

  test('says since when, although it was warming up in between', () => {
    const restored = [
      { contract: 'ads.ad-published', kind: 'rule', name: 'positive', status: 'breached', sinceMs: 5000 },
    ] as const
    const topic = topicOf([{ ...RULE, tolerance: TOLERANCE }])
    const played = new Play(topic, START_MS, restored).tick()
    expect(played.statusOf('positive')).toMatchObject({ status: 'warming_up', sinceMs: START_MS })
    played.flow(5 * MINUTE_MS, SECOND_MS, bad)
    expect(played.statusOf('positive')).toMatchObject({ status: 'breached', sinceMs: 5000 })
    expect(played.changes).toEqual([])
    expect(played.stream.toRestore()).toEqual(restored)
    played.flow(40 * MINUTE_MS, SECOND_MS, good)
    expect(played.announced('positive')).toEqual(['ok'])
    expect(played.stream.toRestore()).toEqual([])
  })
})

describe('few events', () => {
  test('are no ground for an alarm', () => {
    const played = play().flow(20 * MINUTE_MS, 10 * SECOND_MS, bad)
    expect(played.statusOf('positive')).toMatchObject({ status: 'unknown', reason: 'too_few_judged' })
    played.pass(20 * MINUTE_MS)
    expect(played.statusOf('positive')).toMatchObject({ status: 'ok', reason: 'within_bounds' })
    played.flow(10 * MINUTE_MS, 10 * SECOND_MS, bad)
    expect(played.statusOf('positive')).toMatchObject({ status: 'ok', reason: 'too_few_judged' })
    expect(played.changes).toEqual([])
  })

  test('do not end an alarm as long as some fail', () => {
    const played = play().flow(15 * MINUTE_MS, SECOND_MS, bad)
    played.flow(2 * HOUR_MS, 60 * SECOND_MS, oneIn(5))
    expect(played.statusOf('positive')).toMatchObject({ status: 'breached', reason: 'too_few_judged' })
    expect(played.announced('positive')).toEqual(['breached'])
  })

  test.each([
    ['silence', undefined],
    ['a window without a fail', good],
  ])('%s ends one', (_, event) => {
    const played = play().flow(15 * MINUTE_MS, SECOND_MS, bad)
    if (event === undefined) played.pass(HOUR_MS)
    else played.flow(HOUR_MS, 60 * SECOND_MS, event)
    expect(played.announced('positive')).toEqual(['breached', 'ok'])
  })

  test.each([
    ['behind', { isBehind: true }],
    ['unreachable', { isReachable: false }],
  ])('say nothing while we are %s: neither does an alarm end', (reason, facts) => {
    const played = play().flow(15 * MINUTE_MS, SECOND_MS, bad)
    played.facts = facts
    played.pass(2 * HOUR_MS)
    expect(played.statusOf('positive')).toMatchObject({ status: 'breached', reason })
    expect(played.announced('positive')).toEqual(['breached'])
    played.facts = {}
    played.pass(10 * MINUTE_MS)
    expect(played.announced('positive')).toEqual(['breached', 'ok'])
  })
})

describe('tolerance: none', () => {
  test('breaches on a single fail, and recovers when a quarter of an hour had none', () => {
    const played = play('none').flow(HOUR_MS, SECOND_MS, good)
    const failedMs = played.nowMs
    played.send(BAD).flow(20 * MINUTE_MS, SECOND_MS, good)
    const [breach, recovery] = played.changes
    expect(breach).toMatchObject({
      status: 'breached',
      reason: 'failed',
      measure: { bad: 1, bound: 0 },
      atMs: failedMs + 10 * SECOND_MS,
    })
    expect(recovery?.status).toBe('ok')
    expect((recovery?.atMs ?? 0) - failedMs).toBeGreaterThanOrEqual(15 * MINUTE_MS)
    expect((recovery?.atMs ?? 0) - failedMs).toBeLessThanOrEqual(15 * MINUTE_MS + 40 * SECOND_MS)
  })

  test('breaches on the very first event', () => {
    expect(play('none').send(BAD).tick().announced('positive')).toEqual(['breached'])
  })

  test('is one alarm, however often it fails again', () => {
    const played = play('none').flow(6 * HOUR_MS, MINUTE_MS, oneIn(10))
    expect(played.announced('positive')).toEqual(['breached'])
  })
})

describe('a rule without tolerance', () => {
  const PROMISE = { promises: { validity: { objective: 99, window: '30d' } } }

  test('has no status if nothing is promised', () => {
    const played = play('unset').flow(HOUR_MS, SECOND_MS, bad)
    expect(played.stream.statuses()).toEqual([])
    expect(played.samples).toEqual([])
  })

  test('takes its bound from the promise', () => {
    const played = play('unset', {}, PROMISE).flow(15 * MINUTE_MS, SECOND_MS, oneIn(50))
    expect(played.statusOf('positive')).toMatchObject({
      status: 'breached',
      measure: { bound: expect.closeTo(0.01), overMs: 15 * MINUTE_MS },
    })
  })

  test.each(['warning', 'info'])('of severity %s is no part of the promise, and has none', (severity) => {
    const played = play('unset', { severity }, PROMISE).flow(HOUR_MS, SECOND_MS, bad)
    expect(() => played.statusOf('positive')).toThrow('no status')
  })
})

test('a rule in the shadow has no status, whatever it says of tolerance', () => {
  const head = { promises: { validity: { objective: 99, window: '1h' } } }
  const played = play(TOLERANCE, { mode: 'shadow', when: 'true' }, head).flow(HOUR_MS, SECOND_MS, bad)
  expect(played.stream.statuses().map(({ subject, status }) => [subject.kind, status])).toEqual([
    ['promise', 'ok'],
  ])
  expect(played.changes).toEqual([])
})

test('a rule that can’t judge says so, and is no alarm of the data', () => {
  const played = play(TOLERANCE, { assert: 'n' }).flow(HOUR_MS, SECOND_MS, good)
  expect(played.statusOf('positive')).toMatchObject({ status: 'unknown', reason: 'cannot_judge' })
  expect(played.changes).toEqual([])
})

test('a breach right after a warning is announced at once', () => {
  const played = play({ warn: '5%', fail: '10%', over: '1m', minimumEvents: 10 })
  played
    .flow(2 * MINUTE_MS, SECOND_MS, good)
    .flow(30 * SECOND_MS, SECOND_MS, oneIn(8))
    .flow(MINUTE_MS, SECOND_MS, oneIn(2))
  expect(played.changes.map(({ status }) => status)).toEqual(['warning', 'breached'])
  const [warned, breached] = played.changes.map(({ atMs }) => atMs) as [number, number]
  expect(breached - warned).toBeLessThanOrEqual(MINUTE_MS)
})

describe('a share that swings around its bound', () => {
  test.each([
    ['every few minutes', 6 * MINUTE_MS],
    ['every half hour', 30 * MINUTE_MS],
  ])('is no storm of alarms: %s', (_, periodMs) => {
    const played = play({ ...TOLERANCE, warn: undefined, over: '1m' })
    for (let period = 0; period < 48; period++) {
      played.flow(periodMs / 2, 500, oneIn(8)).flow(periodMs / 2, 500, good)
    }
    const times = played.changes.map(({ atMs }) => atMs)
    const gaps = times.slice(1).map((atMs, index) => atMs - (times[index] as number))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(5 * MINUTE_MS)
  })

  test('never is announced twice in five minutes but for getting worse, nor twice in a row as the same, and the end is always told', () => {
    const step = fc.record({
      many: fc.constantFrom(2, 8, 10, 11, 12, 1000),
      ticks: fc.integer({ min: 1, max: 30 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const played = play({ warn: '5%', fail: '10%', over: '1m', minimumEvents: 10 })
        for (const { many, ticks } of steps) played.flow(ticks * 10 * SECOND_MS, SECOND_MS, oneIn(many))
        played.flow(15 * MINUTE_MS, SECOND_MS, good)
        played.changes.forEach((change, index) => {
          const before = played.changes[index - 1]
          if (before === undefined) return
          const isWorse =
            change.status === 'breached' && before.status !== 'breached' && before.from !== 'breached'
          if (!isWorse) expect(change.atMs - before.atMs).toBeGreaterThanOrEqual(5 * MINUTE_MS)
          expect(change.from).toBe(before.status)
          expect(change.status).not.toBe(before.status)
        })
        expect(['ok', undefined]).toContain(played.changes.at(-1)?.status)
      }),
      { numRuns: 40 },
    )
  })
})
