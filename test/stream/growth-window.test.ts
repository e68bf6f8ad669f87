import { fc } from '../property.ts'
import { describe, expect, test } from 'vitest'
import { GrowthWindow } from '../../src/stream/growth-window.ts'

const OVER_MS = 900_000
const BUCKET_MS = OVER_MS / 30
const START_MS = Date.UTC(2025, 5, 2, 8)

/** A window over two rows of two columns, and all that was counted, one by one. */
class Reference {
  readonly totals = new Float64Array(4)
  readonly window: GrowthWindow
  readonly #counted: { readonly cell: number; readonly atMs: number }[] = []

  constructor(overMs = OVER_MS) {
    this.window = new GrowthWindow({ totals: this.totals, columns: 2 }, [0, 1], overMs)
  }

  count(cell: number, atMs: number): void {
    if (atMs < this.window.fromMs || atMs >= this.window.untilMs) this.window.moveTo(atMs)
    this.totals[cell] = (this.totals[cell] ?? 0) + 1
    this.#counted.push({ cell, atMs })
  }

  /** What was counted of a cell since a moment. */
  since(cell: number, fromMs: number): number {
    return this.#counted.filter((each) => each.cell === cell && each.atMs >= fromMs).length
  }

  sum(cell: number): number {
    return this.window.sum(Math.floor(cell / 2), cell % 2)
  }
}

describe('a window', () => {
  const steps = fc.array(
    fc.record({
      cell: fc.nat({ max: 3 }),
      /** How far the clock goes on, and how long ago the event arrived. */
      passMs: fc.oneof(fc.constant(0), fc.nat({ max: 60_000 }), fc.nat({ max: 2_000_000 })),
      agoMs: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat({ max: 1_200_000 })),
      count: fc.nat({ max: 5 }),
    }),
    { maxLength: 60 },
  )

  test.each([OVER_MS, 60_000, 1_000, 90_001, 7])(
    'sums what came in its time, and at most what came in one bucket more: over %i ms',
    (overMs) => {
      fc.assert(
        fc.property(steps, (played) => {
          const reference = new Reference(overMs)
          const bucketMs = Math.ceil(overMs / 30)
          let nowMs = START_MS
          for (const { cell, passMs, agoMs, count } of played) {
            nowMs += passMs
            for (let n = 0; n < count; n++) reference.count(cell, nowMs - agoMs)
            reference.window.advance(nowMs)
            for (let each = 0; each < 4; each++) {
              const sum = reference.sum(each)
              expect(sum).toBeGreaterThanOrEqual(reference.since(each, nowMs - overMs))
              expect(sum).toBeLessThanOrEqual(reference.since(each, nowMs - overMs - bucketMs))
            }
          }
        }),
        { numRuns: 150 },
      )
    },
  )

  test('the sum of its newest part is as exact', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: OVER_MS }), (played, lastMs) => {
        const reference = new Reference()
        let nowMs = START_MS
        for (const { cell, passMs, agoMs, count } of played) {
          nowMs += passMs
          for (let n = 0; n < count; n++) reference.count(cell, nowMs - agoMs)
        }
        reference.window.advance(nowMs)
        const sum = reference.window.sumOfLast(0, 0, lastMs)
        expect(sum).toBeGreaterThanOrEqual(reference.since(0, nowMs - lastMs))
        expect(sum).toBeLessThanOrEqual(reference.since(0, nowMs - lastMs - BUCKET_MS * 2))
      }),
      { numRuns: 150 },
    )
  })

  test('is empty again after any time without events, exactly', () => {
    const reference = new Reference()
    for (let n = 0; n < 10_000; n++) reference.count(n % 4, START_MS + n * 1000)
    reference.window.advance(START_MS + 10_000_000 + OVER_MS + BUCKET_MS)
    expect([0, 1, 2, 3].map((cell) => reference.sum(cell))).toEqual([0, 0, 0, 0])
  })

  test('keeps what it holds when the clock goes back, for as long as it would have', () => {
    const reference = new Reference()
    for (let n = 0; n < 100; n++) reference.count(0, START_MS + n * 1000)
    reference.window.advance(START_MS + 100_000)
    const backMs = START_MS - 3_600_000
    reference.window.advance(backMs)
    expect(reference.sum(0)).toBe(100)
    reference.count(0, backMs + 1000)
    reference.window.advance(backMs + OVER_MS - 200_000)
    expect(reference.sum(0)).toBe(101)
    reference.window.advance(backMs + OVER_MS + 2 * BUCKET_MS)
    expect(reference.sum(0)).toBe(0)
  })

  test('does not age when ticks and arrivals disagree about now by seconds', () => {
    const reference = new Reference(60_000)
    for (let n = 0; n < 600; n++) {
      reference.count(0, START_MS + n * 1000 + 5000)
      reference.window.advance(START_MS + n * 1000)
    }
    expect(reference.sum(0)).toBeLessThanOrEqual(60 + 5 + 2)
    expect(reference.sum(0)).toBeGreaterThanOrEqual(60)
  })

  test('leaves out what arrived before its time', () => {
    const reference = new Reference()
    reference.window.advance(START_MS)
    for (let n = 0; n < 50; n++) reference.count(0, START_MS - 7_200_000)
    reference.window.advance(START_MS + 1000)
    expect(reference.sum(0)).toBe(0)
  })
})
