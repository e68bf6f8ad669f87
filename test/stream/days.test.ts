import { describe, expect, test } from 'vitest'
import { createRandom } from '../../tools/ads/random.ts'
import { topicOf } from '../engine/topics.ts'
import type { RuleText } from '../evaluate/support.ts'
import { HOUR_MS, MINUTE_MS, Play, SECOND_MS } from './play.ts'

const MIDNIGHT_MS = Date.UTC(2025, 5, 2)
const TOLERANCE = { warn: '0.5%', fail: '2%', over: '15m', minimumEvents: 300 }
const NIGHT = [{ hours: '22:00-06:00', timezone: 'UTC' }]

interface Ad {
  readonly status: string
  readonly amount: number | null
  readonly email?: string | null
}

const RULES: readonly RuleText[] = [
  { id: 'price_is_plausible', assert: 'amount > 1 and amount < 50000', tolerance: TOLERANCE },
  { id: 'has_email', assert: '$contains(email, "@")', tolerance: TOLERANCE },
  { id: 'active_has_price', when: 'status = "active"', assert: 'amount > 0', tolerance: TOLERANCE },
  { id: 'rare_is_fine', when: 'status = "deleted"', assert: 'amount > 0', tolerance: TOLERANCE },
  { id: 'still_flowing', freshness: { within: '5m' } },
  { id: 'usual_volume', volume: { over: '5m', min: 150, max: 2000 } },
]
const HEAD = {
  promises: {
    validity: { objective: 99, window: '30d' },
    freshness: { rule: 'still_flowing', objective: 99 },
  },
}

/** Good ads, but for one in ten thousand: no flow is better. One in five thousand is deleted. */
function ads(seed: number): () => Ad {
  const random = createRandom(seed)
  return () => ({
    status: random.below(5000) === 0 ? 'deleted' : random.chance(70) ? 'active' : 'paused',
    amount: random.below(10_000) === 0 ? -1 : 100 + random.below(10_000),
    email: 'a@example.org',
  })
}

function day(except?: unknown): Play {
  const rules = RULES.map((rule) => {
    if (except === undefined) return rule
    if ('freshness' in rule) return { ...rule, freshness: { ...(rule.freshness as object), except } }
    return 'volume' in rule ? { ...rule, volume: { ...(rule.volume as object), except } } : rule
  })
  return new Play(topicOf(rules, HEAD), MIDNIGHT_MS)
}

const told = (play: Play) => play.changes.map(({ subject, status }) => [JSON.stringify(subject), status])

const renamed = ({ status, ...ad }: Ad) => ({ ...ad, state: status })
const cents = (ad: Ad) => ({ ...ad, amount: (ad.amount ?? 0) * 100 })
const nulls = (ad: Ad, n: number) => (n % 3 === 0 ? { ...ad, email: null } : ad)

describe('no alarm in 24 hours', () => {
  test('of steady traffic', () => {
    const play = day().flow(24 * HOUR_MS, SECOND_MS, ads(1))
    expect(told(play)).toEqual([])
    expect(play.stream.statuses().map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 'ok'))
  })

  test('of bursts and pauses', () => {
    const [play, random, next] = [day(), createRandom(2), ads(2)]
    while (play.nowMs < MIDNIGHT_MS + 24 * HOUR_MS) {
      play.flow(10 * SECOND_MS, 100, next).pass((1 + random.below(60)) * SECOND_MS)
    }
    expect(told(play)).toEqual([])
  })

  test('that are silent every night, of which the calendar knows', () => {
    const play = day(NIGHT).pass(6 * HOUR_MS)
    play
      .flow(16 * HOUR_MS, SECOND_MS, ads(3))
      .pass(8 * HOUR_MS)
      .flow(16 * HOUR_MS, SECOND_MS, ads(4))
    expect(told(play)).toEqual([])
  })
})

describe('a planted fault is named in its time', () => {
  test.each([
    [
      'a field that only a `when` needs is renamed',
      renamed,
      'active_has_price',
      'not_applied',
      16 * MINUTE_MS,
    ],
    ['a unit is another one', cents, 'price_is_plausible', 'breached', 6 * MINUTE_MS],
    ['a field is null now and then', nulls, 'has_email', 'breached', 6 * MINUTE_MS],
  ])('%s', (_, spoil, rule, status, withinMs) => {
    const play = day().flow(4 * HOUR_MS, SECOND_MS, ads(5))
    expect(told(play)).toEqual([])
    const [brokenMs, next] = [play.nowMs, ads(6)]
    play.flow(HOUR_MS, SECOND_MS, (n) => spoil(next(), n))
    const change = play.changes.find((each) => each.status === status)
    expect(change?.subject).toMatchObject({ rule })
    expect((change?.atMs ?? Infinity) - brokenMs).toBeLessThanOrEqual(withinMs)
    play.flow(2 * HOUR_MS, SECOND_MS, ads(7))
    expect(play.announced(rule).at(-1)).toBe('ok')
  })

  test.each([
    ['half of the events are missing, in the first whole window', 2500, 'too_few_events', 10 * MINUTE_MS],
    ['a batch is repeated over and over', 100, 'too_many_events', 10 * MINUTE_MS],
  ])('%s', (_, everyMs, reason, withinMs) => {
    const play = day().flow(4 * HOUR_MS + 2 * MINUTE_MS, SECOND_MS, ads(8))
    const brokenMs = play.nowMs
    play.flow(HOUR_MS, everyMs, ads(9))
    const [change, ...more] = play.changes
    expect(change).toMatchObject({ subject: { rule: 'usual_volume' }, status: 'breached', reason })
    expect((change?.atMs ?? Infinity) - brokenMs).toBeLessThanOrEqual(withinMs)
    expect(more).toEqual([])
  })

  test('silence, within its bound and a tick, and its end with the next event', () => {
    const play = day().flow(4 * HOUR_MS, SECOND_MS, ads(10))
    const brokenMs = play.nowMs
    play.pass(30 * MINUTE_MS)
    const change = play.changes.find(
      ({ subject }) => subject.kind === 'rule' && subject.rule === 'still_flowing',
    )
    expect(change).toMatchObject({ status: 'breached', reason: 'silent' })
    expect((change?.atMs ?? Infinity) - brokenMs).toBeLessThanOrEqual(5 * MINUTE_MS + 10 * SECOND_MS)
    play.send(ads(11)()).tick()
    expect(play.announced('still_flowing')).toEqual(['breached', 'ok'])
    expect(play.announced('promise freshness').at(-1)).toBe('breached')
  })

  test('a topic that nobody ever wrote to', () => {
    const play = day().pass(6 * MINUTE_MS)
    expect(play.announced('still_flowing')).toEqual(['breached'])
    expect(play.statusOf('still_flowing')).toMatchObject({ reason: 'never_seen' })
  })
})

describe('our own troubles are no alarm', () => {
  test('ten minutes behind, then all at once', () => {
    const play = day().flow(4 * HOUR_MS, SECOND_MS, ads(12))
    const fromMs = play.nowMs
    play.facts = { isBehind: true, watermarkMs: fromMs }
    for (let tick = 0; tick < 60; tick++) {
      play.facts = { ...play.facts, newestArrivalMs: play.nowMs }
      play.pass(10 * SECOND_MS)
    }
    const next = ads(13)
    for (let atMs = fromMs; atMs < play.nowMs; atMs += SECOND_MS) play.send(next(), atMs)
    play.facts = {}
    play.flow(HOUR_MS, SECOND_MS, next)
    expect(told(play)).toEqual([])
  })

  test('a clock that goes back by an hour, and one that goes on by one', () => {
    const play = day().flow(4 * HOUR_MS, SECOND_MS, ads(14))
    play.setClock(play.nowMs - HOUR_MS).flow(3 * HOUR_MS, SECOND_MS, ads(15))
    play.setClock(play.nowMs + HOUR_MS).flow(3 * HOUR_MS, SECOND_MS, ads(16))
    expect(told(play)).toEqual([])
    play.flow(10 * MINUTE_MS, SECOND_MS, (n) => ({ status: 'active', amount: n + 2, email: null }))
    expect(play.announced('has_email')).toContain('breached')
  })
})
