import { fc } from '../property.ts'
import { describe, expect, test } from 'vitest'
import { ArrivalClock } from '../../src/lag/arrival.ts'
import { VolumeWindows } from '../../src/stream/volume.ts'
import type { WindowEvaluation } from '../../src/stream/volume.ts'
import { volume } from './support.ts'

const MINUTE_MS = 60_000
/** A multiple of every window's length here. */
const START_MS = Date.UTC(2026, 10, 24, 12)
const minute = (minutes: number) => START_MS + minutes * MINUTE_MS

/** What became of windows, with their minutes since the start. */
const told = (evaluations: readonly WindowEvaluation[]) =>
  evaluations.map(({ status, reason, measure, fromMs, toMs }) => {
    const [from, to] = [fromMs, toMs].map((ms) => (ms - START_MS) / MINUTE_MS)
    const events = measure.events === undefined ? '' : ` ${measure.events}`
    return `${from}-${to} ${status} ${reason}${events}`
  })

function counted(windows: VolumeWindows, ...times: readonly number[]): VolumeWindows {
  for (const timeMs of times) windows.count(timeMs)
  return windows
}

const repeat = (count: number, timeMs: number) => Array.from({ length: count }, () => timeMs)

describe('a window', () => {
  test.each([
    [0, ['0-5 breached too_few_events 0']],
    [1, ['0-5 breached too_few_events 1']],
    [2, ['0-5 ok within_bounds 2']],
    [4, ['0-5 ok within_bounds 4']],
    [5, ['0-5 breached too_many_events 5']],
  ])('with %i events, of 2 to 4', (events, evaluations) => {
    const windows = new VolumeWindows(volume({ over: '5m', min: 2, max: 4 }), START_MS)
    counted(windows, ...repeat(events, minute(1)))
    expect(told(windows.close(minute(5), minute(5)))).toEqual(evaluations)
  })

  test('says which bound was broken, and what was judged', () => {
    const windows = new VolumeWindows(volume({ over: '5m', max: 1 }), START_MS)
    counted(windows, minute(0), minute(1))
    expect(windows.close(minute(5), minute(5))).toMatchObject([
      { verdict: 'fail', windows: 1, measure: { events: 2, bound: 1, overMs: 5 * MINUTE_MS } },
    ])
  })

  test('begins with its first moment and ends before its last', () => {
    const windows = new VolumeWindows(volume({ over: '1m', min: 1 }), START_MS)
    counted(windows, minute(0), minute(1) - 1, minute(1), minute(2) - 1)
    const evaluations = [1, 2].flatMap((minutes) => windows.close(minute(minutes), minute(minutes)))
    expect(told(evaluations)).toEqual(['0-1 ok within_bounds 2', '1-2 ok within_bounds 2'])
  })

  test('is judged once', () => {
    const windows = new VolumeWindows(volume({ over: '1m', min: 1 }), START_MS)
    expect(windows.close(minute(1) - 1, minute(1) - 1)).toEqual([])
    expect(windows.close(minute(1), minute(1))).toHaveLength(1)
    expect(windows.close(minute(1), minute(1))).toEqual([])
    expect(windows.close(minute(1) - 1, minute(1) - 1)).toEqual([])
  })

  test('recovers with the next one', () => {
    const windows = new VolumeWindows(volume({ over: '1m', min: 1 }), START_MS)
    const first = windows.close(minute(1), minute(1))
    counted(windows, minute(1))
    expect(told([...first, ...windows.close(minute(2), minute(2))])).toEqual([
      '0-1 breached too_few_events 0',
      '1-2 ok within_bounds 1',
    ])
  })
})

describe('not judged is a window', () => {
  test('that had begun at the start', () => {
    const windows = new VolumeWindows(volume({ over: '5m', min: 1 }), minute(1))
    counted(windows, minute(2), minute(6))
    expect(told(windows.close(minute(10), minute(10)))).toEqual([
      '0-5 warming_up warming_up',
      '5-10 ok within_bounds 1',
    ])
  })

  test('of times in events, that began when events of before the start could still come', () => {
    const windows = new VolumeWindows(volume({ over: '5m', min: 1, field: 'at', lateness: '1m' }), START_MS)
    counted(windows, minute(1), minute(6))
    expect(told(windows.close(minute(11), minute(11)))).toEqual([
      '0-5 warming_up warming_up',
      '5-10 ok within_bounds 1',
    ])
  })

  test('that overlaps an exempted time', () => {
    const except = [{ hours: '12:04-12:05', timezone: 'UTC' }]
    const windows = new VolumeWindows(volume({ over: '2m', min: 1, except }), START_MS)
    expect([2, 4, 6, 8].flatMap((minutes) => told(windows.close(minute(minutes), minute(minutes))))).toEqual([
      '0-2 breached too_few_events 0',
      '2-4 breached too_few_events 0',
      '4-6 ok exempt 0',
      '6-8 breached too_few_events 0',
    ])
  })

  test('that we were still behind at when it should have been closed', () => {
    const check = volume({ over: '1m', min: 1, field: 'at', lateness: '1s' })
    const windows = new VolumeWindows(check, minute(-1))
    windows.close(minute(0.5), minute(0.5))
    expect(windows.close(minute(0.5), minute(1))).toEqual([])
    expect(told(windows.close(minute(0.5), minute(1.5)))).toEqual(['0-1 unknown behind'])
    expect(told(windows.close(minute(2.1), minute(2.1)))).toEqual(['1-2 breached too_few_events 0'])
  })

  test('of arrivals, in which we were behind', () => {
    const windows = new VolumeWindows(volume({ over: '5m', max: 1 }), START_MS)
    expect(windows.close(minute(1), minute(3))).toEqual([])
    // All that came in two minutes is read at last, and of a producer whose clock is ahead it seems to come now.
    counted(windows, minute(3.1), minute(3.1))
    expect(windows.close(minute(3.2), minute(3.2))).toEqual([])
    expect(told(windows.close(minute(5), minute(5)))).toEqual(['0-5 unknown behind'])
    expect(told(windows.close(minute(10), minute(10)))).toEqual(['5-10 ok within_bounds 0'])
  })

  test.each([
    [5000, '1m', '0-1 ok within_bounds 0'],
    [5001, '1m', '0-1 ok within_bounds 0'],
    [6001, '1m', '0-1 unknown behind'],
    [5000, '10s', '0.5-0.6666666666666666 ok within_bounds 0'],
    [5001, '10s', '0.5-0.6666666666666666 unknown behind'],
    [29_000, '5m', '0-5 ok within_bounds 0'],
  ])('if we were behind by %i ms in one of %s: %s', (behindMs, over, expected) => {
    const windows = new VolumeWindows(volume({ over, max: 1 }), START_MS)
    const nowMs = minute(0.6)
    const evaluations = [
      ...windows.close(nowMs - behindMs, nowMs),
      ...windows.close(nowMs + 1000, nowMs + 1000),
      ...windows.close(minute(1), minute(1)),
      ...windows.close(minute(5), minute(5)),
    ]
    expect(told(evaluations)).toContain(expected)
  })

  test('while the brokers do not say whether something is left to judge', () => {
    const windows = new VolumeWindows(volume({ over: '1m', min: 1 }), START_MS)
    expect(windows.close(undefined, minute(1))).toEqual([])
    expect(told(windows.close(undefined, minute(10)))).toEqual(['0-9 unknown behind'])
  })

  test('each of a year in which nobody asked: they are told at once', () => {
    const windows = new VolumeWindows(volume({ over: '1s', min: 1 }), START_MS)
    counted(windows, minute(0))
    const year = minute(365 * 24 * 60)
    const evaluations = windows.close(year, year)
    expect(evaluations.length).toBeLessThan(25)
    expect(evaluations[0]).toMatchObject({ verdict: 'skip', reason: 'behind', windows: 365 * 86_400 - 21 })
  })

  test('beside others of the same length but with longer flushes', () => {
    const windows = new VolumeWindows(volume({ over: '1m', min: 1 }), START_MS, MINUTE_MS)
    expect(told(windows.close(minute(2.5), minute(2.5)))).toEqual([
      '0-1 breached too_few_events 0',
      '1-2 breached too_few_events 0',
    ])
  })
})

describe('an event', () => {
  test('of a window that is closed is late, and never counted', () => {
    const windows = new VolumeWindows(volume({ over: '1m', min: 1 }), START_MS)
    windows.close(minute(1), minute(1))
    expect(windows.count(minute(1) - 1)).toBe('late')
    expect(windows.count(minute(1))).toBe('counted')
    expect(told(windows.close(minute(2), minute(2)))).toEqual(['1-2 ok within_bounds 1'])
  })

  test('of before the start is late', () => {
    const windows = new VolumeWindows(volume({ over: '1m', min: 1 }), minute(0.5))
    expect([minute(-120), minute(-0.001), minute(0.1)].map((ms) => windows.count(ms))).toEqual([
      'late',
      'late',
      'counted',
    ])
  })

  test('within the lateness is counted', () => {
    const check = volume({ over: '1m', min: 1, field: 'at', lateness: '2m' })
    const windows = new VolumeWindows(check, minute(-2))
    const all = [...windows.close(minute(1), minute(1)), ...windows.close(minute(2.9), minute(2.9))]
    expect(windows.count(minute(0.5))).toBe('counted')
    expect(told([...all, ...windows.close(minute(3), minute(3))])).toEqual([
      '-2--1 warming_up warming_up',
      '-1-0 warming_up warming_up',
      '0-1 ok within_bounds 1',
    ])
    expect(windows.count(minute(0.5))).toBe('late')
  })

  test('without a time is late', () => {
    expect(new VolumeWindows(volume({ over: '1m', min: 1 }), START_MS).count(NaN)).toBe('late')
  })

  test('that is out of order is counted where it belongs', () => {
    const windows = new VolumeWindows(volume({ over: '1m', min: 1, field: 'at' }), minute(-1))
    counted(windows, minute(1.5), minute(0.5), minute(1.2), minute(0.1), minute(0.2))
    expect(told(windows.close(minute(3), minute(3)))).toEqual([
      '-1-0 warming_up warming_up',
      '0-1 ok within_bounds 3',
      '1-2 ok within_bounds 2',
    ])
  })
})

test('after a restart, only windows that begin after it are judged, with what came after it', () => {
  const check = volume({ over: '5m', min: 3 })
  const before = new VolumeWindows(check, START_MS)
  counted(before, ...repeat(10, minute(6)))
  const after = new VolumeWindows(check, minute(7))
  counted(after, minute(8), ...repeat(3, minute(11)))
  expect(told(after.close(minute(15), minute(15)))).toEqual([
    '5-10 warming_up warming_up',
    '10-15 ok within_bounds 3',
  ])
})

test('a producer whose clock is two hours behind, and one record of 2099, break no promise about arrivals', () => {
  const windows = new VolumeWindows(volume({ over: '1m', min: 6, max: 6 }), START_MS)
  const arrival = new ArrivalClock()
  const seen: WindowEvaluation[] = []
  for (let nowMs = START_MS; nowMs <= minute(10); nowMs += 10_000) {
    // At each tick nothing is left to judge; a record comes five seconds later.
    seen.push(...windows.close(nowMs, nowMs))
    const claimedMs = nowMs === minute(5) ? Date.UTC(2099, 0) : nowMs - 2 * 60 * MINUTE_MS
    windows.count(arrival.arrivalMs(claimedMs, nowMs, nowMs + 5000))
  }
  expect(seen.map(({ status }) => status)).toEqual(repeat(10, 0).map(() => 'ok'))
})

/** Ticks of ten seconds, with events between them in any order, and a lag that comes and goes. */
const stream = fc.record({
  over: fc.constantFrom('1s', '30s', '1m', '7m'),
  latenessS: fc.nat(10),
  startMs: fc.nat(3_600_000).map((ms) => START_MS + ms),
  ticks: fc.array(
    fc.record({
      behindMs: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.nat(120_000)),
      /** Before the tick, in milliseconds: what is below 0 is ahead of our clock. */
      eventsAgo: fc.array(fc.integer({ min: -60_000, max: 180_000 }), { maxLength: 12 }),
    }),
    { maxLength: 120 },
  ),
})

test('whatever the order of events, the count of a judged window is that of all events of it', () => {
  fc.assert(
    fc.property(stream, ({ over, latenessS, startMs, ticks }) => {
      const check = volume({
        over,
        min: 1,
        field: 'at',
        lateness: `${Math.min(Math.max(1, latenessS), 10)}s`,
      })
      const windows = new VolumeWindows(check, startMs)
      const taken: number[] = []
      const seen: WindowEvaluation[] = []
      ticks.forEach(({ behindMs, eventsAgo }, index) => {
        const nowMs = startMs + (index + 1) * 10_000
        for (const agoMs of eventsAgo)
          if (windows.count(nowMs - agoMs) === 'counted') taken.push(nowMs - agoMs)
        seen.push(...windows.close(nowMs - behindMs, nowMs))
      })
      for (const [index, { fromMs, toMs, verdict, measure }] of seen.entries()) {
        // Windows follow one another without gaps, and none comes twice.
        expect(fromMs).toBe(
          index === 0 ? Math.floor(startMs / check.overMs) * check.overMs : seen[index - 1]?.toMs,
        )
        expect(fromMs % check.overMs).toBe(0)
        if (verdict === 'skip') continue
        expect(fromMs).toBeGreaterThanOrEqual(startMs)
        expect(measure.events).toBe(taken.filter((ms) => ms >= fromMs && ms < toMs).length)
      }
    }),
    { numRuns: 300 },
  )
})
