import { quote } from '../contract/describe-node.ts'
import type { TestCase } from '../model/contract-test.ts'
import type { Problem } from '../model/problem.ts'

/** Cases with the name of an earlier one: messages, reports and `--case` know a case by its name. */
export function duplicateCases(cases: readonly TestCase[]): Problem[] {
  const first = new Map<string, TestCase>()
  return cases.flatMap((later) => {
    const earlier = first.get(later.name)
    if (earlier) return duplicate(earlier, later)
    first.set(later.name, later)
    return []
  })
}

function duplicate(earlier: TestCase, later: TestCase): Problem {
  return {
    code: 'TEST_DUPLICATE_CASE',
    severity: 'error',
    message: `case ${quote(later.name)}: another case at ${earlier.at.line}:${earlier.at.column} has the same name`,
    hint: 'Give each case a name of its own that says what it shows.',
    at: later.at,
  }
}
