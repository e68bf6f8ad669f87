/** What is known of one partition when its lag is judged. Absent values are unknown. */
export interface LagFacts {
  /** The next offset to judge, read before `end`. */
  readonly position: number
  readonly end: number | undefined
  /** Timestamp of the last judged record. */
  readonly lastJudgedMs: number | undefined
  /** When lag was last seen to be 0. */
  readonly lastZeroMs: number | undefined
  readonly nowMs: number
}

/** How late our verdicts are. Absent values are unknown, never 0. */
export interface Lag {
  readonly offsets: number | undefined
  readonly seconds: number | undefined
}

const UNKNOWN: Lag = { offsets: undefined, seconds: undefined }

/**
 * Lag by position (design page, *Time, lag and age*): offsets = end − position, never below 0; seconds = now − the later of the last
 * judged record's timestamp and the moment at which lag was last 0. Without the second part, a topic written once an hour would show
 * an hour of lag each time its record arrives.
 */
export function judgeLag({ position, end, lastJudgedMs, lastZeroMs, nowMs }: LagFacts): Lag {
  if (end === undefined) return UNKNOWN
  const offsets = Math.max(0, end - position)
  if (offsets === 0) return { offsets, seconds: 0 }
  const sinceMs = laterOf(lastJudgedMs, lastZeroMs)
  return { offsets, seconds: sinceMs === undefined ? undefined : Math.max(0, nowMs - sinceMs) / 1000 }
}

function laterOf(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined) return b
  return b === undefined ? a : Math.max(a, b)
}
