import { describe, expect, test } from 'vitest'
import { makeStarter } from '../../src/infer/make-starter.ts'
import { rhythmOf } from '../../src/infer/rhythm.ts'

const START_MS = Date.UTC(2026, 2, 2, 8)

/** Times with these pauses between them, over and over, in milliseconds. */
function times(count: number, ...pausesMs: readonly number[]): number[] {
  let timeMs = START_MS
  return Array.from({ length: count }, (_, index) => {
    const now = timeMs
    timeMs += pausesMs[index % pausesMs.length] as number
    return now
  })
}

describe('a rhythm', () => {
  test.each([
    ['of seconds', times(20, 1000), '5m'],
    ['of minutes, out of order', times(50, 60_000, 90_000).toReversed(), '15m'],
    ['of half hours', times(20, 1_800_000), '6h'],
    ['of hours that may be late', times(20, 3_600_000, 7_200_000), '1d'],
    ['of half days', times(20, 43_200_000), '1w'],
  ])('%s gives a generous bound', (_, sample, within) => {
    expect(rhythmOf(sample)?.within).toBe(within)
  })

  test.each([
    ['of too few events', times(19, 1000)],
    ['of a batch with one time', times(50, 0)],
    ['with a night in it', times(50, ...Array.from({ length: 30 }, () => 60_000), 28_800_000)],
    ['of weeks', times(20, 604_800_000)],
    ['of no events', []],
  ])('%s is none', (_, sample) => {
    expect(rhythmOf(sample)).toBeUndefined()
  })
})

const NAMES = { topic: 'a.b.v1', domain: 'a', owner: 'team-a', name: 'b', format: 'json' } as const

/** A first contract of events with such times. */
function starterOf(sample: readonly unknown[]) {
  const events = sample.map((at, index) => ({ id: `n-${index}`, occurred_at: at }))
  const made = makeStarter(NAMES, { events, origin: 'from a sample', advice: 'Read it.' }, START_MS + 1e10)
  if (!('contract' in made)) throw new Error(JSON.stringify(made))
  return made
}

test('becomes a rule with a test, where the sample shows one', () => {
  const made = starterOf(times(30, 60_000).map((timeMs) => new Date(timeMs).toISOString()))
  expect(made.rules).toContain('events_keep_coming')
  expect(made.contract.text).toContain('    freshness: { within: 15m }')
  expect(made.test.text).toContain(
    '        after: 16m\n        status: { events_keep_coming: { breached: silent } }',
  )
})

test('is not made up where there are no times, or times of another kind', () => {
  expect(starterOf(times(30, 60_000)).rules).not.toContain('events_keep_coming')
  expect(starterOf(Array.from({ length: 30 }, () => 'soon')).rules).not.toContain('events_keep_coming')
})
