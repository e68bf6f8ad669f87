import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CheckResult, StatusMoment } from '../../src/model/check-result.ts'
import { assay, Files } from './support.ts'

const START_MS = Date.UTC(2026, 2, 2, 12)
const MINUTE_MS = 60_000

let files: Files

beforeEach(() => {
  files = new Files()
  files.writeContract('a', [
    { id: 'positive', assert: 'n > 0', tolerance: { fail: '10%', over: '10m', minimumEvents: 5 } },
    { id: 'flowing', freshness: { within: '5m' } },
    { id: 'usual', volume: { over: '10m', min: 5 } },
  ])
})

afterEach(() => files.remove())

const at = (minute: number) => new Date(START_MS + minute * MINUTE_MS).toISOString()
const minutes = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)
const event = (minute: number, n: number) => JSON.stringify({ n, occurred_at: at(minute) })
const record = (minute: number) =>
  JSON.stringify({
    value_base64: Buffer.from('{"n":1}').toString('base64'),
    timestamp: START_MS + minute * MINUTE_MS,
  })
const check = (lines: readonly string[], ...flags: readonly string[]) =>
  assay(['check', '--rules', files.at('rules'), files.write('events.ndjson', lines.join('\n')), ...flags])

async function timelineOf(lines: readonly string[], ...flags: readonly string[]) {
  const { out } = await check(lines, '--output', 'json', ...flags)
  const { timeline } = JSON.parse(out) as CheckResult
  if (timeline === undefined) throw new Error('no timeline')
  return timeline
}

const brief = ({ atMs, name, status, reason }: StatusMoment) =>
  `${atMs === undefined ? '' : (atMs - START_MS) / MINUTE_MS} ${name} ${status} ${reason}`

test('events that come when they say change no status while all is well', async () => {
  const lines = minutes(0, 60).map((minute) => event(minute, 1))
  const { changes, statuses, timeless } = await timelineOf(lines, '--clock', 'occurred_at')
  expect(changes).toEqual([])
  expect(timeless).toBe(0)
  expect(statuses.map(({ name, status }) => `${name} ${status}`)).toEqual([
    'positive ok',
    'flowing ok',
    'usual ok',
  ])
})

test('each status that would have been announced is told, with its moment and its reason', async () => {
  const lines = [
    ...minutes(0, 20).map((minute) => event(minute, 1)),
    ...minutes(20, 30).map((minute) => event(minute, -1)),
  ]
  const { changes } = await timelineOf(lines, '--clock', 'occurred_at', '--until', at(60))
  expect(changes.map(brief)).toEqual([
    expect.stringMatching(/^2[12]\S* positive breached too_many_fails$/),
    expect.stringMatching(/^34\S* flowing breached silent$/),
    expect.stringMatching(/^40\S* usual breached too_few_events$/),
    expect.stringMatching(/^4\d\S* positive ok within_bounds$/),
  ])
  expect(changes[0]?.finding).toMatch(/of \d+ events were bad/)
})

test('records are played by their timestamps', async () => {
  const lines = minutes(0, 10).map(record)
  const flags = ['--records', '--clock', 'timestamp', '--until', at(20)]
  const { changes } = await timelineOf(lines, ...flags)
  expect(changes.map(brief)).toEqual([
    expect.stringMatching(/^14\S* flowing breached silent$/),
    expect.stringMatching(/^20\S* usual breached too_few_events$/),
  ])
})

test('an event that does not say when it came, or says less than the one before, comes with the one before', async () => {
  const lines = [event(0, 1), '{"n":1}', '{"n":1,"occurred_at":"soon"}', 'no json', event(3, 1), event(1, 1)]
  const timeline = await timelineOf(lines, '--clock', 'occurred_at')
  expect(timeline).toMatchObject({
    timeless: 3,
    fromMs: START_MS,
    untilMs: START_MS + 3 * MINUTE_MS,
    changes: [],
  })
})

test('for people there are lines of changes and of what stands at the end', async () => {
  const { out, exitCode } = await check([event(0, 1)], '--clock', 'occurred_at', '--until', at(7))
  expect(out).toContain(`Played from 2026-03-02T12:00:00Z to 2026-03-02T12:07:00Z`)
  expect(out).toMatch(
    /Changes of status .*:\n {2}2026-03-02T12:05:\d\dZ {2}ads.ad-published \/ flowing {2}breached /,
  )
  expect(out).toContain('How everything stands at the end')
  expect(exitCode).toBe(1)
})

describe('what can’t be a clock is refused', () => {
  test.each([
    ['an expression with a mistake', ['--clock', 'occurred_at ='], 'CLOCK_UNUSABLE'],
    ['a field that no event has', ['--clock', 'created_at'], 'CLOCK_UNUSABLE'],
    ['a field of records, which are bytes', ['--records', '--clock', 'occurred_at'], 'CLOCK_UNUSABLE'],
  ])('%s', async (_, flags, code) => {
    const { err, exitCode } = await check(['{"n":1}'], ...flags)
    expect(err).toContain(`[${code}]`)
    expect(exitCode).toBe(2)
  })

  test('a moment that is none', async () => {
    const { err, exitCode } = await check(['{"n":1}'], '--clock', 'occurred_at', '--until', 'tomorrow')
    expect(err).toContain('a moment such as 2026-03-02T12:00:00Z')
    expect(exitCode).toBe(2)
  })
})

test('without a clock, rules about time are named as not judged; with one, none is', async () => {
  const lines = [event(0, 1)]
  const { out } = await check(lines)
  expect(out).toContain('about time: ads.ad-published / flowing, ads.ad-published / usual. Play the events')
  const { unplayed } = JSON.parse((await check(lines, '--output', 'json')).out) as CheckResult
  expect(unplayed?.map(({ rule }) => rule)).toEqual(['flowing', 'usual'])
  expect((await check(lines, '--clock', 'occurred_at')).out).not.toContain('Not judged')
})

test('of a contract with nothing but rules about time, no empty table is shown', async () => {
  const rules = Array.from({ length: 7 }, (_, index) => ({ id: `r${index}`, freshness: { within: '5m' } }))
  files.writeContract('a', rules)
  const { out } = await check([event(0, 1)])
  expect(out).toMatch(/^Not judged, for they are about time: .* \/ r4 and 2 more\. Play/)
})
