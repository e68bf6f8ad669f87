import type { RuleCoverage, TestResult } from '../model/test-result.ts'
import type { Report } from './exit-codes.ts'
import { annotationLine } from './github-annotation.ts'
import { printable } from './printable.ts'
import { problemAnnotation } from './problems-github.ts'
import { isCovered, isCoverageTooLow, missingText, testExitCode, testSummary } from './test-summary.ts'
import { mismatchText } from './test-text.ts'

/** What the tests of rules came to as annotations of a pull request on GitHub, and a last line that sums up. */
export function reportTestForGitHub(result: TestResult): Report {
  const isTooLow = isCoverageTooLow(result)
  const lines = [
    ...failureLines(result),
    ...result.coverage.filter((rule) => isTooLow && !isCovered(rule)).map(coverageLine),
    ...result.probes.map((probe) =>
      problemAnnotation(result.isStrict ? { ...probe, severity: 'error' } : probe),
    ),
    testSummary(result),
  ]
  return { output: `${lines.join('\n')}\n`, exitCode: testExitCode(result) }
}

function failureLines({ files }: TestResult): string[] {
  return files.flatMap(({ cases }) =>
    cases.flatMap((testCase) =>
      testCase.mismatches.map((mismatch) => {
        const { file, line, column, length } = mismatch.at
        const message = [mismatchText(testCase, mismatch), ...mismatch.why].map(printable).join('\n')
        const title = printable(`case ${testCase.name}`)
        return annotationLine({
          level: 'error',
          title,
          message,
          file,
          line,
          column,
          endColumn: column + length,
        })
      }),
    ),
  )
}

function coverageLine(rule: RuleCoverage): string {
  const { file, line, column, length } = rule.at
  return annotationLine({
    level: 'error',
    title: 'coverage',
    message: missingText(rule),
    file,
    line,
    column,
    endColumn: column + length,
  })
}
