import { fc } from '../property.ts'
import { describe, expect, test } from 'vitest'
import { overlapsExempt } from '../../src/stream/calendar.ts'
import { coversWholeWeek, leavesWindow, longestFreeMs } from '../../src/stream/week.ts'
import type { ExceptionText } from './support.ts'
import { exceptions } from './support.ts'

const HOUR_MS = 3_600_000
const PARIS = 'Europe/Paris'
const WORKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri']

describe('the longest time that exceptions leave of a week', () => {
  test.each<[string, readonly ExceptionText[], number]>([
    ['a night each day', [{ hours: '22:00-06:00', timezone: PARIS }], 16],
    ['weekends', [{ days: ['sat', 'sun'], timezone: PARIS }], 120],
    ['a weekday, which leaves the time over the end of the week', [{ days: ['wed'], timezone: PARIS }], 144],
    [
      'two that overlap',
      [
        { hours: '20:00-02:00', timezone: PARIS },
        { hours: '22:00-06:00', timezone: PARIS },
      ],
      14,
    ],
    [
      'two that meet',
      [
        { hours: '22:00-24:00', timezone: PARIS },
        { hours: '00:00-06:00', timezone: PARIS },
      ],
      16,
    ],
    [
      'one within the other',
      [
        { hours: '20:00-08:00', timezone: PARIS },
        { hours: '22:00-23:00', timezone: PARIS },
      ],
      12,
    ],
    [
      'nights and weekends',
      [
        { hours: '22:00-06:00', timezone: PARIS },
        { days: ['sat', 'sun'], timezone: PARIS },
      ],
      16,
    ],
    ['all but an hour', [{ hours: '09:00-08:00', timezone: 'Asia/Kolkata' }], 1],
    [
      'all days but one, in one piece',
      [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'], timezone: 'UTC' }],
      24,
    ],
  ])('%s', (_, except, hours) => {
    expect(longestFreeMs(exceptions(...except)) / HOUR_MS).toBe(hours)
    expect(coversWholeWeek(exceptions(...except))).toBe(false)
  })

  test('is endless without exceptions', () => {
    expect(longestFreeMs([])).toBe(Infinity)
    expect(coversWholeWeek([])).toBe(false)
  })

  test.each<[string, readonly ExceptionText[]]>([
    [
      'the days',
      [
        { days: WORKDAYS, timezone: PARIS },
        { days: ['sat', 'sun'], timezone: PARIS },
      ],
    ],
    [
      'hours over midnight',
      [
        { hours: '08:00-20:00', timezone: PARIS },
        { hours: '20:00-08:00', timezone: PARIS },
      ],
    ],
    [
      'hours of zones that are apart as far in summer as in winter',
      [
        { hours: '08:00-20:00', timezone: 'Europe/Paris' },
        { hours: '19:00-07:00', timezone: 'Europe/London' },
      ],
    ],
  ])('is nothing where they cover it: %s', (_, except) => {
    expect(coversWholeWeek(exceptions(...except))).toBe(true)
  })

  test('is something where they cover it in winter only', () => {
    const except = [
      { hours: '08:00-20:00', timezone: PARIS },
      { hours: '19:00-07:00', timezone: 'UTC' },
    ]
    expect(longestFreeMs(exceptions(...except)) / HOUR_MS).toBe(1)
  })
})

describe('a window fits between exceptions', () => {
  test.each<[string, number, ExceptionText, boolean]>([
    ['of an hour, by day', 1, { hours: '22:00-06:00', timezone: PARIS }, true],
    ['of six hours, which begins at noon', 6, { hours: '18:00-12:00', timezone: 'UTC' }, true],
    ['of six hours, which would begin at one', 6, { hours: '19:00-13:00', timezone: 'UTC' }, false],
    ['of half a day, with a night each day', 12, { hours: '22:00-06:00', timezone: 'UTC' }, false],
    ['of half a day, with a weekend', 12, { days: ['sat', 'sun'], timezone: PARIS }, true],
    ['of a day, with a weekend', 24, { days: ['sat', 'sun'], timezone: PARIS }, true],
    ['of a week', 168, { days: ['sun'], hours: '00:00-00:01', timezone: PARIS }, false],
    // Windows of five hours begin at another hour each day: at some time one fits.
    ['of five hours, at some time', 5, { hours: '12:00-07:00', timezone: 'UTC' }, true],
    ['of five hours, at no time', 5, { hours: '11:00-07:00', timezone: 'UTC' }, false],
  ])('%s', (_, hours, except, fits) => {
    expect(leavesWindow(exceptions(except), hours * HOUR_MS)).toBe(fits)
  })

  test('always, without exceptions', () => {
    expect(leavesWindow([], Number.MAX_SAFE_INTEGER)).toBe(true)
  })
})

test('a window fits just if one is found among all that there are in the course of the weeks', () => {
  const days = fc.subarray(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], { minLength: 1 })
  const hour = fc.nat(23).map((value) => `${String(value).padStart(2, '0')}:00`)
  const text = fc.record({ days, from: hour, to: hour }).filter(({ from, to }) => from !== to)
  fc.assert(
    fc.property(
      fc.array(text, { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 30 }),
      (texts, hours) => {
        const except = exceptions(
          ...texts.map(({ days: on, from, to }) => ({ days: on, hours: `${from}-${to}`, timezone: 'UTC' })),
        )
        const overMs = hours * HOUR_MS
        const firstMs = Math.ceil(Date.UTC(2026, 0, 15) / overMs) * overMs
        // After that many, they begin at the same hours of the week again.
        const starts = Array.from({ length: 168 }, (_, index) => firstMs + index * overMs)
        const isFound = starts.some((fromMs) => !overlapsExempt(except, fromMs, fromMs + overMs))
        expect(leavesWindow(except, overMs)).toBe(isFound)
      },
    ),
    { numRuns: 100 },
  )
})
