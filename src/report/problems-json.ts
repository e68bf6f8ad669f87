import type { Problem } from '../model/problem.ts'
import type { Report } from './exit-codes.ts'
import { exitCodeOf, sortProblems } from './problem-order.ts'

/** Problems for machines. The place is null for a mistake that stands in no file. */
export function reportProblemsAsJson(problems: readonly Problem[]): Report {
  return {
    output: `${JSON.stringify({ problems: problemEntries(problems) }, undefined, 2)}\n`,
    exitCode: exitCodeOf(problems),
  }
}

/** Problems in their order, each with its place as plain values. */
export function problemEntries(problems: readonly Problem[]): readonly object[] {
  return sortProblems(problems).map(({ at, code, severity, message, hint }) => ({
    file: at?.file ?? null,
    line: at?.line ?? null,
    column: at?.column ?? null,
    code,
    severity,
    message,
    hint,
  }))
}
