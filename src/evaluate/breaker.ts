/** So many overruns … */
const OVERRUNS = 5
/** … within so many events suspend a rule, for then it judges little and costs much … */
const WITHIN_EVENTS = 100
/** … or within this time, in which they would take an eighth of it at the default budget. */
const WITHIN_MS = 2_000
const FIRST_PAUSE_MS = 30_000
const LONGEST_PAUSE_MS = 600_000

interface Overrun {
  /** The event's number in its topic. */
  readonly event: number
  readonly atMs: number
}

/** What is remembered of a rule that exceeded its budget. */
export interface Breaker {
  /** The latest overruns, the oldest first, no more than matter. */
  readonly overruns: readonly Overrun[]
  /** Until when (on a clock that never goes back) the rule is left out; undefined while it is judged. */
  readonly suspendedUntilMs: number | undefined
  /** How long the last suspension was; 0 if there was none that matters any more. */
  readonly pauseMs: number
  /** The event until which, after a suspension, a single overrun suspends the rule anew. */
  readonly trialUntilEvent: number
}

/** A rule that never exceeded its budget. */
export const CLOSED_BREAKER: Breaker = {
  overruns: [],
  suspendedUntilMs: undefined,
  pauseMs: 0,
  trialUntilEvent: 0,
}

/**
 * Takes in that a rule exceeded its budget. The fifth time within 100 events or 2 seconds suspends it for 30 seconds; a rule that is on
 * trial after a suspension is suspended at once, for twice as long as the last time, up to 10 minutes.
 */
export function afterOverrun(breaker: Breaker, event: number, nowMs: number): Breaker {
  if (event < breaker.trialUntilEvent) return suspend(Math.min(2 * breaker.pauseMs, LONGEST_PAUSE_MS), nowMs)
  const overruns = [...breaker.overruns, { event, atMs: nowMs }].slice(-OVERRUNS)
  const [oldest] = overruns
  const isMany = overruns.length === OVERRUNS && oldest !== undefined
  const isDense = isMany && (event - oldest.event < WITHIN_EVENTS || nowMs - oldest.atMs <= WITHIN_MS)
  return isDense ? suspend(FIRST_PAUSE_MS, nowMs) : { ...CLOSED_BREAKER, overruns }
}

/** Lets a suspended rule be tried again, for the next 100 events from `event` on, once its pause is over. */
export function afterPause(breaker: Breaker, event: number, nowMs: number): Breaker {
  if (breaker.suspendedUntilMs === undefined || nowMs < breaker.suspendedUntilMs) return breaker
  return { ...breaker, suspendedUntilMs: undefined, trialUntilEvent: event + WITHIN_EVENTS }
}

function suspend(pauseMs: number, nowMs: number): Breaker {
  return { overruns: [], suspendedUntilMs: nowMs + pauseMs, pauseMs, trialUntilEvent: 0 }
}
