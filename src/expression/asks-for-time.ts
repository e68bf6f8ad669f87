import { parseExpression } from './compile.ts'
import { nameUses } from './names.ts'

const TIMES: ReadonlySet<string> = new Set(['now', 'millis', 'timestamp'])

/** Whether the value of an expression may depend on when it is evaluated, or on when its record came. Throws ExpressionSyntaxError. */
export function asksForTime(source: string): boolean {
  const uses = nameUses(parseExpression(source, {}).ast())
  return uses.some(({ name, hasDollar, isBound }) => hasDollar && !isBound && TIMES.has(name))
}
