import type { Problem } from '../model/problem.ts'
import type { Report } from './exit-codes.ts'
import { printable } from './printable.ts'
import { exitCodeOf, sortProblems } from './problem-order.ts'
import { sourceExcerpt } from './source-excerpt.ts'

/** What was looked at, for the summary. */
export interface Checked {
  readonly files: number
  readonly rules: number
}

/** Problems for people: each with its place, its line of the source, and what to do; then a line that sums up. */
export function reportProblemsAsText(problems: readonly Problem[], checked: Checked): Report {
  const blocks = sortProblems(problems).map(problemBlock)
  return {
    output: `${[...blocks, summary(problems, checked)].join('\n\n')}\n`,
    exitCode: exitCodeOf(problems),
  }
}

function problemBlock({ at, code, severity, message, hint }: Problem): string {
  const place = at ? `${at.file}:${at.line}:${at.column}: ` : ''
  const warning = severity === 'warning' ? 'warning: ' : ''
  const excerpt = at ? sourceExcerpt(at).map((line) => `    ${line}`) : []
  return [printable(`${place}${warning}${message} [${code}]`), ...excerpt, printable(`  hint: ${hint}`)].join(
    '\n',
  )
}

function summary(problems: readonly Problem[], { files, rules }: Checked): string {
  if (problems.length === 0) return `${count(files, 'file')}, ${count(rules, 'rule')}: no problems`
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const warnings = problems.length - errors
  const kinds = [errors > 0 && count(errors, 'error'), warnings > 0 && count(warnings, 'warning')].filter(
    Boolean,
  )
  const faulty = new Set(problems.flatMap(({ at }) => at?.file ?? [])).size
  const place = faulty > 0 ? ` in ${faulty} of ${count(files, 'file')}` : ''
  return `${count(problems.length, 'problem')} (${kinds.join(', ')})${place}`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
