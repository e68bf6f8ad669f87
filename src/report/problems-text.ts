import type { Problem } from '../model/problem.ts'
import type { Report } from './exit-codes.ts'
import { printable } from './printable.ts'
import { exitCodeOf, sortProblems } from './problem-order.ts'
import { type Checked, summaryOf } from './problems-summary.ts'
import { sourceExcerpt } from './source-excerpt.ts'

/** Problems for people: each with its place, its line of the source, and what to do; then a line that sums up. */
export function reportProblemsAsText(problems: readonly Problem[], checked: Checked): Report {
  const blocks = sortProblems(problems).map(problemBlock)
  return {
    output: `${[...blocks, summaryOf(problems, checked)].join('\n\n')}\n`,
    exitCode: exitCodeOf(problems),
  }
}

/** A problem with its place, its line of the source, and what to do. */
export function problemBlock({ at, code, severity, message, hint }: Problem): string {
  const place = at ? `${at.file}:${at.line}:${at.column}: ` : ''
  const kind = severity === 'error' ? '' : `${severity}: `
  const excerpt = at ? sourceExcerpt(at).map((line) => `    ${line}`) : []
  return [printable(`${place}${kind}${message} [${code}]`), ...excerpt, printable(`  hint: ${hint}`)].join(
    '\n',
  )
}
