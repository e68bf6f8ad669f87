import type { Location, Problem } from './problem.ts'
import type { Status } from './status.ts'
import type { EventResult, VerdictKind } from './verdict.ts'

/** What a rule made of an event, with all that a test can ask for. */
export interface RuleVerdict {
  readonly verdict: VerdictKind
  /** Why: the reason of a fail or a skip, the code of an error. */
  readonly reason: string | undefined
  /** JSONata's code of a fail with the reason `type`. */
  readonly code: string | undefined
  /** JSON pointer of what a schema refused. */
  readonly path: string | undefined
  readonly message: string | undefined
}

/** What became of one record. */
export interface Judgement {
  readonly result: EventResult
  /** By the position of the rule; undefined if no rule saw the record. */
  readonly verdicts: readonly RuleVerdict[] | undefined
  /** Why an undecodable record is one. */
  readonly rejected: { readonly reason: string; readonly detail: string } | undefined
}

/** Something that a case expected and that is not so. */
export interface Mismatch {
  /** Number of the step, counted from 1; undefined in a case with one record. */
  readonly step: number | undefined
  /** Which of the step's repeated records, counted from 1; undefined if there is one. */
  readonly record: number | undefined
  /** What it is about: the verdict of a rule, what the record counts as, a status, or the changes of statuses. */
  readonly about: 'verdict' | 'result' | 'status' | 'changes'
  /** The rule, or the promise; undefined if it is about the record, or the case, as a whole. */
  readonly rule: string | undefined
  /** Both end the sentence "expected …, but it is …". */
  readonly expected: string
  readonly actual: string
  /** How the verdict came about: the rule's expressions and the values of their parts, one a line. */
  readonly why: readonly string[]
  /** The expectation in the test file. */
  readonly at: Location
}

/** A case passed if nothing mismatched. */
export interface CaseResult {
  readonly name: string
  readonly at: Location
  readonly mismatches: readonly Mismatch[]
}

/** What became of the cases of one file. */
export interface TestFileResult {
  readonly file: string
  readonly contract: string
  readonly cases: readonly CaseResult[]
}

/** How often the cases of a rule that went as expected gave each verdict. */
export interface RuleCoverage {
  readonly contract: string
  readonly rule: string
  readonly seen: Readonly<Record<VerdictKind, number>>
  /** Whether verdicts are to be covered: rules over the stream give none. */
  readonly hasVerdicts: boolean
  /** The same of statuses, as they were expected; undefined for a rule whose status need not be covered. */
  readonly statuses: Readonly<Record<Status, number>> | undefined
  /** Where the rule stands. */
  readonly at: Location
}

/** What a run of tests came to. */
export interface TestResult {
  readonly files: readonly TestFileResult[]
  readonly coverage: readonly RuleCoverage[]
  /** The share of rules, in per cent, that must be covered; undefined if none is demanded. */
  readonly minCoverage: number | undefined
  /** Rules whose verdict depends on the number of items in a list. */
  readonly probes: readonly Problem[]
  /** Whether such rules make the run fail. */
  readonly isStrict: boolean
}
