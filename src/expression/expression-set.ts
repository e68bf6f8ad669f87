import type { CompiledExpression } from './compiled-expression.ts'
import type { EvaluationContext } from './evaluation-context.ts'
import { ExpressionFault } from './expression-fault.ts'

/** What became of one member of a set: small numbers, so that a whole set's outcomes fit into bytes. */
export const OUTCOME = {
  true: 0,
  false: 1,
  noValue: 2,
  /** The assertion gave something that is neither true nor false. */
  notBoolean: 3,
  fault: 4,
  /** The condition was false or had no value. */
  notApplicable: 5,
  conditionNotBoolean: 6,
  conditionFault: 7,
  /** Not evaluated, for the set was told to leave the member out. */
  suspended: 8,
} as const
export type Outcome = (typeof OUTCOME)[keyof typeof OUTCOME]

/** A condition and what must be true where it is. Without an assertion, the outcome `true` says that the condition holds. */
export interface SetMember {
  readonly condition?: CompiledExpression | undefined
  readonly assertion?: CompiledExpression | undefined
}

/**
 * Expressions that are all evaluated on the same events, so that what they have in common is done once. A set keeps the outcomes of its
 * last evaluation, for evaluating must allocate nothing.
 */
export class ExpressionSet {
  readonly #members: readonly SetMember[]
  readonly #details: unknown[]
  /** Outcome `i` is that of member `i`, as of the last `evaluate`. */
  readonly outcomes: Uint8Array
  /** Members whose byte is not 0 are left out. The caller may write here between evaluations. */
  readonly suspended: Uint8Array

  constructor(members: readonly SetMember[]) {
    this.#members = members
    this.#details = members.map(() => undefined)
    this.outcomes = new Uint8Array(members.length)
    this.suspended = new Uint8Array(members.length)
  }

  /** Evaluates all members on one event. Never throws; a fault of one member leaves the others alone. */
  evaluate(input: unknown, context: EvaluationContext): void {
    for (let index = 0; index < this.#members.length; index++) {
      this.outcomes[index] =
        this.suspended[index] === 0 ? this.#evaluateMember(index, input, context) : OUTCOME.suspended
    }
  }

  /**
   * What is behind an outcome of the last evaluation: the ExpressionFault of `fault` and `conditionFault`, the value of `notBoolean` and
   * `conditionNotBoolean`. Undefined for the others.
   */
  detail(index: number): unknown {
    return this.#details[index]
  }

  #evaluateMember(index: number, input: unknown, context: EvaluationContext): Outcome {
    const { condition, assertion } = this.#members[index] as SetMember
    if (condition !== undefined) {
      const value = condition.evaluate(input, context)
      if (value === false || value === undefined) return OUTCOME.notApplicable
      if (value !== true) {
        this.#details[index] = value
        return value instanceof ExpressionFault ? OUTCOME.conditionFault : OUTCOME.conditionNotBoolean
      }
    }
    if (assertion === undefined) return OUTCOME.true
    const value = assertion.evaluate(input, context)
    if (value === true) return OUTCOME.true
    if (value === false) return OUTCOME.false
    if (value === undefined) return OUTCOME.noValue
    this.#details[index] = value
    return value instanceof ExpressionFault ? OUTCOME.fault : OUTCOME.notBoolean
  }
}
