import {
  type EvaluationContext,
  ExpressionFault,
  ExpressionSyntaxError,
  compileExpression,
} from '../../src/expression/index.ts'

export const CONTEXT: EvaluationContext = { nowMs: Date.UTC(2025, 5, 1, 12), variable: () => undefined }

/** What is asked here is what comes out, on however busy a machine: how long it may take is asked of budgets. */
const UNHURRIED = { timeoutMs: 60_000 }

/** The value of an expression for an event, with JSONata's marks on arrays and prototypes left out. */
export function valueOf(source: string, event: unknown, context = CONTEXT): unknown {
  const value = compileExpression(source, UNHURRIED).evaluate(event, context)
  return value === undefined || value instanceof ExpressionFault ? value : structuredCloneOfJson(value)
}

function structuredCloneOfJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

/** The fault of an expression for an event; throws if it has a value. */
export function faultOf(source: string, event: unknown): ExpressionFault {
  const value = compileExpression(source, UNHURRIED).evaluate(event, CONTEXT)
  if (value instanceof ExpressionFault) return value
  throw new Error(`${source} has the value ${JSON.stringify(value)}`)
}

/** Why an expression is refused; throws if it is not. */
export function refusalOf(source: string): ExpressionSyntaxError {
  try {
    compileExpression(source)
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return error
    throw error
  }
  throw new Error(`${source} is not refused`)
}

export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze)
    Object.freeze(value)
  }
  return value
}
