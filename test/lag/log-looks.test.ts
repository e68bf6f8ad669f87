import { describe, expect, test } from 'vitest'
import { LogLooks } from '../../src/lag/log-looks.ts'

/** Bounds of the arrivals of offsets, after looks at the log's end. */
function bounds(looks: readonly (readonly [end: number, atMs: number])[], ...offsets: readonly number[]) {
  const log = new LogLooks()
  for (const [end, atMs] of looks) log.observe(end, atMs)
  return offsets.map((offset) => {
    log.moveTo(offset)
    return [log.afterMs, log.beforeMs]
  })
}

describe('a record arrived', () => {
  test.each([
    ['at any time, as long as nobody has looked', [], 5, [-Infinity, Infinity]],
    ['before the look at which it was there', [[10, 100]], 9, [-Infinity, 100]],
    ['after the look at which it was not', [[10, 100]], 10, [100, Infinity]],
    [
      'between two looks',
      [
        [10, 100],
        [20, 200],
      ],
      15,
      [100, 200],
    ],
    [
      'before the first of those at which it was there',
      [
        [10, 100],
        [20, 200],
        [20, 300],
        [30, 400],
      ],
      19,
      [100, 200],
    ],
    [
      'after the last of those at which it was not',
      [
        [10, 100],
        [20, 200],
        [20, 300],
        [30, 400],
      ],
      20,
      [300, 400],
    ],
    [
      'after the last look',
      [
        [10, 100],
        [20, 200],
      ],
      25,
      [200, Infinity],
    ],
  ] as const)('%s', (_, looks, offset, expected) => {
    expect(bounds(looks, offset)).toEqual([expected])
  })
})

test('while records are read one after the other, looks that they have passed are forgotten', () => {
  const looks = [
    [10, 100],
    [20, 200],
    [30, 300],
  ] as const
  expect(bounds(looks, 5, 10, 19, 20, 29, 30, 31)).toEqual([
    [-Infinity, 100],
    [100, 200],
    [100, 200],
    [200, 300],
    [200, 300],
    [300, Infinity],
    [300, Infinity],
  ])
})

test('of a log that was made anew, nothing is known of before', () => {
  expect(
    bounds(
      [
        [10, 100],
        [20, 200],
        [3, 300],
      ],
      2,
      3,
    ),
  ).toEqual([
    [-Infinity, 300],
    [300, Infinity],
  ])
})

test('a day of looks at a log that nobody reads is remembered in outline', () => {
  const looks = Array.from({ length: 8640 }, (_, index) => [index + 1, index * 10_000] as const)
  const [[afterMs, beforeMs] = []] = bounds(looks, 5000)
  expect(afterMs).toBeLessThanOrEqual(5000 * 10_000)
  expect(beforeMs).toBeGreaterThanOrEqual(5000 * 10_000)
  expect(Number(beforeMs) - Number(afterMs)).toBeLessThan(15 * 60_000)
})
