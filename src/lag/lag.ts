/** What is known of one partition when its lag is judged. Absent values are unknown. */
export interface LagFacts {
  /** The next offset to judge, read before `end`. */
  readonly position: number
  readonly end: number | undefined
  /** Timestamp of the last judged record. */
  readonly lastJudgedMs: number | undefined
  /** When lag was last seen to be 0. */
  readonly lastZeroMs: number | undefined
  /** Since when it has been ours to judge. */
  readonly assignedMs: number
  readonly nowMs: number
}

/** How late our verdicts are. Absent values are unknown, never 0. */
export interface Lag {
  readonly offsets: number | undefined
  readonly seconds: number | undefined
}

/** A start takes less until its first record is judged. */
const START_MS = 60_000

const UNKNOWN: Lag = { offsets: undefined, seconds: undefined }

/**
 * Lag by position (design page, *Time, lag and age*): offsets = end − position, never below 0; seconds = now − the later of the last
 * judged record's timestamp and the moment at which lag was last 0. Without the second part, a topic written once an hour would show
 * an hour of lag each time its record arrives. Of a partition that stands still from its assignment on, how long it stands is told: it is at
 * least so late, and would never alarm otherwise.
 */
export function judgeLag({ position, end, lastJudgedMs, lastZeroMs, assignedMs, nowMs }: LagFacts): Lag {
  if (end === undefined) return UNKNOWN
  const offsets = Math.max(0, end - position)
  if (offsets === 0) return { offsets, seconds: 0 }
  const stoodSinceMs = nowMs - assignedMs < START_MS ? undefined : assignedMs
  const sinceMs = laterOf(lastJudgedMs, lastZeroMs) ?? stoodSinceMs
  return { offsets, seconds: sinceMs === undefined ? undefined : Math.max(0, nowMs - sinceMs) / 1000 }
}

function laterOf(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined) return b
  return b === undefined ? a : Math.max(a, b)
}
