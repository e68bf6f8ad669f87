import { fc } from '../property.ts'
import { describe, expect, test } from 'vitest'
import { volume } from './support.ts'
import { type Play, playVolume, type Producer } from './topic-in-time.ts'

const START_MS = Date.UTC(2026, 10, 24, 12)
const HOUR_S = 3600

const STEADY: Producer = { everyS: 10, aheadS: 0 }
const IDLE: Producer = { everyS: undefined, aheadS: 0 }
const BEHIND: Producer = { everyS: 10, aheadS: -2 * HOUR_S }
const AHEAD: Producer = { everyS: 10, aheadS: 200 }
const OF_2099: Producer = { everyS: 10, aheadS: 73 * 365 * 24 * HOUR_S }

const CALM: Omit<Play, 'producers'> = { startMs: START_MS, seconds: HOUR_S, stalls: [] }

/** Bounds that three producers, each with a record every ten seconds, keep with a little to spare. */
const check = volume({ over: '1m', min: 16, max: 20 })
/**
 * A stall that is made up for before the next look is not noticed: 16 seconds at most, of flushes each ten and a harmless six. Of clocks that
 * are off, the records of that time may count for the window beside theirs: two of each producer.
 */
const roomyCheck = volume({ over: '1m', min: 12, max: 24 })

function statuses(
  play: Omit<Play, 'producers'>,
  producers: readonly Producer[],
  of = check,
): Record<string, number> {
  const seen = playVolume(of, { ...play, producers })
  const names = [...new Set(seen.map(({ reason }) => reason))].toSorted()
  return Object.fromEntries(
    names.map((name) => [
      name,
      seen.filter(({ reason }) => reason === name).reduce((sum, { windows }) => sum + windows, 0),
    ]),
  )
}

describe('an hour of steady events raises no alarm', () => {
  test.each([
    ['by right clocks', [STEADY, STEADY, STEADY]],
    ['beside a partition that is idle', [STEADY, STEADY, STEADY, IDLE]],
    ['by clocks that are two hours behind', [BEHIND, BEHIND, BEHIND]],
    ['by clocks that are ahead, and of 2099', [AHEAD, OF_2099, BEHIND]],
  ])('%s', (_, producers) => {
    expect(statuses(CALM, producers)).toEqual({ within_bounds: 60 })
  })

  test.each([
    ['by right clocks', [STEADY, STEADY, STEADY]],
    ['by clocks of all kinds', [BEHIND, AHEAD, OF_2099]],
  ])('though we are ten minutes behind in its midst: %s', (_, producers) => {
    const {
      behind,
      within_bounds: judged,
      ...others
    } = statuses({ ...CALM, stalls: [{ fromS: 1215, forS: 600 }] }, producers)
    expect(others).toEqual({})
    expect(behind).toBeGreaterThanOrEqual(10)
    expect(behind).toBeLessThanOrEqual(12)
    expect((behind ?? 0) + (judged ?? 0)).toBe(60)
  })

  test('that begins in the midst of a window', () => {
    expect(statuses({ ...CALM, startMs: START_MS + 37_000 }, [STEADY, STEADY, BEHIND])).toEqual({
      warming_up: 1,
      within_bounds: 59,
    })
  })
})

test('whatever the clocks of producers and however often we stall, no steady stream raises an alarm', () => {
  const producer = fc.integer({ min: -3 * HOUR_S, max: HOUR_S }).map((aheadS) => ({ everyS: 10, aheadS }))
  const stall = fc.record({ fromS: fc.nat(HOUR_S), forS: fc.integer({ min: 12, max: 900 }) })
  fc.assert(
    fc.property(
      fc.tuple(producer, producer, producer),
      fc.array(stall, { maxLength: 4 }),
      fc.nat(59),
      (producers, stalls, offsetS) => {
        const reasons = statuses(
          { ...CALM, stalls, startMs: START_MS + offsetS * 1000 },
          producers,
          roomyCheck,
        )
        expect(reasons['too_few_events'] ?? 0).toBe(0)
        expect(reasons['too_many_events'] ?? 0).toBe(0)
      },
    ),
    { numRuns: 200 },
  )
})

describe('a fault is told with the window that it is in', () => {
  test('silence', () => {
    const seen = playVolume(check, { ...CALM, producers: [STEADY, BEHIND, IDLE, STEADY], silentFromS: 1800 })
    expect(seen.map(({ status }) => status).indexOf('breached')).toBe(30)
    expect(seen.slice(30).every(({ reason }) => reason === 'too_few_events')).toBe(true)
  })

  test('half the volume', () => {
    expect(statuses(CALM, [STEADY, { ...BEHIND, everyS: 20 }])).toEqual({ too_few_events: 60 })
  })

  test('a burst', () => {
    expect(statuses(CALM, [STEADY, STEADY, { everyS: 2, aheadS: 0 }])).toEqual({ too_many_events: 60 })
  })
})
