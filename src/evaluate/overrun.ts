import { ExpressionFault } from '../expression/index.ts'

/** Codes that say that an evaluation used more than it may: nesting, time, lists and texts (expression/budget.ts). */
const OVERRUN_CODES: ReadonlySet<string> = new Set([
  'D1011',
  'D1012',
  'D2014',
  'D2015',
  'EXPRESSION_STRING_TOO_LONG',
])

/** The code of an exceeded budget, or undefined for any other detail of an outcome. */
export function overrunCode(detail: unknown): string | undefined {
  return detail instanceof ExpressionFault && OVERRUN_CODES.has(detail.code) ? detail.code : undefined
}
