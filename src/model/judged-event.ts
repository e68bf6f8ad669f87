import type { Verdict } from './verdict.ts'

/**
 * What became of an event: numbers, for most events need no more. Valid until the next event is judged, for judging writes in place and
 * allocates nothing.
 */
export interface JudgedEvent {
  /** By rule, those of all contracts of the topic one after another: the verdict's place in VERDICTS. */
  readonly verdicts: Uint8Array
  /** By contract: the result's place in EVENT_RESULTS. */
  readonly results: Uint8Array
  /** By contract: where its rules begin in `verdicts`. */
  readonly firstRules: readonly number[]
  /** How many rules failed. */
  readonly fails: number
  /** How many rules could not judge. */
  readonly errors: number
  /** A rule's verdict with its reason. Made on demand, since most are never looked at. */
  verdict(rule: number): Verdict
}
