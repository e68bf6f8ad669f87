import type { Dimension, Severity } from './contract.ts'

/**
 * How a rule or a promise stands over its window of time. The order is that of the numbers of `dq.rule.status`, which are part of what
 * monitors and dashboards rely on: 0 ok, 1 warning, 2 breached, 3 warming up, 4 unknown, 5 not applied.
 */
export const STATUSES = ['ok', 'warning', 'breached', 'warming_up', 'unknown', 'not_applied'] as const
export type Status = (typeof STATUSES)[number]

/** What of a contract has a status. */
export type StatusSubject =
  | {
      readonly kind: 'rule'
      readonly rule: string
      readonly severity: Severity
      readonly dimension: Dimension
      readonly check: 'assert' | 'schema' | 'freshness' | 'volume'
    }
  | { readonly kind: 'promise'; readonly promise: 'validity' | 'freshness' }

/** Why a status is what it is: a closed set, for documentation and for code that reads it. */
export const STATUS_REASONS = [
  /** Within its bounds. */
  'within_bounds',
  /** More fails than `tolerance` (or the promise) allows. */
  'too_many_fails',
  /** A fail, and `tolerance: none`. */
  'failed',
  /** No event for longer than `within`. */
  'silent',
  /** No event ever, for longer than `within` from start. */
  'never_seen',
  'too_few_events',
  'too_many_events',
  /** The window does not hold enough yet: since the start, or fewer than `minimumEvents`. */
  'warming_up',
  'too_few_judged',
  /** We are behind, or can't ask the brokers: nothing can be said. */
  'behind',
  'unreachable',
  /** A calendar exempts this time. */
  'exempt',
  /** Events flow, but `when` applies to none of them. */
  'never_applies',
  /** The rule can't judge: its verdicts are `error`. */
  'cannot_judge',
] as const
export type StatusReason = (typeof STATUS_REASONS)[number]

/** What was measured when a status was judged. What does not belong to the kind of check is undefined. */
export interface Measure {
  /** Events that failed, of those that were judged (pass or fail) over the window. */
  readonly bad: number | undefined
  readonly judged: number | undefined
  /** Events in a window of `volume`. */
  readonly events: number | undefined
  /** Age of the newest event. */
  readonly ageMs: number | undefined
  /** The bound that it is held against: a share (0 to 1), a number of events, or milliseconds. */
  readonly bound: number | undefined
  /** Length of the window. */
  readonly overMs: number | undefined
  /** Of a promise: the share of its error budget that is left (0 to 1; below 0 is overspent). */
  readonly budgetLeft: number | undefined
}

/** What a judgement over the stream comes to at one moment, before hysteresis. */
export interface Evaluation {
  readonly status: Status
  readonly reason: StatusReason
  readonly measure: Measure
}

/** How a rule or promise stands, for people and programs. */
export interface SubjectStatus extends Evaluation {
  readonly contract: string
  readonly subject: StatusSubject
  /** Since when it has had this status; undefined if that began before this process knew of it. */
  readonly sinceMs: number | undefined
}

/** One change of status: announced once. */
export interface StatusChange extends SubjectStatus {
  readonly from: Status | undefined
  readonly atMs: number
}

/** Nothing was measured. */
export const NO_MEASURE: Measure = {
  bad: undefined,
  judged: undefined,
  events: undefined,
  ageMs: undefined,
  bound: undefined,
  overMs: undefined,
  budgetLeft: undefined,
}
