import { fc } from '../property.ts'
import { describe, expect, test } from 'vitest'
import { ArrivalClock } from '../../src/lag/arrival.ts'

const NOW_MS = Date.UTC(2026, 10, 24, 12)
const ago = (seconds: number) => NOW_MS - seconds * 1000

describe('the arrival of a record', () => {
  test.each([
    ['is its timestamp, while old records are read', ago(3600), undefined, ago(3600)],
    ['is not before the lag was 0', ago(3600), ago(5), ago(5)],
    ['of a producer whose clock is two hours behind', ago(7200), ago(1), ago(1)],
    ['is not after now', ago(-60), ago(5), NOW_MS],
    ['of 2099 is when the lag was last 0', Date.UTC(2099, 0), ago(5), ago(5)],
    ['of 2099 is now, if nothing is known', Date.UTC(2099, 0), undefined, NOW_MS],
    ['without a timestamp is when the lag was last 0', -1, ago(5), ago(5)],
    ['without a timestamp is now, if nothing is known', -1, undefined, NOW_MS],
    ['five minutes ahead is now', ago(-300), ago(5), NOW_MS],
    ['more than five minutes ahead is not believed', ago(-301), ago(5), ago(5)],
    ['that is not a number is not believed', NaN, ago(5), ago(5)],
    ['of 1970 is believed, if nothing is known', 0, undefined, 0],
  ])('%s', (_, timestampMs, lastZeroMs, arrivalMs) => {
    expect(new ArrivalClock().arrivalMs(timestampMs, lastZeroMs, NOW_MS)).toBe(arrivalMs)
  })

  test('is not before that of the record before it', () => {
    const clock = new ArrivalClock()
    const arrivals = [ago(100), ago(200), ago(50), -1].map((ms) => clock.arrivalMs(ms, undefined, NOW_MS))
    expect(arrivals).toEqual([ago(100), ago(100), ago(50), ago(50)])
  })

  test('follows our own clock when that is set back', () => {
    const clock = new ArrivalClock()
    clock.arrivalMs(NOW_MS, NOW_MS, NOW_MS)
    expect(clock.arrivalMs(NOW_MS, NOW_MS, ago(60))).toBe(ago(60))
    expect(clock.arrivalMs(ago(30), ago(59), ago(50))).toBe(ago(50))
  })
})

test('whatever producers say, arrivals go forward, between the last time at which nothing was left and now', () => {
  const timestamp = fc.oneof(fc.integer({ min: -1, max: NOW_MS * 2 }), fc.constantFrom(-1, NaN, Infinity, 0))
  const step = fc.record({
    timestamp,
    elapsedMs: fc.nat(5000),
    zeroAgoMs: fc.option(fc.nat(5000), { nil: undefined }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
      const clock = new ArrivalClock()
      let nowMs = NOW_MS
      let beforeMs = -Infinity
      for (const { timestamp: claimedMs, elapsedMs, zeroAgoMs } of steps) {
        nowMs += elapsedMs
        const lastZeroMs = zeroAgoMs === undefined ? undefined : nowMs - zeroAgoMs
        const arrivalMs = clock.arrivalMs(claimedMs, lastZeroMs, nowMs)
        expect(arrivalMs).toBeGreaterThanOrEqual(Math.max(beforeMs, lastZeroMs ?? -Infinity))
        expect(arrivalMs).toBeLessThanOrEqual(nowMs)
        beforeMs = arrivalMs
      }
    }),
  )
})
