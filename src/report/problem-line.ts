import type { Problem } from '../model/problem.ts'
import { printable } from './printable.ts'

/** A problem in one line, for logs. */
export function problemLine({ at, message, code }: Problem): string {
  const place = at ? `${at.file}:${at.line}:${at.column}: ` : ''
  return printable(`${place}${message} [${code}]`)
}
