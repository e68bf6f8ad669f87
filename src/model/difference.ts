import type { Severity } from './contract.ts'
import type { Problem } from './problem.ts'
import type { VerdictKind } from './verdict.ts'

/** What a change of a rule does: more fails or alarms (tightened), fewer (loosened), or it can't be told from the text (changed). */
export type Direction = 'same' | 'tightened' | 'loosened' | 'changed'

/** What can be said of a contract or a rule, between two versions of the rules. The order is that of reports. */
export const DIFFERENCE_KINDS = [
  'added',
  'removed',
  'tightened',
  'loosened',
  'changed',
  'renamed',
  'metadata',
] as const
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number]

/** One thing that differs, in words. `metadata` changes no verdict. */
export interface Detail {
  readonly kind: Exclude<Direction, 'same'> | 'renamed' | 'metadata'
  readonly text: string
}

export interface RuleDifference {
  readonly rule: string
  /** Its id in the base, if that was another one. */
  readonly formerly: string | undefined
  readonly kind: DifferenceKind
  readonly severity: Severity
  readonly description: string | undefined
  readonly details: readonly Detail[]
}

export interface ContractDifference {
  readonly contract: string
  /** Its id in the base, if that was another one. */
  readonly formerly: string | undefined
  readonly kind: DifferenceKind
  readonly owner: string
  readonly topic: string
  readonly file: string
  /** What differs outside of the rules. */
  readonly details: readonly Detail[]
  readonly rules: readonly RuleDifference[]
}

/** A contract that is in doubt on one side, because its file there can't be read. */
export interface NotCompared {
  readonly contract: string
  readonly file: string
  readonly reason: string
}

/** What differs between two versions of the rules. */
export interface RulesDifference {
  readonly base: string
  readonly head: string
  readonly contracts: readonly ContractDifference[]
  readonly notCompared: readonly NotCompared[]
  /** What is wrong with either side. */
  readonly problems: readonly Problem[]
  readonly verdicts: VerdictDifference | undefined
}

/** How the verdicts of a finite sample of events change. */
export interface VerdictDifference {
  readonly topic: string
  readonly events: number
  /** Events to which at least one rule that is on both sides gives another verdict. */
  readonly changedEvents: number
  readonly rules: readonly RuleVerdictChanges[]
}

/** `none`: the rule is not there on that side, or the record can't be read there. */
export type VerdictOrNone = VerdictKind | 'none'

export interface RuleVerdictChanges {
  readonly contract: string
  readonly rule: string
  readonly changes: readonly VerdictChange[]
}

export interface VerdictChange {
  readonly from: VerdictOrNone
  readonly to: VerdictOrNone
  readonly count: number
  /** The first few lines of the sample that it concerns, counted from 1. */
  readonly lines: readonly number[]
}
