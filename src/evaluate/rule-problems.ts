import { createTextFile } from '../contract/text-file.ts'
import type { ExpressionSyntaxError } from '../expression/index.ts'
import type { LocatedText, Rule } from '../model/contract.ts'
import type { Location, Problem } from '../model/problem.ts'
import type { SchemaCompileError, SchemaText } from './schema-fault.ts'

/** An expression that can't be used, at its place in the contract. */
export function expressionProblem(
  { id }: Pick<Rule, 'id'>,
  text: LocatedText,
  error: ExpressionSyntaxError,
): Problem {
  return {
    code: 'EXPRESSION_INVALID',
    severity: 'error',
    message: `rule "${id}": ${brief(error.message)} (JSONata ${error.code})`,
    hint: error.hint,
    at: { ...text.locate(error.offset), length: Math.max(1, error.length) },
  }
}

/** A name in it may be as long as the file. */
const MAX_MESSAGE_LENGTH = 300

function brief(message: string): string {
  return message.length > MAX_MESSAGE_LENGTH ? `${message.slice(0, MAX_MESSAGE_LENGTH)}…` : message
}

/** A schema that can't be used: in the schema file where its place is known, else where the contract names it. */
export function schemaProblem(subject: string, named: Location, error: SchemaCompileError): Problem {
  const { code, message, hint, place } = error
  const problem = { code, severity: 'error', hint } as const
  if (!place) return { ...problem, message: `${subject}: ${message}`, at: named }
  const at = createTextFile(place.path, place.text).place(place.start, place.end)
  const asked = `${subject} at ${named.file}:${named.line}:${named.column}`
  return { ...problem, message: `${asked}: ${withoutFile(message, place)}`, at }
}

/** The file stands at the beginning of the line already. */
function withoutFile(message: string, { path }: SchemaText): string {
  return message.startsWith(`${path}: `) ? message.slice(path.length + 2) : message
}
