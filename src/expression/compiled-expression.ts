import jsonata, { type Expression } from '#jsonata-sync'
import type { EvaluationContext, EventVariable } from './evaluation-context.ts'
import { toFault } from './fault.ts'

/** An expression that is ready to be evaluated on events, any number of times and without memory of them. */
export class CompiledExpression {
  readonly source: string
  /** The event variables that the expression refers to. */
  readonly variables: ReadonlySet<EventVariable>
  readonly #expression: Expression

  constructor(source: string, variables: ReadonlySet<EventVariable>, expression: Expression) {
    this.source = source
    this.variables = variables
    this.#expression = expression
  }

  /**
   * The value of the expression for one event: what JSONata says, with undefined for *no value*, or an ExpressionFault. Never throws,
   * returns no promise and leaves the event as it is. An event that is an array stays one input.
   *
   * Arrays in a value are arrays like any others but for marks of JSONata that they may carry as further properties (`sequence`,
   * `keepSingleton`, `cons`), and objects have no prototype. Both may share parts with the event, and one part may stand in many places
   * of a value: measure before printing.
   */
  evaluate(input: unknown, context: EvaluationContext): unknown {
    try {
      const value = this.#expression.evaluate(input, this.#bindings(context), context.nowMs)
      return jsonata.isFunction(value) ? toFault({ code: 'EXPRESSION_YIELDS_FUNCTION' }, this.source) : value
    } catch (error) {
      return toFault(error, this.source)
    }
  }

  #bindings(context: EvaluationContext): Readonly<Record<string, unknown>> | undefined {
    if (this.variables.size === 0) return undefined
    const bindings: Partial<Record<EventVariable, unknown>> = {}
    for (const name of this.variables) bindings[name] = context.variable(name)
    return bindings
  }
}
