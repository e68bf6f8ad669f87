import type { RulesDifference } from '../model/difference.ts'
import { differenceExitCode, type Refusable } from './difference-summary.ts'
import type { Report } from './exit-codes.ts'
import { problemEntries } from './problems-json.ts'

/** What differs between two versions of the rules, for machines. */
export function reportDifferenceAsJson(difference: RulesDifference, refused: readonly Refusable[]): Report {
  const { problems, verdicts, ...rest } = difference
  const value = { ...rest, verdicts: verdicts ?? null, problems: problemEntries(problems) }
  return {
    output: `${JSON.stringify(value, undefined, 2)}\n`,
    exitCode: differenceExitCode(difference, refused),
  }
}
