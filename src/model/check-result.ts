import type { Mode, Severity } from './contract.ts'
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
