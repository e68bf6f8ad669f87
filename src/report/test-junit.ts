import type { Problem } from '../model/problem.ts'
import type { CaseResult, Mismatch, RuleCoverage, TestFileResult, TestResult } from '../model/test-result.ts'
import type { Report } from './exit-codes.ts'
import { type JUnitCase, junitXml } from './junit.ts'
import { isCovered, isCoverageTooLow, missingText, testExitCode } from './test-summary.ts'
import { mismatchText } from './test-text.ts'

/**
 * What the tests of rules came to as a JUnit report: a suite for each file, one for the coverage if a minimum is demanded, and one for
 * verdicts that depend on a count. Failures are what made the run fail, so that the report and the exit code agree.
 */
export function reportTestAsJUnit(result: TestResult): Report {
  const suites = [
    ...result.files.map(fileSuite),
    ...(result.minCoverage === undefined ? [] : [coverageSuite(result)]),
    ...(result.probes.length === 0 ? [] : [probeSuite(result)]),
  ]
  return { output: junitXml('assay test', suites), exitCode: testExitCode(result) }
}

function fileSuite({ file, contract, cases }: TestFileResult) {
  return { name: file, cases: cases.map((testCase) => caseOf(contract, testCase)) }
}

function caseOf(contract: string, testCase: CaseResult): JUnitCase {
  const { name, at, mismatches } = testCase
  const [first] = mismatches
  const failure = first && {
    message: mismatchText(testCase, first),
    type: first.rule ?? first.about,
    text: mismatches.map((mismatch) => detailOf(testCase, mismatch)).join('\n\n'),
  }
  return { name, classname: contract, file: at.file, line: at.line, failure }
}

function detailOf(testCase: CaseResult, mismatch: Mismatch): string {
  const { at, why } = mismatch
  return [`${at.file}:${at.line}:${at.column}: ${mismatchText(testCase, mismatch)}`, ...why].join('\n')
}

function coverageSuite(result: TestResult) {
  const isTooLow = isCoverageTooLow(result)
  return { name: 'coverage', cases: result.coverage.map((rule) => coverageCase(rule, isTooLow)) }
}

function coverageCase(rule: RuleCoverage, isTooLow: boolean): JUnitCase {
  const { contract, rule: name, at } = rule
  const message = missingText(rule)
  const failure = isTooLow && !isCovered(rule) ? { message, type: 'coverage', text: message } : undefined
  return { name, classname: contract, file: at.file, line: at.line, failure }
}

function probeSuite({ probes, isStrict }: TestResult) {
  return { name: 'numbers of items', cases: probes.map((probe) => probeCase(probe, isStrict)) }
}

function probeCase({ message, hint, code, at }: Problem, isStrict: boolean): JUnitCase {
  const failure = isStrict ? { message, type: code, text: `${message}\nhint: ${hint}` } : undefined
  return { name: message, classname: code, file: at?.file, line: at?.line, failure }
}
