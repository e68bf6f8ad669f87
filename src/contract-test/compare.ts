import type { Expectation, ExpectedResult } from '../model/contract-test.ts'
import type { Judgement, RuleVerdict } from '../model/test-result.ts'

/** Whether a verdict is the expected one. A rule that is not named must pass or skip. */
export function isExpected(expected: Expectation | undefined, actual: RuleVerdict): boolean {
  if (!expected) return actual.verdict === 'pass' || actual.verdict === 'skip'
  const { verdict, reason, code, path, message } = expected
  return (
    verdict === actual.verdict &&
    (reason === undefined || reason === actual.reason) &&
    (code === undefined || code === actual.code) &&
    (path === undefined || path === actual.path) &&
    (message === undefined || (actual.message ?? '').includes(message))
  )
}

/** Whether the record as a whole became what was expected. Without an expectation, rules must have seen it, or it must be ignored. */
export function isExpectedResult(expected: ExpectedResult | undefined, actual: Judgement): boolean {
  if (!expected) return actual.verdicts !== undefined || actual.result === 'tombstone'
  const isReason = expected.reason === undefined || expected.reason === actual.rejected?.reason
  return expected.result === actual.result && isReason
}

/** An expected verdict in words. */
export function expectationText(expected: Expectation | undefined): string {
  if (!expected) return 'pass or skip (the case doesn’t name it)'
  const { verdict, reason, code, path, message } = expected
  const said = message === undefined ? '' : `, saying “${message}”`
  return `${verdict}${details(reason, code)}${placeText(path)}${said}`
}

/** A verdict in words, with what it says. */
export function verdictText({ verdict, reason, code, path, message }: RuleVerdict): string {
  return `${verdict}${details(reason, code)}${placeText(path)}${message === undefined ? '' : `: ${message}`}`
}

/** An expected result in words. */
export function expectedResultText(expected: ExpectedResult | undefined): string {
  if (!expected) return 'a record that rules can judge'
  return `${expected.result}${details(expected.reason, undefined)}`
}

/** What became of a record, in words. */
export function resultText({ result, rejected, verdicts }: Judgement): string {
  if (rejected) return `${result}${details(rejected.reason, undefined)}: ${rejected.detail}`
  if (verdicts !== undefined) return result
  return result === 'fail' ? 'fail: a tombstone, and the contract allows none' : `a ${result}`
}

function details(reason: string | undefined, code: string | undefined): string {
  const words = [reason, code].filter((word) => word !== undefined)
  return words.length === 0 ? '' : ` (${words.join(', ')})`
}

function placeText(path: string | undefined): string {
  return path === undefined ? '' : ` at ${path}`
}
