import { WEEKDAYS } from '../model/contract.ts'
import type { Exception, Weekday } from '../model/contract.ts'
import { DAY_MS, zoneOf } from './time-zone.ts'

const MINUTE_MS = 60_000
/** 1970 began on a Thursday. */
const FIRST_WEEKDAY = 3
/** An exception comes each week, but on the day of a week on which the clocks leave out its hours. */
const LOOK_BACK_DAYS = 15
/** A local day may begin 14 hours before that of UTC. */
const LOOK_AHEAD_DAYS = 2

/** One time at which an exception holds: from its first moment up to, and without, its end. */
interface Occurrence {
  readonly fromMs: number
  readonly toMs: number
}

/** True if one of the exceptions holds at a moment. */
export function isExempt(except: readonly Exception[], atMs: number): boolean {
  return overlapsExempt(except, atMs, atMs + 1)
}

/**
 * The end of the latest exempted time that began at or before a moment: the moment itself if it is exempt, and undefined if there is no exempted
 * time in the two weeks before it.
 */
export function lastExemptEndMs(except: readonly Exception[], atMs: number): number | undefined {
  const ends = except.flatMap((exception) =>
    occurrencesAround(exception, atMs)
      .filter(({ fromMs }) => fromMs <= atMs)
      .map(({ toMs }) => Math.min(toMs, atMs)),
  )
  return ends.length === 0 ? undefined : Math.max(...ends)
}

/** True if one of the exceptions holds at any moment from `fromMs` up to, and without, `toMs`. */
export function overlapsExempt(except: readonly Exception[], fromMs: number, toMs: number): boolean {
  // After that, each exception has come once.
  const lastMs = Math.min(toMs, fromMs + LOOK_BACK_DAYS * DAY_MS)
  return except.some((exception) => {
    for (let atMs = fromMs; atMs < lastMs; atMs += DAY_MS) {
      const around = occurrencesAround(exception, atMs)
      if (around.some((occurrence) => occurrence.fromMs < toMs && occurrence.toMs > fromMs)) return true
    }
    return false
  })
}

/** More days are forgotten, so that a clock that is moved through years takes no memory. */
const MAX_DAYS = 100
/** By exception and day of UTC: working them out takes a thousand times as long as looking at them. */
const known = new WeakMap<Exception, Map<number, readonly Occurrence[]>>()

/** All that may hold on the day of UTC that a moment is on, on the day after, and in the two weeks before. */
function occurrencesAround(exception: Exception, atMs: number): readonly Occurrence[] {
  const day = Math.floor(atMs / DAY_MS)
  const days = known.get(exception) ?? new Map<number, readonly Occurrence[]>()
  known.set(exception, days)
  const found = days.get(day)
  if (found) return found
  if (days.size >= MAX_DAYS) days.clear()
  const occurrences: Occurrence[] = []
  for (let local = day - LOOK_BACK_DAYS; local <= day + LOOK_AHEAD_DAYS; local++) {
    const occurrence = occurrenceOf(exception, local)
    if (occurrence) occurrences.push(occurrence)
  }
  days.set(day, occurrences)
  return occurrences
}

/** The one that begins on a local day, counted from 1970; undefined if there is none, or the clocks leave out its hours. */
function occurrenceOf(
  { days, fromMinute, toMinute, timezone }: Exception,
  day: number,
): Occurrence | undefined {
  if (!days.includes(weekdayOf(day))) return undefined
  const zone = zoneOf(timezone)
  const lastDay = toMinute > fromMinute ? day : day + 1
  const fromMs = zone.firstMoment(day * DAY_MS + fromMinute * MINUTE_MS)
  const toMs = zone.lastMoment(lastDay * DAY_MS + toMinute * MINUTE_MS)
  return fromMs < toMs ? { fromMs, toMs } : undefined
}

function weekdayOf(day: number): Weekday {
  const length = WEEKDAYS.length
  return WEEKDAYS[(((day + FIRST_WEEKDAY) % length) + length) % length] as Weekday
}
