import { fc } from '../property.ts'
import { describe, expect, test } from 'vitest'
import { isExempt, lastExemptEndMs, overlapsExempt } from '../../src/stream/calendar.ts'
import { at, exceptions, exemptTimes, iso } from './support.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

describe('an exception', () => {
  test.each([
    ['2026-01-14T21:59:59+01:00', false],
    ['2026-01-14T22:00:00+01:00', true],
    ['2026-01-15T00:00:00+01:00', true],
    ['2026-01-15T05:59:59+01:00', true],
    ['2026-01-15T06:00:00+01:00', false],
    ['2026-07-14T21:59:59+02:00', false],
    ['2026-07-14T22:00:00+02:00', true],
    ['2026-07-15T05:59:59+02:00', true],
    ['2026-07-15T06:00:00+02:00', false],
  ])('over midnight, %s on the clocks of its zone: %s', (moment, holds) => {
    expect(isExempt(exceptions({ hours: '22:00-06:00', timezone: 'Europe/Paris' }), at(moment))).toBe(holds)
  })

  test.each([
    ['friday evening', '2026-11-27T21:59:00+01:00', false],
    ['friday night', '2026-11-27T22:00:00+01:00', true],
    ['saturday morning, for it began on friday', '2026-11-28T05:59:00+01:00', true],
    ['saturday by day', '2026-11-28T06:00:00+01:00', false],
    ['saturday night', '2026-11-28T22:00:00+01:00', false],
    ['friday morning, for it did not begin on thursday', '2026-11-27T05:00:00+01:00', false],
  ])('belongs to the day on which it begins: %s', (_, moment, holds) => {
    const except = exceptions({ days: ['fri'], hours: '22:00-06:00', timezone: 'Europe/Paris' })
    expect(isExempt(except, at(moment))).toBe(holds)
  })

  test.each([
    ['Asia/Kolkata', '2026-11-27T18:29:59Z', false],
    ['Asia/Kolkata', '2026-11-27T18:30:00Z', true],
    ['Asia/Kolkata', '2026-11-29T18:29:59Z', true],
    ['Asia/Kolkata', '2026-11-29T18:30:00Z', false],
    ['Pacific/Kiritimati', '2026-11-27T10:00:00Z', true],
    ['Pacific/Kiritimati', '2026-11-29T10:00:00Z', false],
    ['Pacific/Pago_Pago', '2026-11-28T10:59:59Z', false],
    ['Pacific/Pago_Pago', '2026-11-30T10:59:59Z', true],
  ])('of the weekend in %s at %s: %s', (timezone, moment, holds) => {
    expect(isExempt(exceptions({ days: ['sat', 'sun'], timezone }), at(moment))).toBe(holds)
  })

  test('of several, any holds', () => {
    const except = exceptions(
      { days: ['sat', 'sun'], timezone: 'UTC' },
      { hours: '22:00-24:00', timezone: 'UTC' },
    )
    expect(exemptTimes(except, '2026-11-26T12:00Z', '2026-11-30T12:00Z')).toEqual([
      '11-26T22:00 11-27T00:00',
      '11-27T22:00 11-30T00:00',
    ])
  })

  test('none: nothing is exempt', () => {
    expect(isExempt([], 0)).toBe(false)
    expect(lastExemptEndMs([], 0)).toBeUndefined()
    expect(overlapsExempt([], 0, Infinity)).toBe(false)
  })
})

test('a leap day is a day', () => {
  const except = exceptions({ days: ['tue'], hours: '08:00-09:00', timezone: 'UTC' })
  expect(exemptTimes(except, '2028-02-28T00:00Z', '2028-03-02T00:00Z')).toEqual(['02-29T08:00 02-29T09:00'])
})

describe('the end of the last exempted time', () => {
  const nights = exceptions({ hours: '22:00-06:00', timezone: 'Europe/Paris' })
  test.each([
    ['2026-11-24T12:00:00Z', '2026-11-24T05:00:00.000Z'],
    ['2026-11-24T05:00:00Z', '2026-11-24T05:00:00.000Z'],
    ['2026-11-24T04:00:00Z', '2026-11-24T04:00:00.000Z'],
    ['2026-11-24T20:59:59Z', '2026-11-24T05:00:00.000Z'],
    ['2026-11-24T21:00:00Z', '2026-11-24T21:00:00.000Z'],
  ])('at %s', (moment, end) => {
    expect(iso(lastExemptEndMs(nights, at(moment)))).toBe(end)
  })

  test('is that of the one that ended last', () => {
    const except = exceptions(
      { days: ['sat', 'sun'], timezone: 'Europe/Paris' },
      { days: ['mon'], hours: '02:00-03:00', timezone: 'Europe/Paris' },
    )
    expect(iso(lastExemptEndMs(except, at('2026-11-27T12:00Z')))).toBe('2026-11-23T02:00:00.000Z')
  })
})

describe('a window overlaps an exempted time', () => {
  const nights = exceptions({ hours: '22:00-06:00', timezone: 'UTC' })
  test.each([
    ['2026-11-24T06:00Z', '2026-11-24T22:00Z', false],
    ['2026-11-24T06:00Z', '2026-11-24T22:01Z', true],
    ['2026-11-24T05:59Z', '2026-11-24T06:30Z', true],
    ['2026-11-24T01:00Z', '2026-11-24T02:00Z', true],
    ['2026-11-24T12:00Z', '2026-11-25T12:00Z', true],
    ['2026-11-24T12:00Z', '2030-11-25T12:00Z', true],
  ])('%s to %s: %s', (from, to, overlaps) => {
    expect(overlapsExempt(nights, at(from), at(to))).toBe(overlaps)
  })

  test('that comes once a week, whenever the window begins', () => {
    const except = exceptions({ days: ['wed'], hours: '08:00-08:01', timezone: 'America/New_York' })
    const overlaps = (from: string, hours: number) =>
      overlapsExempt(except, at(from), at(from) + hours * HOUR_MS)
    expect(overlaps('2026-11-25T13:01Z', 7 * 24)).toBe(true)
    expect(overlaps('2026-11-25T13:01Z', 7 * 24 - 1)).toBe(false)
  })
})

const ZONES = [
  'UTC',
  'Europe/Paris',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Asia/Kathmandu',
]
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** What the clocks show: another way to it than the one under test. */
function clock(timezone: string, ms: number): { day: string; minute: number; dayBefore: string } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]))
  const day = String(parts['weekday']).slice(0, 3).toLowerCase()
  const dayBefore = String(DAYS[(DAYS.indexOf(day) + 6) % 7])
  return { day, minute: Number(parts['hour']) * 60 + Number(parts['minute']), dayBefore }
}

const shiftOf = (timezone: string, ms: number) => {
  const local = clock(timezone, ms).minute - clock('UTC', ms).minute
  return ((local % 1440) + 1440) % 1440
}

const exceptionText = fc.record({
  days: fc.subarray(DAYS, { minLength: 1 }),
  from: fc.nat(1439),
  minutes: fc.integer({ min: 1, max: 1439 }),
  timezone: fc.constantFrom(...ZONES),
})

const timeOfDay = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

test('on days on which no clock is changed, an exception holds exactly when the clocks show it', () => {
  const moment = fc.integer({ min: at('2024-01-01T00:00Z'), max: at('2031-01-01T00:00Z') })
  fc.assert(
    fc.property(
      exceptionText,
      fc.array(moment, { minLength: 8, maxLength: 8 }),
      ({ days, from, minutes, timezone }, moments) => {
        const to = (from + minutes) % 1440
        const except = exceptions({ days, hours: `${timeOfDay(from)}-${timeOfDay(to)}`, timezone })
        for (const ms of moments) {
          if (shiftOf(timezone, ms - 36 * HOUR_MS) !== shiftOf(timezone, ms + 36 * HOUR_MS)) continue
          const { day, minute, dayBefore } = clock(timezone, ms)
          const today = days.includes(day) && minute >= from && (to <= from || minute < to)
          const sinceYesterday = days.includes(dayBefore) && to <= from && minute < to
          expect(isExempt(except, ms)).toBe(today || sinceYesterday)
        }
      },
    ),
    { numRuns: 150 },
  )
})

test('windows, moments and ends agree', () => {
  const moment = fc.integer({ min: at('2026-01-01T00:00Z'), max: at('2027-01-01T00:00Z') })
  const except = fc.array(exceptionText, { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(except, moment, fc.nat(72 * 60), (texts, fromMs, minutes) => {
      const calendar = exceptions(
        ...texts.map(({ days, from, minutes: length, timezone }) => ({
          days,
          hours: `${timeOfDay(from)}-${timeOfDay((from + length) % 1440)}`,
          timezone,
        })),
      )
      // All exceptions begin and end with a minute.
      const startMs = Math.floor(fromMs / MINUTE_MS) * MINUTE_MS
      let holds = false
      for (let minute = 0; minute < minutes && !holds; minute++)
        holds = isExempt(calendar, startMs + minute * MINUTE_MS)
      expect(overlapsExempt(calendar, startMs, startMs + minutes * MINUTE_MS)).toBe(holds)
      const endMs = lastExemptEndMs(calendar, startMs)
      if (endMs === undefined || endMs === startMs) return
      expect(isExempt(calendar, endMs - 1)).toBe(true)
      expect(overlapsExempt(calendar, endMs, startMs)).toBe(false)
    }),
    { numRuns: 150 },
  )
})

test('a calendar that is asked at every tick of a year costs next to nothing', () => {
  const except = exceptions({ hours: '22:00-06:00', timezone: 'Europe/Paris' })
  const begin = performance.now()
  const fromMs = at('2026-01-01T00:00Z')
  let exempt = 0
  for (let tick = 0; tick < 365 * 24 * 60; tick++) if (isExempt(except, fromMs + tick * MINUTE_MS)) exempt++
  expect(exempt).toBe(365 * 8 * 60)
  // Half a million questions: without memory, these are minutes.
  expect(performance.now() - begin).toBeLessThan(5000)
})
