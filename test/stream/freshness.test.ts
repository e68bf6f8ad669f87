import { describe, expect, test } from 'vitest'
import { judgeFreshness } from '../../src/stream/freshness.ts'
import type { FreshnessFacts } from '../../src/stream/freshness.ts'
import { at, freshness } from './support.ts'

const NOW_MS = at('2026-11-24T12:00:00Z')
const MINUTE_MS = 60_000
const ago = (minutes: number) => NOW_MS - minutes * MINUTE_MS

/** A topic that has been watched for an hour, and was never silent. */
const FLOWING: FreshnessFacts = {
  nowMs: NOW_MS,
  startedMs: ago(60),
  newestMs: NOW_MS,
  isBehind: false,
  isReachable: true,
  isEmpty: false,
}

const by = { arrival: { within: '5m' }, field: { within: '5m', field: 'at' } }

function judge(check: Readonly<Record<string, unknown>>, facts: Partial<FreshnessFacts>): string {
  const { status, reason } = judgeFreshness(freshness(check), { ...FLOWING, ...facts })
  return `${status} ${reason}`
}

describe.each(Object.entries(by))('silence by %s', (_, check) => {
  test.each<[string, Partial<FreshnessFacts>, string]>([
    ['none', {}, 'ok within_bounds'],
    ['as long as it may be', { newestMs: ago(5) }, 'ok within_bounds'],
    ['longer', { newestMs: ago(5) - 1 }, 'breached silent'],
    ['of a producer whose clock is ahead', { newestMs: ago(-4) }, 'ok within_bounds'],
    ['that began before the start', { startedMs: ago(1), newestMs: ago(30) }, 'breached silent'],
    [
      'of an empty topic, from start',
      { newestMs: undefined, isEmpty: true, startedMs: ago(5) },
      'warming_up warming_up',
    ],
    [
      'of an empty topic, for longer',
      { newestMs: undefined, isEmpty: true, startedMs: ago(5) - 1 },
      'breached never_seen',
    ],
    [
      'of which nothing is known, from start',
      { newestMs: undefined, startedMs: ago(5) },
      'warming_up warming_up',
    ],
    [
      'of which nothing is known, for longer',
      { newestMs: undefined, startedMs: ago(5) - 1 },
      'breached silent',
    ],
    ['of a topic that retention has emptied', { newestMs: ago(6), isEmpty: true }, 'breached silent'],
    [
      'that nobody can ask the brokers about',
      { isReachable: false, newestMs: ago(90) },
      'unknown unreachable',
    ],
    [
      'that nobody can ask the brokers about, of an empty topic',
      { isReachable: false, newestMs: undefined, isEmpty: true },
      'unknown unreachable',
    ],
    [
      'that only a producer’s clock tells of, from start',
      { isNewestClaimed: true, newestMs: ago(120), startedMs: ago(5) },
      'warming_up warming_up',
    ],
    [
      'that only a producer’s clock tells of, for longer',
      { isNewestClaimed: true, newestMs: ago(120), startedMs: ago(5) - 1 },
      'breached silent',
    ],
    [
      'that a producer’s clock rules out',
      { isNewestClaimed: true, newestMs: ago(1), startedMs: ago(0) },
      'ok within_bounds',
    ],
  ])('%s', (__, facts, expected) => {
    expect(judge(check, facts)).toBe(expected)
  })
})

test('while we are behind, arrivals are known all the same, and times in events are not', () => {
  const behind = { isBehind: true, newestMs: ago(10) }
  expect(judge(by.arrival, behind)).toBe('breached silent')
  expect(judge(by.arrival, { ...behind, newestMs: NOW_MS })).toBe('ok within_bounds')
  expect(judge(by.field, behind)).toBe('unknown behind')
  expect(judge(by.field, { ...behind, newestMs: NOW_MS })).toBe('unknown behind')
})

test('a silence is measured, with what it is held against', () => {
  const { measure } = judgeFreshness(freshness(by.arrival), { ...FLOWING, newestMs: ago(7) })
  expect(measure).toMatchObject({ ageMs: 7 * MINUTE_MS, bound: 5 * MINUTE_MS })
  expect(judgeFreshness(freshness(by.arrival), { ...FLOWING, newestMs: ago(-3) }).measure.ageMs).toBe(0)
  expect(
    judgeFreshness(freshness(by.arrival), { ...FLOWING, newestMs: undefined }).measure.ageMs,
  ).toBeUndefined()
})

describe('with nights that are exempt', () => {
  const check = { within: '30m', except: [{ hours: '22:00-06:00', timezone: 'Europe/Paris' }] }
  const newestMs = at('2026-11-23T21:55:00+01:00')

  test.each([
    ['2026-11-23T22:00:00+01:00', 'ok exempt'],
    ['2026-11-24T03:00:00+01:00', 'ok exempt'],
    ['2026-11-24T05:59:59+01:00', 'ok exempt'],
    ['2026-11-24T06:00:00+01:00', 'ok within_bounds'],
    ['2026-11-24T06:30:00+01:00', 'ok within_bounds'],
    ['2026-11-24T06:30:01+01:00', 'breached silent'],
  ])('a topic that was last written in the evening, at %s', (moment, expected) => {
    expect(judge(check, { nowMs: at(moment), newestMs })).toBe(expected)
  })

  test('what was silent before the night may be silent again after it', () => {
    const silentMs = at('2026-11-23T20:00:00+01:00')
    const states = ['21:59', '22:00'].map((time) =>
      judge(check, { nowMs: at(`2026-11-23T${time}:00+01:00`), newestMs: silentMs }),
    )
    expect(states).toEqual(['breached silent', 'ok exempt'])
    expect(judge(check, { nowMs: at('2026-11-24T06:31:00+01:00'), newestMs: silentMs })).toBe(
      'breached silent',
    )
  })

  test('an empty topic is given its time from the end of the night', () => {
    const empty = { newestMs: undefined, isEmpty: true, startedMs: newestMs }
    const states = ['05:00', '06:30', '06:31'].map((time) =>
      judge(check, { ...empty, nowMs: at(`2026-11-24T${time}:00+01:00`) }),
    )
    expect(states).toEqual(['ok exempt', 'warming_up warming_up', 'breached never_seen'])
  })

  test('being unreachable or behind at night is no news', () => {
    const night = { nowMs: at('2026-11-24T03:00:00+01:00'), isReachable: false, isBehind: true }
    expect(judge({ ...check, field: 'at' }, night)).toBe('ok exempt')
  })
})

test('a day without a false alarm: nightly silence over a change of clocks, and one event every ten minutes', () => {
  const check = freshness({ within: '15m', except: [{ hours: '01:00-05:00', timezone: 'Europe/Paris' }] })
  // Clocks are put back on the 25th of October at 01:00 UTC: the night has five hours.
  const silentFromMs = at('2026-10-24T23:00:00Z')
  const silentToMs = at('2026-10-25T04:00:00Z')
  const statuses = new Set<string>()
  let newestMs = at('2026-10-24T12:00:00Z')
  for (let nowMs = newestMs; nowMs < at('2026-10-25T12:00:00Z'); nowMs += 10_000) {
    const isSilent = nowMs >= silentFromMs && nowMs < silentToMs
    if (!isSilent && nowMs % (10 * MINUTE_MS) === 0) newestMs = nowMs
    statuses.add(judgeFreshness(check, { ...FLOWING, nowMs, newestMs }).status)
  }
  expect([...statuses]).toEqual(['ok'])
})
