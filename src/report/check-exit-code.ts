import type { CheckResult } from '../model/check-result.ts'
import { EXIT_CODES } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'

/** A warning alone is no failure. */
export function checkExitCode({ events, timeline }: CheckResult): ExitCode {
  const isBreached = timeline?.changes.some(({ status }) => status === 'breached') ?? false
  const isBad = events.fail + events.error + events.undecodable > 0
  return isBad || isBreached ? EXIT_CODES.failed : EXIT_CODES.fine
}
