import type { Explanation } from '../expression/index.ts'
import type { Contract, Rule } from '../model/contract.ts'
import type { EventResult, Verdict } from '../model/verdict.ts'

/** How one rule came to its verdict on one event. */
export interface RuleExplanation {
  readonly contract: Contract
  readonly rule: Rule
  readonly verdict: Verdict
  /** Of the rule's condition; undefined if it has none. */
  readonly condition: Explanation | undefined
  /** What was asserted, or matched; undefined if the condition kept the rule from being judged. */
  readonly check: CheckExplanation | undefined
  /** What the event counts as for the whole contract. */
  readonly result: EventResult
  /** Every rule of the contract with its verdict, in the order of the file. */
  readonly verdicts: readonly { readonly rule: Rule; readonly verdict: Verdict }[]
}

export type CheckExplanation =
  | { readonly kind: 'assert'; readonly explanation: Explanation }
  | { readonly kind: 'schema'; readonly violations: SchemaViolations }

/** All that a schema refuses in an event, up to a bound. */
export interface SchemaViolations {
  readonly listed: readonly SchemaViolation[]
  /** Those beyond the bound. */
  readonly omitted: number
}

export interface SchemaViolation {
  /** JSON pointer into the event. */
  readonly path: string
  /** What is wrong there, without the value. */
  readonly message: string
  /** What stands there. */
  readonly value: unknown
}
