import jsonata, { type Expression, type Options, type SyntaxNode } from '#jsonata-sync'
import { DEFAULT_BUDGET, type ExpressionBudget } from './budget.ts'
import { checkNames } from './check-names.ts'
import { checkRegexes, compileRegexes } from './compile-regexes.ts'
import { CompiledExpression } from './compiled-expression.ts'
import { type EngineChoice, chooseEngine } from './engine.ts'
import { ExpressionSyntaxError } from './expression-syntax-error.ts'
import { RegexEngine } from './regex/regex-engine.ts'
import { placeOf } from './place.ts'
import { explainSyntax } from './syntax-message.ts'
import { toThrown } from './thrown.ts'

/** How an expression is to be compiled: limits of its evaluations, and the engine. */
export interface CompileOptions extends Partial<ExpressionBudget> {
  /** `interpreter` leaves it to the synchronous interpreter, for comparison or in need. Default: `auto`. */
  readonly engine?: EngineChoice
}

/**
 * Reads an expression and checks all that can be known before an event comes: syntax, names, regular expressions. Throws
 * ExpressionSyntaxError with the offending place.
 */
export function compileExpression(source: string, options: CompileOptions = {}): CompiledExpression {
  return withinStack(source, () => compile(source, options))
}

/**
 * Checks all that compileExpression checks, and makes nothing that could run.
 *
 * @returns the syntax tree, regular expressions and all as they were written. Throws ExpressionSyntaxError with the offending place.
 */
export function checkExpression(source: string): SyntaxNode {
  return withinStack(source, () => {
    const tree = parseExpression(source, {}).ast()
    checkNames(tree, source)
    checkRegexes(tree, source)
    return tree
  })
}

function compile(source: string, options: CompileOptions): CompiledExpression {
  const budget = { ...DEFAULT_BUDGET, ...options }
  const limits = { ...limitsOf(budget), RegexEngine }
  const expression = parseExpression(source, limits)
  const variables = checkNames(expression.ast(), source)
  compileRegexes(expression.ast(), source)
  const engine = chooseEngine(expression.ast(), variables, budget.stackDepth, options.engine ?? 'auto')
  return new CompiledExpression({ source, variables, expression, limits, engine })
}

/** What reads an expression follows its nesting. One that nests too deeply for that is refused like any other mistake. */
export function withinStack<T>(source: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const { message, hint } = explainSyntax({ code: 'D1011' })
    throw new ExpressionSyntaxError('D1011', message, placeOf(source, 0, undefined), hint)
  }
}

/** A budget in the interpreter's words. */
export function limitsOf(budget: ExpressionBudget): Options {
  return {
    timeout: budget.timeoutMs,
    stack: budget.stackDepth,
    sequence: budget.sequenceLength,
    string: budget.stringLength,
  }
}

/** Parses a source. Throws ExpressionSyntaxError. */
export function parseExpression(source: string, options: Options): Expression {
  try {
    return jsonata(source, options)
  } catch (error) {
    const thrown = toThrown(error)
    const { message, hint } = explainSyntax(thrown)
    throw new ExpressionSyntaxError(
      thrown.code,
      message,
      placeOf(source, thrown.position ?? 0, thrown.token ?? thrown['value']),
      hint,
      thrown,
    )
  }
}
