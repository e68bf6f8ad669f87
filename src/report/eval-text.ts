import { printable } from './printable.ts'
import { sourceExcerpt } from './source-excerpt.ts'

/** What went wrong with an expression that was tried out, and where in it if that is known. Offsets count from 0. */
export interface EvalFailure {
  readonly code: string
  readonly message: string
  readonly hint?: string
  readonly offset?: number
  readonly length?: number
}

/** A failure for people: its place in the expression with carets under it. `where` names the value that it was tried on, if any. */
export function reportEvalFailure(expression: string, failure: EvalFailure, where: string): string {
  const { code, message, hint, offset } = failure
  const lines = [printable(`${where}${placeText(expression, offset)}${message} [${code}]`)]
  if (offset !== undefined) lines.push(...excerpt(expression, offset, failure.length ?? 1))
  if (hint !== undefined && hint !== '') lines.push(printable(`  hint: ${hint}`))
  return `${lines.join('\n')}\n`
}

function placeText(expression: string, offset: number | undefined): string {
  if (offset === undefined) return 'expression: '
  const { line, column } = placeOf(expression, offset)
  return `expression:${line}:${column}: `
}

function excerpt(expression: string, offset: number, length: number): string[] {
  const place = placeOf(expression, offset)
  const sourceLine = expression.split('\n')[place.line - 1] ?? ''
  return sourceExcerpt({ file: '', ...place, length, sourceLine }).map((line) => `    ${line}`)
}

function placeOf(expression: string, offset: number): { line: number; column: number } {
  const before = expression.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

/** Says how an expression ran, and why not wholly as generated code. */
export function reportEngine(engine: string, reason: string | undefined): string {
  return `${printable(`engine: ${engine}${reason === undefined ? '' : ` (${reason})`}`)}\n`
}
