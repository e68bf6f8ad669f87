import type { Location } from '../model/problem.ts'
import type { TestResult } from '../model/test-result.ts'
import type { Report } from './exit-codes.ts'
import { coveragePercent, isCovered, testExitCode } from './test-summary.ts'

/** What the tests of rules came to, for machines. */
export function reportTestAsJson(result: TestResult): Report {
  const { files, coverage, minCoverage, probes } = result
  const report = {
    files: files.map(({ file, contract, cases }) => ({
      file,
      contract,
      cases: cases.map(({ name, at, mismatches }) => ({
        name,
        ...placeOf(at),
        passed: mismatches.length === 0,
        mismatches: mismatches.map(({ at: place, ...mismatch }) => ({ ...mismatch, ...placeOf(place) })),
      })),
    })),
    coverage: {
      percent: coveragePercent(coverage),
      minimum: minCoverage ?? null,
      rules: coverage.map(({ at, ...rule }) => ({
        ...rule,
        statuses: rule.statuses ?? null,
        covered: isCovered({ at, ...rule }),
        ...placeOf(at),
      })),
    },
    warnings: probes.map(({ at, ...warning }) => ({ ...warning, ...(at && placeOf(at)) })),
  }
  return { output: `${JSON.stringify(report, undefined, 2)}\n`, exitCode: testExitCode(result) }
}

function placeOf({ file, line, column }: Location): Pick<Location, 'file' | 'line' | 'column'> {
  return { file, line, column }
}
