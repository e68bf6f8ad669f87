import jsonata, { type Expression, type Options, type RootFrame } from '#jsonata-sync'
import type { Node } from './analyse/node.ts'
import { tryInstantiate } from './emit/unit.ts'
import type { ChosenEngine, Engine } from './engine.ts'
import type { EvaluationContext, EventVariable } from './evaluation-context.ts'
import { toFault } from './fault.ts'

/** The main function of a generated source. */
type Evaluate = (input: unknown, context: EvaluationContext, frame: RootFrame) => unknown

interface Parts {
  readonly source: string
  readonly variables: ReadonlySet<EventVariable>
  readonly expression: Expression
  readonly limits: Options
  readonly engine: ChosenEngine
}

/** An expression that is ready to be evaluated on events, any number of times and without memory of them. */
export class CompiledExpression {
  readonly source: string
  /** The event variables that the expression refers to. */
  readonly variables: ReadonlySet<EventVariable>
  readonly #expression: Expression
  readonly #limits: Options
  #chosen: ChosenEngine
  #evaluate: Evaluate | undefined
  #frame: RootFrame | undefined

  constructor({ source, variables, expression, limits, engine }: Parts) {
    this.source = source
    this.variables = variables
    this.#expression = expression
    this.#limits = limits
    this.#chosen = engine
  }

  /** How the expression runs. */
  get engine(): Engine {
    return this.#chosen.name
  }

  /** Why it does not run wholly as generated code; undefined if it does. */
  get engineReason(): string | undefined {
    return this.#chosen.reason
  }

  /** The syntax tree, for those who compile several expressions as one. */
  get tree(): Node {
    return this.#expression.ast() as Node
  }

  /** Limits of an evaluation. */
  get limits(): Options {
    return this.#limits
  }

  /**
   * The value of the expression for one event: what JSONata says, with undefined for *no value*, or an ExpressionFault. Never throws,
   * returns no promise and leaves the event as it is. An event that is an array stays one input. Events are plain data, as JSON.parse
   * makes them: compiled code reads their properties as they are, without asking whether they are inherited.
   *
   * Arrays in a value are arrays like any others but for marks of JSONata that they may carry as further properties (`sequence`,
   * `keepSingleton`, `cons`), and objects have no prototype. Both may share parts with the event, and one part may stand in many places
   * of a value: measure before printing.
   */
  evaluate(input: unknown, context: EvaluationContext): unknown {
    const evaluate = this.#evaluate ?? this.#instantiate()
    if (evaluate === undefined) return this.interpret(input, context)
    try {
      const frame = (this.#frame ??= this.#expression.createRoot())
      frame.nowMs = context.nowMs
      jsonata.internals.beginBudget(this.#limits)
      return this.#checked(evaluate(input, context, frame))
    } catch (error) {
      return toFault(error, this.source)
    }
  }

  /** The same by the synchronous interpreter, for comparison. */
  interpret(input: unknown, context: EvaluationContext): unknown {
    try {
      return this.#checked(this.#expression.evaluate(input, this.#bindings(context), context.nowMs))
    } catch (error) {
      return toFault(error, this.source)
    }
  }

  /** Makes the function when it is first needed: members of a set may never need one of their own. */
  #instantiate(): Evaluate | undefined {
    const { emission } = this.#chosen
    if (emission === undefined) return undefined
    this.#evaluate = tryInstantiate<Evaluate>(emission)
    if (this.#evaluate === undefined)
      this.#chosen = { name: 'sync', reason: 'it nests too deeply to be compiled', emission: undefined }
    return this.#evaluate
  }

  #checked(value: unknown): unknown {
    return jsonata.isFunction(value) ? toFault({ code: 'EXPRESSION_YIELDS_FUNCTION' }, this.source) : value
  }

  #bindings(context: EvaluationContext): Readonly<Record<string, unknown>> | undefined {
    if (this.variables.size === 0) return undefined
    const bindings: Partial<Record<EventVariable, unknown>> = {}
    for (const name of this.variables) bindings[name] = context.variable(name)
    return bindings
  }
}
