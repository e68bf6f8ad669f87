import type { Problem, ProblemSeverity } from '../model/problem.ts'

/** What was looked at, for the summary. */
export interface Checked {
  readonly files: number
  readonly rules: number
}

/** One line that sums up: what was looked at, or how much is wrong with it. */
export function summaryOf(problems: readonly Problem[], { files, rules }: Checked): string {
  if (problems.length === 0) return `${count(files, 'file')}, ${count(rules, 'rule')}: no problems`
  const kinds = [
    kind(problems, 'error', 'error'),
    kind(problems, 'warning', 'warning'),
    kind(problems, 'info', 'note'),
  ]
  const faulty = new Set(problems.flatMap(({ at }) => at?.file ?? [])).size
  const place = faulty > 0 ? ` in ${faulty} of ${count(files, 'file')}` : ''
  return `${count(problems.length, 'problem')} (${kinds.filter((text) => text !== '').join(', ')})${place}`
}

function kind(problems: readonly Problem[], severity: ProblemSeverity, noun: string): string {
  const number = problems.filter((problem) => problem.severity === severity).length
  return number === 0 ? '' : count(number, noun)
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
