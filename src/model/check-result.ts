import type { Mode, Severity } from './contract.ts'
import type { Status, StatusReason } from './status.ts'
import type { FailReason, VerdictKind } from './verdict.ts'

/** What a finite sample of events came to. */
export interface CheckResult {
  readonly topic: string
  /** By the worst result that any contract gave the event: fail, then error, warn, pass. */
  readonly events: EventCounts
  readonly rules: readonly RuleCounts[]
  /** Undecodable records by reason. */
  readonly rejected: Readonly<Record<string, number>>
  /** Events by what their bytes were recognised as. */
  readonly recognised: Readonly<Record<string, number>>
  /** The first of each rule, in the order of the events. */
  readonly violations: readonly Violation[]
  /** Rules over the stream, of a sample that was not played on a clock. */
  readonly unplayed?: readonly UnplayedRule[]
  /** Only of a sample that was played on a clock. */
  readonly timeline?: Timeline
}

/** A rule about time, of which events without times say nothing. */
export interface UnplayedRule {
  readonly contract: string
  readonly rule: string
}

/** How the statuses of rules and promises would have gone, had the events come when they say. */
export interface Timeline {
  readonly fromMs: number
  readonly untilMs: number
  /** Records that did not say when they came, and came with the one before. */
  readonly timeless: number
  /** What would have been announced, in order. */
  readonly changes: readonly StatusMoment[]
  /** How everything stood at the end. */
  readonly statuses: readonly StatusMoment[]
}

export interface StatusMoment {
  /** Of a change: when it was seen. Of a status: since when it holds, undefined since the beginning. */
  readonly atMs: number | undefined
  readonly contract: string
  /** The id of a rule, or `validity` and `freshness` of promises. */
  readonly name: string
  readonly kind: 'rule' | 'promise'
  readonly status: Status
  readonly reason: StatusReason
  /** What was found, in a sentence. */
  readonly finding: string
}

export interface EventCounts {
  readonly total: number
  readonly pass: number
  readonly warn: number
  readonly fail: number
  readonly error: number
  readonly undecodable: number
}

export interface RuleCounts extends Readonly<Record<VerdictKind, number>> {
  readonly contract: string
  readonly rule: string
  readonly severity: Severity
  /** Rules in the shadow are judged and counted, and decide about no event. */
  readonly mode: Mode
}

/** One event that a rule failed or could not judge, or that could not be read. Holds no value of the event. */
export interface Violation {
  /** Line of the sample, counted from 1. */
  readonly line: number
  readonly result: 'fail' | 'error' | 'undecodable'
  readonly contract?: string
  readonly rule?: string
  /** Only of rules in the shadow. */
  readonly mode?: 'shadow'
  readonly reason: FailReason | string
  readonly message: string
  /** JSON pointer into the event, for schema rules. */
  readonly path?: string
}
