import { fc } from '../property.ts'
import { describe, expect, test } from 'vitest'
import { Hysteresis, pressureOf } from '../../src/stream/hysteresis.ts'
import type { Level } from '../../src/stream/hysteresis.ts'

const APART_MS = 90_000
const TICK_MS = 10_000

/** The levels that shares of 1 % (warning) and 10 % (breached) bring about, one a tick. */
function levels(shares: readonly number[], apartMs = APART_MS): Level[] {
  const hysteresis = new Hysteresis(apartMs)
  return shares.map((share, tick) =>
    hysteresis.next({ breach: pressureOf(share, 0.1), warn: pressureOf(share, 0.01) }, tick * TICK_MS),
  )
}

function times<T>(count: number, value: T): T[] {
  return Array.from({ length: count }, () => value)
}

describe('a level', () => {
  test.each([
    ['rises above the bound, at once', [0, 0.2], ['ok', 'breached']],
    ['stays at the bound', [0.01, 0.01], ['ok', 'ok']],
    ['rises over the warning', [0.02, 0.2], ['warning', 'breached']],
    ['does not fall at the first good look', [0.2, 0], ['breached', 'breached']],
  ])('%s', (_, shares, wanted) => {
    expect(levels(shares)).toEqual(wanted)
  })

  test('falls at the second good look that is far enough from the first', () => {
    const played = levels([0.2, ...times(10, 0)])
    expect(played.slice(0, 10)).toEqual(times(10, 'breached'))
    expect(played[10]).toBe('ok')
  })

  test('a look between that is not good begins anew', () => {
    const played = levels([0.2, ...times(9, 0), 0.095, ...times(9, 0), 0])
    expect(played.slice(0, 20)).toEqual(times(20, 'breached'))
    expect(played[20]).toBe('ok')
  })

  test('falls to a warning first, if that is what the share is', () => {
    const played = levels([0.2, ...times(10, 0.05), ...times(9, 0), 0])
    expect(played.slice(10, 20)).toEqual(times(10, 'warning'))
    expect(played.at(-1)).toBe('ok')
  })

  test('above a bound of nothing is everything but nothing', () => {
    const hysteresis = new Hysteresis(0)
    const next = (share: number) => hysteresis.next({ breach: pressureOf(share, 0), warn: undefined }, 0)
    expect([next(0), next(0.000001), next(0)]).toEqual(['ok', 'breached', 'ok'])
  })

  test('a clock that goes back delays a recovery, and forbids none', () => {
    const hysteresis = new Hysteresis(APART_MS, 'breached')
    const good = { breach: 0, warn: undefined }
    expect(hysteresis.next(good, 1_000_000)).toBe('breached')
    expect(hysteresis.next(good, 0)).toBe('breached')
    expect(hysteresis.next(good, APART_MS)).toBe('ok')
  })

  test('changes once at most while the share swings between nine tenths of the bound and any height', () => {
    const share = fc.double({ min: 0.0901, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.array(share, { minLength: 2, maxLength: 300 }), (shares) => {
        const played = levels(shares).filter((level) => level !== 'warning')
        expect(new Set(played).size).toBeLessThanOrEqual(1)
        if (shares.some((each) => each > 0.1)) expect(played.at(-1)).toBe('breached')
      }),
    )
  })

  test('is never below what the share asks for, and is reached again within two looks of calm', () => {
    const order = ['ok', 'warning', 'breached']
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 0.3, noNaN: true }), { maxLength: 200 }), (shares) => {
        levels(shares).forEach((level, index) => {
          const share = shares[index] as number
          const asked = share > 0.1 ? 2 : share > 0.01 ? 1 : 0
          expect(order.indexOf(level)).toBeGreaterThanOrEqual(asked)
        })
        expect(levels([...shares, ...times(20, 0)]).at(-1)).toBe('ok')
      }),
    )
  })
})
