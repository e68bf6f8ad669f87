import type { CheckResult } from '../model/check-result.ts'
import { EXIT_CODES } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'

/** A warning alone is no failure. */
export function checkExitCode({ events }: CheckResult): ExitCode {
  return events.fail + events.error + events.undecodable > 0 ? EXIT_CODES.failed : EXIT_CODES.fine
}
