import {
  type AnyExpression,
  ExpressionFault,
  ExpressionSyntaxError,
  type EngineChoice,
  compileAny,
  evaluateWithLookalikes,
  isFunctionValue,
} from '../expression/index.ts'
import { type EvalAnswer, answerLine, valueAsJson } from '../report/eval-json.ts'

/** A line of the input of `assay eval --ndjson`. */
interface EvalCase {
  readonly id?: unknown
  readonly expr: string
  readonly input?: unknown
  readonly bindings?: Readonly<Record<string, unknown>>
  readonly timeoutMs?: number
}

/** Expressions that are kept: cases often try one on many inputs. */
const MAX_KEPT = 200

/** Answers cases one by one. */
export class CaseRunner {
  readonly #engine: EngineChoice
  readonly #nowMs: () => number
  readonly #kept = new Map<string, AnyExpression>()

  constructor(engine: EngineChoice, nowMs: () => number) {
    this.#engine = engine
    this.#nowMs = nowMs
  }

  /** The answer to a line, as a line. A line that is no case is answered as well, with what is wrong with it. */
  answer(line: string, number: number): string {
    const read = readCase(line)
    if (typeof read === 'string') {
      return answerLine(null, undefined, { code: 'EVAL_CASE_INVALID', message: `line ${number}: ${read}` })
    }
    try {
      const expression = this.#compile(read)
      const hasLookalikes = LOOKALIKE.test(line)
      const evaluate = hasLookalikes ? evaluateWithLookalikes : evaluateCompiled
      const value = evaluate(expression, read.input, read.bindings ?? {}, this.#nowMs())
      const isEmitted = expression.engine === 'emitted' && !hasLookalikes
      return answerLine(read.id, isEmitted ? 'emitted' : 'sync', answerOf(value))
    } catch (error) {
      if (!(error instanceof ExpressionSyntaxError)) throw error
      const { code, jsonataPosition: position, jsonataToken: token } = error
      return answerLine(read.id, 'emitted', { code, position, token })
    }
  }

  #compile({ expr, bindings = {}, timeoutMs }: EvalCase): AnyExpression {
    const names = Object.keys(bindings)
    const key = JSON.stringify([expr, timeoutMs, names])
    const known = this.#kept.get(key)
    if (known !== undefined) return known
    const limit = timeoutMs === undefined ? {} : { timeoutMs }
    const expression = compileAny(expr, { engine: this.#engine, bindings: names, ...limit })
    if (this.#kept.size >= MAX_KEPT) this.#kept.clear()
    this.#kept.set(key, expression)
    return expression
  }
}

/** Objects that upstream takes for functions. */
const LOOKALIKE = /"_jsonata_(?:lambda|function)"\s*:\s*true/

function evaluateCompiled(
  expression: AnyExpression,
  input: unknown,
  bindings: Readonly<Record<string, unknown>>,
  nowMs: number,
): unknown {
  return expression.evaluate(input, bindings, nowMs)
}

function answerOf(value: unknown): EvalAnswer | string {
  if (value === undefined) return { undefined: true }
  if (!(value instanceof ExpressionFault)) return valueAsJson(value, isFunctionValue)
  const { code, message, jsonataPosition: position, jsonataToken: token } = value
  // JSONata has no code for errors of JavaScript.
  return code.startsWith('EXPRESSION_') ? { code: null, position, token, message } : { code, position, token }
}

/** The case in a line, or what is wrong with the line. */
function readCase(line: string): EvalCase | string {
  let read: unknown
  try {
    read = JSON.parse(line)
  } catch {
    return 'this is no JSON'
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) return 'a case is an object'
  const { expr, bindings, timeoutMs } = read as Record<string, unknown>
  if (typeof expr !== 'string') return 'a case needs the text of an expression in "expr"'
  const hasBindings = bindings !== undefined && bindings !== null
  if (hasBindings && (typeof bindings !== 'object' || Array.isArray(bindings)))
    return '"bindings" is no object'
  const hasTime = timeoutMs !== undefined && timeoutMs !== null
  if (hasTime && !(typeof timeoutMs === 'number' && timeoutMs > 0)) return '"timeoutMs" is no positive number'
  return {
    ...read,
    expr,
    bindings: hasBindings ? (bindings as Record<string, unknown>) : {},
    ...(hasTime && { timeoutMs: timeoutMs as number }),
  } as EvalCase
}
