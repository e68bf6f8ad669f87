import type { TestResult } from '../model/test-result.ts'
import type { Report } from './exit-codes.ts'
import type { ProblemFormat } from './problems.ts'
import { reportTestForGitHub } from './test-github.ts'
import { reportTestAsJson } from './test-json.ts'
import { reportTestAsJUnit } from './test-junit.ts'
import { reportTestAsText } from './test-text.ts'

/** What the tests of rules came to, in the format that was asked for. */
export function reportTest(format: ProblemFormat, result: TestResult, showsCoverage: boolean): Report {
  switch (format) {
    case 'text':
      return reportTestAsText(result, showsCoverage)
    case 'json':
      return reportTestAsJson(result)
    case 'junit':
      return reportTestAsJUnit(result)
    case 'github':
      return reportTestForGitHub(result)
  }
}
