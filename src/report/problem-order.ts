import type { Problem } from '../model/problem.ts'
import { EXIT_CODES, type ExitCode } from './exit-codes.ts'

/** Problems by file, line and column; those that stand in no file come first. */
export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted(byPlace)
}

function byPlace({ at: a }: Problem, { at: b }: Problem): number {
  if (!a || !b) return Number(a !== undefined) - Number(b !== undefined)
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return a.line - b.line || a.column - b.column
}

/** Warnings alone do not fail a command. */
export function exitCodeOf(problems: readonly Problem[]): ExitCode {
  return problems.some(({ severity }) => severity === 'error') ? EXIT_CODES.invalid : EXIT_CODES.fine
}
