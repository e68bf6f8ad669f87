import { compileExpression, ExpressionSyntaxError } from '../expression/index.ts'

/** Words that JSONata takes for operators and values. */
const WORDS: ReadonlySet<string> = new Set(['and', 'or', 'in', 'true', 'false', 'null', 'function'])

/** A field's name as a step of a path. Undefined for a name with a backtick, which JSONata can't write. */
export function fieldName(name: string): string | undefined {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !WORDS.has(name)) return name
  return name.includes('`') || name === '' ? undefined : `\`${name}\``
}

/** A value as JSONata writes it. Undefined for what is no plain value. */
export function literal(value: unknown): string | undefined {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined
  return typeof value === 'string' ? JSON.stringify(value) : undefined
}

/** A list of plain values. */
export function literalList(values: readonly unknown[]): string | undefined {
  const texts = values.map(literal)
  return texts.includes(undefined) ? undefined : `[${texts.join(', ')}]`
}

/** A regular expression between slashes. */
export function regexLiteral(pattern: string): string {
  const escaped = pattern.replaceAll(/\\[^]|\//g, (found) => (found === '/' ? String.raw`\/` : found))
  return `/${escaped === '' ? '(?:)' : escaped}/`
}

/** Why an expression can't be a rule; undefined if it can. */
export function refusal(expression: string): string | undefined {
  try {
    compileExpression(expression)
    return undefined
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return error.message
    throw error
  }
}
