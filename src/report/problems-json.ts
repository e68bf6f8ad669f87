import type { Problem } from '../model/problem.ts'
import type { Report } from './exit-codes.ts'
import { exitCodeOf, sortProblems } from './problem-order.ts'

/** Problems for machines. The place is null for a mistake that stands in no file. */
export function reportProblemsAsJson(problems: readonly Problem[]): Report {
  const entries = sortProblems(problems).map(({ at, code, severity, message, hint }) => ({
    file: at?.file ?? null,
    line: at?.line ?? null,
    column: at?.column ?? null,
    code,
    severity,
    message,
    hint,
  }))
  return {
    output: `${JSON.stringify({ problems: entries }, undefined, 2)}\n`,
    exitCode: exitCodeOf(problems),
  }
}
