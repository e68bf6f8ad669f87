import { fc } from '../property.ts'
import { describe, expect, test } from 'vitest'
import { afterOverrun, afterPause, CLOSED_BREAKER } from '../../src/evaluate/breaker.ts'
import type { Breaker } from '../../src/evaluate/breaker.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60_000

/** A breaker after overruns at these events, each so many milliseconds after the last. */
function after(events: readonly number[], everyMs: number, from: Breaker = CLOSED_BREAKER): Breaker {
  return events.reduce((breaker, event, index) => afterOverrun(breaker, event, index * everyMs), from)
}

describe('a rule is suspended', () => {
  test.each([
    ['by five overruns in a row', [0, 1, 2, 3, 4], MINUTE_MS, true],
    ['not by four', [0, 1, 2, 3], 0, false],
    ['by five within 100 events', [0, 20, 40, 60, 99], MINUTE_MS, true],
    ['not by five within 101 events, if they come slowly', [0, 20, 40, 60, 100], SECOND_MS, false],
    ['by five within two seconds, however many events', [0, 1e3, 2e3, 3e3, 4e3], 500, true],
    ['not by five within more than two seconds', [0, 1e3, 2e3, 3e3, 4e3], 501, false],
    ['by the last five, whatever was before', [0, 1e3, 2e3, 2001, 2002, 2003, 2004], MINUTE_MS, true],
    [
      'not by one in fifty for ever, at a slow pace',
      Array.from({ length: 50 }, (_, at) => at * 50),
      SECOND_MS,
      false,
    ],
  ])('%s', (_, events, everyMs, isSuspended) => {
    expect(after(events, everyMs).suspendedUntilMs !== undefined).toBe(isSuspended)
  })
})

describe('a suspended rule', () => {
  const suspended = after([0, 1, 2, 3, 4], 0)

  test('is tried again after 30 seconds, and not before', () => {
    expect(suspended.suspendedUntilMs).toBe(30 * SECOND_MS)
    expect(afterPause(suspended, 9, 30 * SECOND_MS - 1)).toBe(suspended)
    expect(afterPause(suspended, 9, 30 * SECOND_MS).suspendedUntilMs).toBeUndefined()
  })

  test('is suspended by the first overrun on trial, for twice as long each time, up to ten minutes', () => {
    let breaker = suspended
    const pauses: number[] = []
    for (let nowMs = 0; pauses.length < 7;) {
      pauses.push(breaker.pauseMs / SECOND_MS)
      nowMs = breaker.suspendedUntilMs ?? Number.NaN
      breaker = afterOverrun(afterPause(breaker, 1000, nowMs), 1099, nowMs)
    }
    expect(pauses).toEqual([30, 60, 120, 240, 480, 600, 600])
  })

  test('has passed its trial after 100 events: the next overrun is a first one', () => {
    const passed = afterOverrun(afterPause(suspended, 1000, MINUTE_MS), 1100, MINUTE_MS)
    expect(passed.suspendedUntilMs).toBeUndefined()
    expect(after([1101, 1102, 1103], 1, passed).suspendedUntilMs).toBeUndefined()
    expect(after([1101, 1102, 1103, 1104], 1, passed).pauseMs).toBe(30 * SECOND_MS)
  })
})

test('a rule that is not suspended has no pause to end', () => {
  expect(afterPause(CLOSED_BREAKER, 7, 1e9)).toBe(CLOSED_BREAKER)
})

test('whatever happens, memory is bounded and a pause is at most ten minutes', () => {
  const step = fc.record({ events: fc.nat(200), ms: fc.nat(MINUTE_MS), overruns: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      let [breaker, event, nowMs] = [CLOSED_BREAKER, 0, 0]
      for (const { events, ms, overruns } of steps) {
        event += events
        nowMs += ms
        breaker = afterPause(breaker, event, nowMs)
        if (overruns && breaker.suspendedUntilMs === undefined) breaker = afterOverrun(breaker, event, nowMs)
        expect(breaker.overruns.length).toBeLessThanOrEqual(5)
        expect((breaker.suspendedUntilMs ?? nowMs) - nowMs).toBeLessThanOrEqual(10 * MINUTE_MS)
      }
    }),
  )
})
