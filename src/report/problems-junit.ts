import type { Problem } from '../model/problem.ts'
import type { Report } from './exit-codes.ts'
import { type JUnitCase, junitXml } from './junit.ts'
import { exitCodeOf, sortProblems } from './problem-order.ts'

/**
 * Problems as a JUnit report: one suite, with a test for each problem, and one that passed for each file without. Only errors are
 * failures, so that the report and the exit code agree; what a warning says stands in the name of its test.
 *
 * @param files all files that were looked at
 * @param command whose problems they are
 */
export function reportProblemsAsJUnit(
  problems: readonly Problem[],
  files: readonly string[],
  command = 'assay validate',
): Report {
  const faulty = new Set(problems.map(({ at }) => at?.file))
  const fine = files.filter((file) => !faulty.has(file)).map(passedCase)
  const cases = [...sortProblems(problems).map(problemCase), ...fine]
  return {
    output: junitXml(command, [{ name: command, cases }]),
    exitCode: exitCodeOf(problems),
  }
}

function passedCase(file: string): JUnitCase {
  return { name: file, classname: file, file }
}

function problemCase({ at, code, severity, message, hint }: Problem): JUnitCase {
  const place = at ? `${at.file}:${at.line}:${at.column}: ` : ''
  const text = `${place}${message} [${code}]\nhint: ${hint}`
  const failure = severity === 'error' ? { message, type: code, text } : undefined
  const name = failure ? `${code} ${place.replace(/: $/, '')}` : `${severity}: ${place}${message} [${code}]`
  return { name: name.trim(), classname: at?.file ?? 'assay', file: at?.file, line: at?.line, failure }
}
