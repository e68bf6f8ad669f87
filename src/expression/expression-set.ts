import { type EvaluateSet, compileSet } from './compile-set.ts'
import type { CompiledExpression } from './compiled-expression.ts'
import type { EvaluationContext } from './evaluation-context.ts'
import { ExpressionFault } from './expression-fault.ts'
import { OUTCOME, type Outcome } from './outcome.ts'
import type { SetMember } from './set-member.ts'

/**
 * Expressions that are all evaluated on the same events, compiled to one function, so that what they have in common is done once. A set
 * keeps the outcomes of its last evaluation, for evaluating must allocate nothing.
 */
export class ExpressionSet {
  readonly #members: readonly SetMember[]
  readonly #details: unknown[]
  readonly #isInterpreted: Uint8Array
  #evaluateAll: EvaluateSet
  /** Outcome `i` is that of member `i`, as of the last `evaluate`. */
  readonly outcomes: Uint8Array
  /** Members whose byte is not 0 are left out. The caller may write here between evaluations. */
  readonly suspended: Uint8Array

  constructor(members: readonly SetMember[]) {
    this.#members = members
    this.#details = members.map(() => undefined)
    this.#isInterpreted = new Uint8Array(members.length)
    this.outcomes = new Uint8Array(members.length)
    this.suspended = new Uint8Array(members.length)
    this.#evaluateAll = this.#compile()
  }

  /** Evaluates all members on one event. Never throws; a fault of one member leaves the others alone. */
  evaluate(input: unknown, context: EvaluationContext): void {
    this.#evaluateAll(input, context)
  }

  /**
   * What is behind an outcome of the last evaluation: the ExpressionFault of `fault` and `conditionFault`, the value of `notBoolean` and
   * `conditionNotBoolean`. Undefined for the others.
   */
  detail(index: number): unknown {
    const outcome = this.outcomes[index] as Outcome
    return HAS_DETAIL.has(outcome) ? this.#details[index] : undefined
  }

  /** From now on, the synchronous interpreter evaluates this member. */
  useInterpreter(index: number): void {
    this.#isInterpreted[index] = 1
    this.#evaluateAll = this.#compile()
  }

  /**
   * What becomes of one member if the synchronous interpreter evaluates it, with what is behind the outcome, as `detail` gives it. The
   * outcomes of the set stay as they are.
   */
  interpretMember(
    index: number,
    input: unknown,
    context: EvaluationContext,
  ): { readonly outcome: Outcome; readonly detail: unknown } {
    const member = this.#members[index]
    if (member === undefined) throw new RangeError(`the set has no member ${index}`)
    return judge(member, (expression) => expression.interpret(input, context))
  }

  #compile(): EvaluateSet {
    return compileSet(this.#members, {
      outcomes: this.outcomes,
      suspended: this.suspended,
      isInterpreted: this.#isInterpreted,
      judgeAlone: (index, input, context) => this.#judgeAlone(index, input, context),
      keep: (index, detail) => {
        this.#details[index] = detail
      },
    })
  }

  /** Evaluates a member that the common function leaves out, or that failed in it: alone, it says where. */
  #judgeAlone(index: number, input: unknown, context: EvaluationContext): Outcome {
    const isInterpreted = this.#isInterpreted[index] === 1
    const { outcome, detail } = judge(this.#members[index] as SetMember, (expression) =>
      isInterpreted ? expression.interpret(input, context) : expression.evaluate(input, context),
    )
    this.#details[index] = detail
    return outcome
  }
}

const HAS_DETAIL: ReadonlySet<Outcome> = new Set([
  OUTCOME.fault,
  OUTCOME.conditionFault,
  OUTCOME.notBoolean,
  OUTCOME.conditionNotBoolean,
])

function judge(
  { condition, assertion }: SetMember,
  evaluate: (expression: CompiledExpression) => unknown,
): { readonly outcome: Outcome; readonly detail: unknown } {
  if (condition !== undefined) {
    const value = evaluate(condition)
    if (value === false || value === undefined) return { outcome: OUTCOME.notApplicable, detail: undefined }
    if (value instanceof ExpressionFault) return { outcome: OUTCOME.conditionFault, detail: value }
    if (value !== true) return { outcome: OUTCOME.conditionNotBoolean, detail: value }
  }
  const value = assertion === undefined ? true : evaluate(assertion)
  if (value === true) return { outcome: OUTCOME.true, detail: undefined }
  if (value === false) return { outcome: OUTCOME.false, detail: undefined }
  if (value === undefined) return { outcome: OUTCOME.noValue, detail: undefined }
  return { outcome: value instanceof ExpressionFault ? OUTCOME.fault : OUTCOME.notBoolean, detail: value }
}
