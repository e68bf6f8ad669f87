import type { CheckResult } from '../model/check-result.ts'
import { checkExitCode } from './check-exit-code.ts'
import type { Report } from './exit-codes.ts'

/** What a sample of events came to, for machines. */
export function reportCheckAsJson(result: CheckResult): Report {
  return { output: `${JSON.stringify(result, undefined, 2)}\n`, exitCode: checkExitCode(result) }
}
