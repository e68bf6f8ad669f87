import jsonata, { type Expression } from '#jsonata-sync'
import { DEFAULT_BUDGET, type ExpressionBudget } from './budget.ts'
import { checkNames } from './check-names.ts'
import { compileRegexes } from './compile-regexes.ts'
import { CompiledExpression } from './compiled-expression.ts'
import { ExpressionSyntaxError } from './expression-syntax-error.ts'
import { RegexEngine } from './regex/regex-engine.ts'
import { placeOf } from './place.ts'
import { explainSyntax } from './syntax-message.ts'
import { toThrown } from './thrown.ts'

/**
 * Reads an expression and checks all that can be known before an event comes: syntax, names, regular expressions. Throws
 * ExpressionSyntaxError with the offending place.
 */
export function compileExpression(
  source: string,
  budget: Partial<ExpressionBudget> = {},
): CompiledExpression {
  const expression = parse(source, { ...DEFAULT_BUDGET, ...budget })
  const variables = checkNames(expression.ast(), source)
  compileRegexes(expression.ast(), source)
  return new CompiledExpression(source, variables, expression)
}

function parse(source: string, budget: ExpressionBudget): Expression {
  try {
    return jsonata(source, {
      timeout: budget.timeoutMs,
      stack: budget.stackDepth,
      sequence: budget.sequenceLength,
      string: budget.stringLength,
      RegexEngine,
    })
  } catch (error) {
    const thrown = toThrown(error)
    const { message, hint } = explainSyntax(thrown)
    throw new ExpressionSyntaxError(
      thrown.code,
      message,
      placeOf(source, thrown.position ?? 0, thrown.token ?? thrown['value']),
      hint,
    )
  }
}
