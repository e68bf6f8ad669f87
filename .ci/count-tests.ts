import { existsSync, readFileSync } from 'node:fs'

/** What this needs of the report that vitest's json reporter writes. */
interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[]
}

/** Prints `passed failed skipped`, from the report's path and the exit code of vitest. */
function main(path: string, exitCode: number): void {
  const report: Report | undefined = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
  const passed = report?.numPassedTests ?? 0
  const failed = report === undefined ? 0 : report.numFailedTests + filesThatDidNotLoad(report)
  const skipped = report === undefined ? 0 : report.numPendingTests + report.numTodoTests
  // A failure outside any test (an unhandled rejection) shows in the exit code alone; a crash leaves no report.
  const unseen = failed === 0 && (exitCode !== 0 || report === undefined) ? 1 : 0
  process.stdout.write(`${passed} ${failed + unseen} ${skipped}\n`)
}

/** A test file that fails before its first test has no test that could be counted. */
function filesThatDidNotLoad(report: Report): number {
  return report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length
}

main(process.argv[2] ?? '', Number(process.argv[3] ?? 1))
