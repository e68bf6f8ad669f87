import { WEEKDAYS } from '../model/contract.ts'
import type { Exception } from '../model/contract.ts'
import { DAY_MS, zoneOf } from './time-zone.ts'

const MINUTE_MS = 60_000
const WEEK_MS = 7 * DAY_MS
/** Weeks of UTC are counted from 1970-01-01, which was a Thursday, as windows are. */
const FIRST_WEEKDAY = 3
/** A calendar is looked at as it is in January and in July: clocks are not the same in both. */
const SEASONS_MS = [Date.UTC(2026, 0, 15), Date.UTC(2026, 6, 15)]

/** A time of the week, in milliseconds since its beginning: Thursday, 00:00 UTC. */
interface Stretch {
  readonly fromMs: number
  readonly toMs: number
}

/** True for exceptions that leave no time at which a check holds. */
export function coversWholeWeek(except: readonly Exception[]): boolean {
  return longestFreeMs(except) === 0
}

/** The longest time of a week that exceptions leave; Infinity if there are none. */
export function longestFreeMs(except: readonly Exception[]): number {
  if (except.length === 0) return Infinity
  return Math.max(0, ...freeStretches(except).map(({ fromMs, toMs }) => toMs - fromMs))
}

/** True if exceptions leave a time into which a whole window fits, of those that begin at multiples of `overMs` since 1970. */
export function leavesWindow(except: readonly Exception[], overMs: number): boolean {
  if (except.length === 0) return true
  // In the course of the weeks, windows begin at all multiples of this.
  const stepMs = greatestDivisor(overMs, WEEK_MS)
  return freeStretches(except).some(
    ({ fromMs, toMs }) => Math.ceil(fromMs / stepMs) * stepMs + overMs <= toMs,
  )
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b)
}

/** What exceptions leave of a week, in both seasons. A stretch over the end of the week goes on after it. */
function freeStretches(except: readonly Exception[]): Stretch[] {
  return SEASONS_MS.flatMap((seasonMs) => {
    const taken = except
      .flatMap((exception) => takenBy(exception, seasonMs))
      .toSorted((a, b) => a.fromMs - b.fromMs)
    const free: Stretch[] = []
    // What begins late in the week may reach into the next one.
    let untilMs = Math.max(taken[0]?.toMs ?? 0, ...taken.map(({ toMs }) => toMs - WEEK_MS))
    for (const { fromMs, toMs } of taken) {
      if (fromMs > untilMs) free.push({ fromMs: untilMs, toMs: fromMs })
      untilMs = Math.max(untilMs, toMs)
    }
    const againMs = (taken[0]?.fromMs ?? 0) + WEEK_MS
    return againMs > untilMs ? [...free, { fromMs: untilMs, toMs: againMs }] : free
  })
}

/** When an exception holds in the weeks of a season: from a moment of the week on, which may be longer than the week is. */
function takenBy({ days, fromMinute, toMinute, timezone }: Exception, seasonMs: number): Stretch[] {
  const lengthMs =
    (toMinute > fromMinute ? toMinute - fromMinute : toMinute + 24 * 60 - fromMinute) * MINUTE_MS
  return days.map((day) => {
    const sinceThursday = WEEKDAYS.indexOf(day) - FIRST_WEEKDAY
    const localMs = sinceThursday * DAY_MS + fromMinute * MINUTE_MS
    const fromMs = modulo(localMs - zoneOf(timezone).offsetMs(seasonMs), WEEK_MS)
    return { fromMs, toMs: fromMs + lengthMs }
  })
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor
}
