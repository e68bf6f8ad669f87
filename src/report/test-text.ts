import type { CaseResult, Mismatch, RuleCoverage, TestFileResult, TestResult } from '../model/test-result.ts'
import type { Report } from './exit-codes.ts'
import { printable } from './printable.ts'
import { problemBlock } from './problems-text.ts'
import { sourceExcerpt } from './source-excerpt.ts'
import { table } from './table.ts'
import { failedCases, isCovered, missingCases, plural, testExitCode, testSummary } from './test-summary.ts'

/** More would scroll the first away, which mostly explain the others. */
const MAX_SHOWN = 100

/** What the tests of rules came to, for people: a line a file, what failed, what is not covered, and a line that sums up. */
export function reportTestAsText(result: TestResult, showsCoverage: boolean): Report {
  const blocks = [
    result.files.map(fileLine).join('\n'),
    ...failureBlocks(result),
    ...result.probes.map(problemBlock),
    coverageBlock(result, showsCoverage),
    testSummary(result),
  ]
  return {
    output: `${blocks.filter((block) => block !== '').join('\n\n')}\n`,
    exitCode: testExitCode(result),
  }
}

function fileLine({ file, cases }: TestFileResult): string {
  const failed = cases.filter(({ mismatches }) => mismatches.length > 0).length
  const outcome =
    failed === 0
      ? `${plural(cases.length, 'case')} passed`
      : `${failed} of ${plural(cases.length, 'case')} failed`
  return printable(`${file}: ${outcome}`)
}

function failureBlocks(result: TestResult): string[] {
  const blocks = failedCases(result).flatMap((testCase) =>
    testCase.mismatches.map((mismatch) => mismatchBlock(testCase, mismatch)),
  )
  const more = blocks.length - MAX_SHOWN
  return more > 0 ? [...blocks.slice(0, MAX_SHOWN), `… and ${more} more`] : blocks
}

function mismatchBlock(testCase: CaseResult, mismatch: Mismatch): string {
  const { at, why } = mismatch
  return [
    printable(`${at.file}:${at.line}:${at.column}: ${mismatchText(testCase, mismatch)}`),
    ...sourceExcerpt(at).map((line) => `    ${line}`),
    ...(why.length === 0 ? [] : ['  why:', ...why.map((line) => printable(`    ${line}`))]),
  ].join('\n')
}

/** A mismatch in a sentence. */
export function mismatchText(
  { name }: Pick<CaseResult, 'name'>,
  { step, record, about, rule, expected, actual }: Mismatch,
): string {
  const which = record === undefined ? '' : `, record ${record}`
  const where = `${step === undefined ? '' : `, step ${step}`}${which}`
  const what = rule === undefined ? about : `${about === 'status' ? 'status of' : 'rule'} "${rule}"`
  return `case "${name}"${where}: ${what}: expected ${expected}, but it is ${actual}`
}

function coverageBlock({ coverage }: TestResult, showsAll: boolean): string {
  const shown = showsAll ? coverage : coverage.filter((rule) => !isCovered(rule))
  if (shown.length === 0) return ''
  const hasStatuses = shown.some(({ statuses }) => statuses)
  const head = [
    'contract',
    'rule',
    'pass',
    'fail',
    'error',
    'skip',
    ...(hasStatuses ? STATUSES : []),
    'missing',
  ]
  const title = showsAll ? 'Verdicts seen of each rule:' : 'Not covered:'
  const numbers = new Set(head.map((_, column) => column).slice(2, -1))
  return [title, ...table([head, ...shown.map((rule) => coverageRow(rule, hasStatuses))], numbers)].join('\n')
}

/** Those that count for coverage. */
const STATUSES = ['ok', 'breached'] as const

function coverageRow(rule: RuleCoverage, hasStatuses: boolean): string[] {
  const { pass, fail, error, skip } = rule.seen
  const verdicts = [pass, fail, error, skip].map((count) => (rule.hasVerdicts ? String(count) : '-'))
  const statuses = hasStatuses ? STATUSES.map((status) => String(rule.statuses?.[status] ?? '-')) : []
  const missing = missingCases(rule).map((kind) => `${kind.startsWith('“ok') ? 'an' : 'a'} ${kind} case`)
  return [rule.contract, rule.rule, ...verdicts, ...statuses, joined(missing)]
}

function joined(words: readonly string[]): string {
  return words.length < 3 ? words.join(' and ') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
