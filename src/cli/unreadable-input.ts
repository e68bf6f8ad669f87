import { Fault } from '../errors/fault.ts'
import type { Problem } from '../model/problem.ts'

/** What the user gave as events, and why it can’t be read: the system refuses, or a line is no record. */
export function unreadableInput(file: string, error: unknown): Problem {
  if (error instanceof Fault) {
    return { code: error.code, severity: 'error', message: `${file}: ${error.message}`, hint: error.hint }
  }
  return {
    code: 'INPUT_UNREADABLE',
    severity: 'error',
    message: `${file}: the events can’t be read: ${error instanceof Error ? error.message : String(error)}`,
    hint: 'Give the path of a file with one JSON event a line, or - for standard input.',
  }
}
