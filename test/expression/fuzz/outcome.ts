import jsonata from 'jsonata'
import { compileAny, isFunctionValue } from '../../../src/expression/compile-any.ts'
import { ExpressionFault, ExpressionSyntaxError } from '../../../src/expression/index.ts'

/** One case: an expression and what it is evaluated on, as JSON, for evaluations may change their input. */
export interface FuzzCase {
  readonly source: string
  readonly input: string
  readonly bindings: string
}

/** What an engine made of a case, in forms that can be compared. */
export interface CaseOutcome {
  /** The value with JSONata's marks on lists; undefined if there is a code. */
  readonly marked: string | undefined
  /** The value as JSON. */
  readonly json: string | undefined
  readonly code: string | undefined
  readonly position: unknown
  readonly token: unknown
}

const NOW_MS = Date.UTC(2025, 5, 1, 12)
const LIMITS = { timeoutMs: 200, stackDepth: 400, sequenceLength: 50_000, stringLength: 50_000 }

/** Upstream is much slower, and slower still on a busy machine. */
const UPSTREAM_TIMEOUT_MS = 10_000

/** How the compiled engine and the synchronous interpreter judge a case; undefined if the source can't be parsed. */
export function runOurs(
  fuzzCase: FuzzCase,
): { engine: string; compiled: CaseOutcome; oracle: CaseOutcome } | undefined {
  try {
    const bindings = JSON.parse(fuzzCase.bindings)
    const expression = compileAny(fuzzCase.source, { ...LIMITS, bindings: Object.keys(bindings) })
    const compiled = toOutcome(expression.evaluate(parse(fuzzCase.input), bindings, NOW_MS))
    const oracle = toOutcome(expression.interpret(parse(fuzzCase.input), bindings, NOW_MS))
    return { engine: expression.engine, compiled, oracle }
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return undefined
    throw error
  }
}

/** How upstream's own interpreter judges it. */
export async function runUpstream({ source, input, bindings }: FuzzCase): Promise<CaseOutcome> {
  try {
    const expression = jsonata(source, { timeout: UPSTREAM_TIMEOUT_MS, stack: LIMITS.stackDepth } as never)
    return valueOutcome(await expression.evaluate(parse(input), JSON.parse(bindings)))
  } catch (error) {
    const { code, position, token } = Object(error) as Record<string, unknown>
    return { marked: undefined, json: undefined, code: codeOf(code), position, token }
  }
}

/** Native errors of either engine have no code of JSONata's. */
function codeOf(code: unknown): string {
  return typeof code === 'string' && !code.startsWith('EXPRESSION_') ? code : 'native'
}

function parse(json: string): unknown {
  return json === '' ? undefined : JSON.parse(json)
}

function toOutcome(value: unknown): CaseOutcome {
  if (!(value instanceof ExpressionFault)) return valueOutcome(value)
  const { code, jsonataPosition, jsonataToken } = value
  return {
    marked: undefined,
    json: undefined,
    code: codeOf(code),
    position: jsonataPosition,
    token: jsonataToken,
  }
}

function valueOutcome(value: unknown): CaseOutcome {
  const marked = markedText(value, 0)
  return { marked, json: jsonOf(value), code: undefined, position: undefined, token: undefined }
}

function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, (_, part: unknown) => (isFunction(part) ? 'function' : part))
  } catch {
    return 'circular'
  }
}

function isFunction(value: unknown): boolean {
  const marks = Object(value) as Record<string, unknown>
  return isFunctionValue(value) || marks['_jsonata_lambda'] === true || marks['_jsonata_function'] === true
}

/** Deeper parts are not compared: a transform can put a value into itself. */
const DEEPEST = 12

/** The value with JSONata's marks on its lists. */
export function markedText(value: unknown, depth = 0): string {
  if (isFunction(value)) return 'function'
  if (Object.is(value, -0)) return '-0'
  if (typeof value !== 'object' || value === null) return String(JSON.stringify(value))
  if (depth > DEEPEST) return '…'
  if (Array.isArray(value)) {
    const marks = ['sequence', 'keepSingleton', 'cons'].filter((mark) => Object(value)[mark] === true)
    return `${marks.join('+')}[${value.map((item) => markedText(item, depth + 1)).join()}]`
  }
  const entries = Object.entries(value).map(
    ([key, part]) => `${JSON.stringify(key)}:${markedText(part, depth + 1)}`,
  )
  return `{${entries.join()}}`
}
