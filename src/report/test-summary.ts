import type { CaseResult, RuleCoverage, TestResult } from '../model/test-result.ts'
import { EXIT_CODES, type ExitCode } from './exit-codes.ts'

/** A rule is covered by a case that it passes and one that it fails; one with a tolerance, or over the stream, by both statuses. */
export function isCovered(rule: RuleCoverage): boolean {
  return missingCases(rule).length === 0
}

/** The kinds of cases in which a rule was never seen, though it must be for its coverage: to come between "no" and "case". */
export function missingCases({ seen, hasVerdicts, statuses }: RuleCoverage): string[] {
  const verdicts = hasVerdicts
    ? (['pass', 'fail'] as const).flatMap((verdict) => (seen[verdict] === 0 ? `${verdict}ing` : []))
    : []
  const levels = (['ok', 'breached'] as const).flatMap((status) =>
    statuses?.[status] === 0 ? `“${status}”` : [],
  )
  return [...verdicts, ...levels]
}

/** What a rule lacks, as a sentence. */
export function missingText(rule: RuleCoverage): string {
  return `rule "${rule.rule}" has no ${missingCases(rule).join(' and no ')} case`
}

/** Covered rules of all rules, in per cent. */
export function coveragePercent(coverage: readonly RuleCoverage[]): number {
  return coverage.length === 0 ? 100 : (100 * coverage.filter(isCovered).length) / coverage.length
}

/** The share in words, rounded down: 100 % means all. */
export function coverageText(coverage: readonly RuleCoverage[]): string {
  const percent = Math.floor(coveragePercent(coverage) * 10) / 10
  const kinds = coverage.some(({ statuses }) => statuses) ? 'a good and a bad' : 'a passing and a failing'
  return `${percent} % (${coverage.filter(isCovered).length} of ${plural(coverage.length, 'rule')} with ${kinds} case)`
}

/** Whether fewer rules are covered than the run demands. */
export function isCoverageTooLow({ coverage, minCoverage }: TestResult): boolean {
  return minCoverage !== undefined && coveragePercent(coverage) < minCoverage
}

/** All cases that did not go as expected. */
export function failedCases({ files }: TestResult): CaseResult[] {
  return files.flatMap(({ cases }) => cases.filter(({ mismatches }) => mismatches.length > 0))
}

/** 1 if a case failed, too few rules are covered, or a verdict depends on a count and the run is strict. */
export function testExitCode(result: TestResult): ExitCode {
  const hasFailed =
    failedCases(result).length > 0 ||
    isCoverageTooLow(result) ||
    (result.isStrict && result.probes.length > 0)
  return hasFailed ? EXIT_CODES.failed : EXIT_CODES.fine
}

/** One line that sums up. */
export function testSummary(result: TestResult): string {
  const total = result.files.reduce((sum, { cases }) => sum + cases.length, 0)
  const failed = failedCases(result).length
  const cases =
    failed === 0 ? `${plural(total, 'case')} passed` : `${failed} of ${plural(total, 'case')} failed`
  const warnings = result.probes.length === 0 ? '' : `, ${plural(result.probes.length, 'warning')}`
  const least = isCoverageTooLow(result) ? `, below the ${result.minCoverage} % that are demanded` : ''
  return `${cases}${warnings}; coverage ${coverageText(result.coverage)}${least}`
}

export function plural(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
