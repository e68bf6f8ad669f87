import type { Problem } from '../model/problem.ts'
import type { Report } from './exit-codes.ts'
import { reportProblemsForGitHub } from './problems-github.ts'
import { reportProblemsAsJson } from './problems-json.ts'
import { reportProblemsAsJUnit } from './problems-junit.ts'
import type { Checked } from './problems-summary.ts'
import { reportProblemsAsText } from './problems-text.ts'

export const PROBLEM_FORMATS = ['text', 'json', 'junit', 'github'] as const
export type ProblemFormat = (typeof PROBLEM_FORMATS)[number]

/** Problems in the format that was asked for. `paths` are all files that were looked at, `command` who looked. */
export function reportProblems(
  format: ProblemFormat,
  problems: readonly Problem[],
  checked: Checked & { readonly paths: readonly string[]; readonly command?: string },
): Report {
  switch (format) {
    case 'text':
      return reportProblemsAsText(problems, checked)
    case 'json':
      return reportProblemsAsJson(problems)
    case 'junit':
      return reportProblemsAsJUnit(problems, checked.paths, checked.command)
    case 'github':
      return reportProblemsForGitHub(problems, checked)
  }
}
