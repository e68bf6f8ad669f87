import { fc } from '../property.ts'
import { describe, expect, test } from 'vitest'
import { isFuture, readEventTime } from '../../src/stream/event-time.ts'

const iso = (value: unknown) => {
  const ms = readEventTime(value)
  return ms === undefined ? undefined : new Date(ms).toISOString()
}

describe('a time in an event is', () => {
  test.each([
    ['2026-11-24T13:45:10Z', '2026-11-24T13:45:10.000Z'],
    ['2026-11-24T13:45:10.5Z', '2026-11-24T13:45:10.500Z'],
    ['2026-11-24T13:45:10.123456789Z', '2026-11-24T13:45:10.123Z'],
    ['2026-11-24T13:45:10,25Z', '2026-11-24T13:45:10.250Z'],
    ['2026-11-24T13:45:10+01:00', '2026-11-24T12:45:10.000Z'],
    ['2026-11-24T13:45:10-0530', '2026-11-24T19:15:10.000Z'],
    ['2026-11-24T13:45:10+05', '2026-11-24T08:45:10.000Z'],
    ['2026-11-24T13:45:10.999999+00:00', '2026-11-24T13:45:10.999Z'],
    ['2026-11-24T13:45Z', '2026-11-24T13:45:00.000Z'],
    ['2026-11-24 13:45:10Z', '2026-11-24T13:45:10.000Z'],
    ['2026-11-24t13:45:10z', '2026-11-24T13:45:10.000Z'],
    ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['2026-12-31T23:59:60Z', '2027-01-01T00:00:00.000Z'],
    ['2026-11-24T24:00:00Z', '2026-11-25T00:00:00.000Z'],
    ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00.000Z'],
    ['2100-12-31T23:59:59Z', '2100-12-31T23:59:59.000Z'],
  ])('ISO 8601: %j', (text, moment) => {
    expect(iso(text)).toBe(moment)
  })

  test.each([
    ['2026-11-24T13:45:10', '2026-11-24T13:45:10.000Z'],
    ['2026-11-24T13:45:10.123', '2026-11-24T13:45:10.123Z'],
    ['2026-11-24 13:45:10', '2026-11-24T13:45:10.000Z'],
    ['2026-11-24T13:45', '2026-11-24T13:45:00.000Z'],
    ['2026-11-24', '2026-11-24T00:00:00.000Z'],
  ])('without a zone of UTC, whatever the zone of this machine: %j', (text, moment) => {
    expect(iso(text)).toBe(moment)
  })

  test.each([
    [1_795_527_910, '2026-11-24T13:45:10.000Z'],
    [1_795_527_910.75, '2026-11-24T13:45:10.750Z'],
    [1_795_527_910_123, '2026-11-24T13:45:10.123Z'],
    [1_795_527_910_123.9, '2026-11-24T13:45:10.123Z'],
    ['1795527910', '2026-11-24T13:45:10.000Z'],
    ['1795527910.5', '2026-11-24T13:45:10.500Z'],
    ['1795527910123', '2026-11-24T13:45:10.123Z'],
    [0, '1970-01-01T00:00:00.000Z'],
    [4_133_980_799, '2100-12-31T23:59:59.000Z'],
    [100_000_000_000, '1973-03-03T09:46:40.000Z'],
  ])('a number of seconds or milliseconds, by its size: %j', (value, moment) => {
    expect(iso(value)).toBe(moment)
  })
})

describe('no time is', () => {
  test.each([
    [undefined],
    [null],
    [true],
    [{}],
    [[]],
    [['2026-11-24T13:45:10Z']],
    [new Date(0)],
    [''],
    ['   '],
    [' 2026-11-24T13:45:10Z'],
    ['2026-11-24T13:45:10Z\n'],
    ['1795527910\n'],
    ['now'],
    ['yesterday'],
    ['24.11.2026'],
    ['11/24/2026'],
    ['20261124T134510Z'],
    ['2026-11'],
    ['2026'.padEnd(5, '-')],
    ['2026-11-24T'],
    ['2026-11-24T13'],
    ['2026-11-24T13:4'],
    ['2026-11-24T13:45:1'],
    ['2026-11-24T13:45:10.Z'],
    ['2026-11-24T13:45:10 Z'],
    ['2026-11-24T13:45:10ZZ'],
    ['2026-11-24T13:45:10+1'],
    ['2026-11-24T13:45:10+24:00'],
    ['2026-11-24T13:45:10+01:60'],
    ['2026-11-24T13:45:10[Europe/Paris]'],
    ['2026-13-01T00:00:00Z'],
    ['2026-00-10T00:00:00Z'],
    ['2026-02-30T00:00:00Z'],
    ['2026-02-29'],
    ['2026-11-24T25:00:00Z'],
    ['2026-11-24T24:00:01Z'],
    ['2026-11-24T13:60:00Z'],
    ['2026-11-24T13:45:61Z'],
    ['+2026-11-24T13:45:10Z'],
    ['-2026-11-24T13:45:10Z'],
    ['1969-12-31T23:59:59Z'],
    ['0001-01-01T00:00:00Z'],
    ['2101-01-01T00:00:00Z'],
    ['9999-12-31T23:59:59Z'],
    ['٢٠٢٦-11-24T13:45:10Z'],
    [NaN],
    [Infinity],
    [-1],
    [-1_795_527_910],
    [4_133_980_800],
    // In micro- and nanoseconds.
    [1_795_527_910_123_456],
    ['1795527910123456789'],
    ['1e9'],
    ['0x6b0'],
    ['1795527910s'],
    ['-5'],
  ])('%j', (value) => {
    expect(readEventTime(value)).toBeUndefined()
  })
})

test('what a date prints as is read as that date, in any of the ways in which it may be written', () => {
  const moment = fc.integer({ min: 100_000_000_000, max: Date.UTC(2101, 0) - 1 })
  fc.assert(
    fc.property(moment, (ms) => {
      const text = new Date(ms).toISOString()
      expect(readEventTime(text)).toBe(ms)
      expect(readEventTime(text.slice(0, -1))).toBe(ms)
      expect(readEventTime(ms)).toBe(ms)
      expect(readEventTime(String(ms))).toBe(ms)
      expect(readEventTime(Math.floor(ms / 1000))).toBe(Math.floor(ms / 1000) * 1000)
    }),
  )
})

test('whatever stands there, the answer is undefined or a time of the years 1970 to 2100', () => {
  const dateLike = fc.stringMatching(
    /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{0,9})?)?(Z|[+-]\d\d(:?\d\d)?)?$/,
  )
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.string(), fc.double(), dateLike), (value) => {
      const ms = readEventTime(value)
      if (ms === undefined) return
      expect(Number.isInteger(ms) && ms >= 0 && ms < Date.UTC(2101, 0)).toBe(true)
    }),
    { numRuns: 1000 },
  )
})

test('a time is of the future when it is more than five minutes ahead', () => {
  const nowMs = Date.UTC(2026, 10, 24)
  expect([299_999, 300_000, 300_001].map((aheadMs) => isFuture(nowMs + aheadMs, nowMs))).toEqual([
    false,
    false,
    true,
  ])
  expect(isFuture(NaN, nowMs)).toBe(false)
})
