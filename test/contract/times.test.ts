import { describe, expect, test } from 'vitest'
import { delayMs, instantMs } from '../../src/contract/times.ts'

describe('a moment', () => {
  test.each([
    ['1970-01-01T00:00:00Z', 0],
    ['2026-03-02T12:00:00Z', Date.UTC(2026, 2, 2, 12)],
    ['2026-03-02T12:00:00.250Z', Date.UTC(2026, 2, 2, 12, 0, 0, 250)],
    ['2026-03-02T12:00:00.123456789Z', Date.UTC(2026, 2, 2, 12, 0, 0, 123)],
    ['2026-03-02T12:00:00+02:30', Date.UTC(2026, 2, 2, 9, 30)],
    ['2026-03-02T00:00:00-05:00', Date.UTC(2026, 2, 2, 5)],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['1969-12-31T23:59:59Z', -1000],
    ['0001-01-01T00:00:00Z', Date.parse('0001-01-01T00:00:00Z')],
  ])('%s is %i', (text, expected) => expect(instantMs(text)).toBe(expected))

  test.each([
    '2026-02-29T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:60:00Z',
    '2026-01-01T00:00:60Z',
    '2026-01-01T00:00:00+24:00',
    '2026-01-01T00:00:00+00:60',
    '2026-01-01',
    'now',
  ])('%s does not exist', (text) => expect(instantMs(text)).toBeUndefined())
})

test.each([
  ['0s', 0],
  ['250ms', 250],
  ['90s', 90_000],
  ['5m', 300_000],
  ['2h', 7_200_000],
  ['1d', 86_400_000],
])('a length of time of %s is %i ms', (text, expected) => expect(delayMs(text)).toBe(expected))
