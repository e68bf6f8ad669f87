import jsonata, { type Expression, type Options, type RootFrame } from '#jsonata-sync'
import type { ExpressionBudget } from './budget.ts'
import { limitsOf, parseExpression, withinStack } from './compile.ts'
import { allowAnyRegex } from './compile-regexes.ts'
import { tryInstantiate } from './emit/unit.ts'
import { type ChosenEngine, type Engine, type EngineChoice, chooseEngine } from './engine.ts'
import type { ExpressionFault } from './expression-fault.ts'
import { toFault } from './fault.ts'
import { AnyRegexEngine } from './regex/any-regex-engine.ts'
import { type Thrown, toThrown } from './thrown.ts'

/** Limits that no sensible expression reaches: for trying expressions out, where a wrong limit would be taken for a wrong answer. */
export const GENEROUS_BUDGET: ExpressionBudget = {
  timeoutMs: 60_000,
  stackDepth: 0,
  sequenceLength: 0,
  stringLength: 0,
}

export interface AnyOptions extends Partial<ExpressionBudget> {
  readonly engine?: EngineChoice
  /** Names of the variables that evaluations will give. */
  readonly bindings?: readonly string[]
}

type Bindings = Readonly<Record<string, unknown>>
type Evaluate = (input: unknown, context: { variable(name: string): unknown }, frame: RootFrame) => unknown

/**
 * An expression of the whole language, for trying out: with every function, any variables, and regular expressions of any kind. Rules are
 * compiled by compileExpression, which refuses what no rule may do.
 */
export class AnyExpression {
  readonly source: string
  readonly #expression: Expression
  readonly #limits: Options
  readonly #chosen: ChosenEngine
  readonly #evaluate: Evaluate | undefined

  constructor(source: string, expression: Expression, limits: Options, chosen: ChosenEngine) {
    this.source = source
    this.#expression = expression
    this.#limits = limits
    this.#evaluate = chosen.emission === undefined ? undefined : tryInstantiate<Evaluate>(chosen.emission)
    this.#chosen =
      chosen.emission !== undefined && this.#evaluate === undefined
        ? { name: 'sync', reason: 'it nests too deeply to be compiled', emission: undefined }
        : chosen
  }

  get engine(): Engine {
    return this.#chosen.name
  }

  /** Why it does not run wholly as generated code; undefined if it does. */
  get engineReason(): string | undefined {
    return this.#chosen.reason
  }

  /** The value, which may be a function, or an ExpressionFault. The input may be changed: JSONata's transforms can do that. */
  evaluate(input: unknown, bindings: Bindings, nowMs: number): unknown {
    if (this.#evaluate === undefined) return this.interpret(input, bindings, nowMs)
    try {
      const frame = this.#expression.createRoot()
      frame.nowMs = nowMs
      jsonata.internals.beginBudget(this.#limits)
      return this.#evaluate(input, { variable: (name) => bindings[name] }, frame)
    } catch (error) {
      return this.#fault(error)
    }
  }

  /** The same by the synchronous interpreter. */
  interpret(input: unknown, bindings: Bindings, nowMs: number): unknown {
    try {
      return this.#expression.evaluate(input, bindings, nowMs)
    } catch (error) {
      return this.#fault(error)
    }
  }

  #fault(error: unknown): ExpressionFault {
    return toFault(
      isPrintable(toThrown(error)) ? error : new TypeError('upstream can’t print a value'),
      this.source,
    )
  }
}

/** Reads an expression of the whole language. Throws ExpressionSyntaxError. */
export function compileAny(source: string, options: AnyOptions = {}): AnyExpression {
  const budget = { ...GENEROUS_BUDGET, ...options }
  const limits = { ...limitsOf(budget), RegexEngine: AnyRegexEngine, ownsInput: true }
  return withinStack(source, () => {
    const expression = parseExpression(source, limits)
    allowAnyRegex(expression.ast())
    const externals = new Set(options.bindings)
    const chosen = chooseEngine(expression.ast(), externals, budget.stackDepth, options.engine ?? 'auto')
    return new AnyExpression(source, expression, limits, chosen)
  })
}

/**
 * The value on data that upstream takes for functions: objects with `_jsonata_lambda` or `_jsonata_function`. Rules take them for data;
 * whoever compares with upstream wants its view. They are marked for the interpreter as functions are, for the time of the evaluation.
 */
export function evaluateWithLookalikes(
  expression: AnyExpression,
  input: unknown,
  bindings: Bindings,
  nowMs: number,
): unknown {
  const marked: object[] = []
  markLookalikes([input, bindings], marked)
  try {
    return expression.interpret(input, bindings, nowMs)
  } finally {
    for (const object of marked)
      for (const mark of Object.getOwnPropertySymbols(object)) Reflect.deleteProperty(object, mark)
  }
}

function markLookalikes(value: unknown, marked: object[]): void {
  if (typeof value !== 'object' || value === null) return
  const { LAMBDA, BUILT_IN } = jsonata.internals
  const marks = [
    ['_jsonata_lambda', LAMBDA],
    ['_jsonata_function', BUILT_IN],
  ] as const
  for (const [key, mark] of marks) {
    if (!Object.hasOwn(value, key) || Reflect.get(value, key) !== true) continue
    Object.defineProperty(value, mark, { value: true, configurable: true })
    marked.push(value)
  }
  for (const part of Object.values(value)) markLookalikes(part, marked)
}

/** Parts of a value after which it is taken to be printable. */
const MANY_PARTS = 100_000

/** Upstream prints values into its messages, and fails without a code where one can't be printed, such as a function. */
function isPrintable(thrown: Thrown): boolean {
  const template = jsonata.messages[thrown.code] ?? ''
  const fields = [...template.matchAll(/\{\{(\w+)\}\}/g)].map(([, field]) => String(field))
  let parts = 0
  try {
    for (const field of fields) {
      JSON.stringify(thrown[field], (_, part: unknown) => (++parts > MANY_PARTS ? undefined : part))
    }
    return true
  } catch {
    return false
  }
}

/** True for a value that is a function: it can't be printed. */
export function isFunctionValue(value: unknown): boolean {
  return jsonata.isFunction(value)
}
