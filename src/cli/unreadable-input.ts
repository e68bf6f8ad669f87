import type { Problem } from '../model/problem.ts'

/** What the user gave as events, and the system refuses to read. */
export function unreadableInput(file: string, error: unknown): Problem {
  return {
    code: 'INPUT_UNREADABLE',
    severity: 'error',
    message: `${file}: the events can’t be read: ${error instanceof Error ? error.message : String(error)}`,
    hint: 'Give the path of a file with one JSON event a line, or - for standard input.',
  }
}
