import { spanText } from '../model/written-rule.ts'

/** How regularly the events of a sample follow one another. */
export interface Rhythm {
  /** How long the topic may be silent, generously, as a contract writes it. */
  readonly within: string
  readonly withinMs: number
  /** The longest pause in the sample. */
  readonly longestMs: number
}

/** Fewer events show no rhythm. */
const FEWEST_EVENTS = 20
/** A rhythm is clear if no pause is longer than so many usual ones. */
const MOST_UNEVEN = 10
/** A sample shows a short time of one day: nights and weekends may be quieter. */
const GENEROUS = 10
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const BOUNDS_MS = [
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
  DAY_MS,
  2 * DAY_MS,
  7 * DAY_MS,
]

/** The rhythm of events with these times (milliseconds since the epoch, in any order); undefined if there is no clear one. */
export function rhythmOf(timesMs: readonly number[]): Rhythm | undefined {
  if (timesMs.length < FEWEST_EVENTS) return undefined
  const sorted = timesMs.toSorted((a, b) => a - b)
  const pauses = sorted.slice(1).map((timeMs, index) => timeMs - (sorted[index] as number))
  const usualMs = pauses.toSorted((a, b) => a - b)[Math.floor(pauses.length / 2)] as number
  const longestMs = pauses.reduce((longest, pause) => Math.max(longest, pause))
  if (usualMs === 0 || longestMs > MOST_UNEVEN * usualMs) return undefined
  const withinMs = BOUNDS_MS.find((bound) => bound >= GENEROUS * longestMs)
  return withinMs === undefined ? undefined : { within: spanText(withinMs), withinMs, longestMs }
}
