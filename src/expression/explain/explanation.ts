import type { ExpressionFault } from '../expression-fault.ts'

/** How the outcome of an expression came about. */
export interface Explanation {
  /** What the expression came to. */
  readonly outcome: StepOutcome
  /**
   * The expression, then the sub-expressions that decided, each before the ones inside it; at most 40, and of many items the first
   * ones of each outcome.
   */
  readonly steps: readonly ExplanationStep[]
  /** Sub-expressions that decided too, and are left out for there are too many, or they lie too deep. */
  readonly omitted: number
}

/** A sub-expression, and what it came to. */
export interface ExplanationStep {
  /** What stands in the source there. */
  readonly text: string
  /** Where it stands in the source, counted from 0. */
  readonly offset: number
  readonly length: number
  /** 0 for the expression itself, 1 for what is directly inside it, … */
  readonly depth: number
  readonly outcome: StepOutcome
  /** For a sub-expression that was evaluated for one item after another: which one this is (from 1), and of how many. */
  readonly turn: Turn | undefined
  /** True for comparisons and the like, whose boolean says no more of the event than the verdict does. */
  readonly isTest: boolean
}

export interface Turn {
  readonly index: number
  readonly of: number
}

/** A value is that of the evaluation: it may share parts with the event and be of any size. Measure before printing. */
export type StepOutcome =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'no_value' }
  /** `isOrigin`: the fault arose here, and in no step further inside. */
  | { readonly kind: 'fault'; readonly fault: ExpressionFault; readonly isOrigin: boolean }
  /** The outcome was clear without it. */
  | { readonly kind: 'not_evaluated' }
