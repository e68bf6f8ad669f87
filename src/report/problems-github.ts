import type { Problem } from '../model/problem.ts'
import type { Report } from './exit-codes.ts'
import { annotationLine } from './github-annotation.ts'
import { printable } from './printable.ts'
import { exitCodeOf, sortProblems } from './problem-order.ts'
import { type Checked, summaryOf } from './problems-summary.ts'

/** Problems as annotations of a pull request on GitHub, and a last line that sums up. */
export function reportProblemsForGitHub(problems: readonly Problem[], checked: Checked): Report {
  const lines = [...sortProblems(problems).map(problemAnnotation), summaryOf(problems, checked)]
  return { output: `${lines.join('\n')}\n`, exitCode: exitCodeOf(problems) }
}

/** A problem as an annotation: one line. */
export function problemAnnotation({ at, code, severity, message, hint }: Problem): string {
  return annotationLine({
    level: severity === 'info' ? 'notice' : severity,
    title: code,
    message: `${printable(message)}\nhint: ${printable(hint)}`,
    file: at?.file,
    line: at?.line,
    column: at?.column,
    endColumn: at && at.column + at.length,
  })
}
