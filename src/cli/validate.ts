import { setFlagsFromString } from 'node:v8'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { readReferencedFile } from '../adapters/files/text-file.ts'
import { inspectContracts } from '../inspect/inspect.ts'
import { reportErrorPage } from '../report/error-page.ts'
import { EXIT_CODES } from '../report/exit-codes.ts'
import { PROBLEM_FORMATS, type ProblemFormat, reportProblems } from '../report/problems.ts'
import { outputOption } from './command-line.ts'
import type { CommandLine } from './command-line.ts'
import { dayNow, govern } from './govern.ts'
import { checkRuleFiles } from './load-rules.ts'
import { finish, refuse } from './streams.ts'
import type { Streams } from './streams.ts'

interface ValidateFlags {
  readonly output: ProblemFormat
  readonly explain: string | undefined
  readonly today: string
  readonly strict: boolean
}

/** Adds `assay validate` to the program. */
export function addValidate(program: Command, { streams, end }: CommandLine): void {
  const command = program
    .command('validate')
    .description(
      'report every problem of every contract file, and where contracts do not comply with policies',
    )
    .argument('[paths...]', 'folders or contract files')
    .addOption(outputOption(PROBLEM_FORMATS))
    .option('--explain <code>', 'print what an error code means and what to do, and nothing else')
    .option('--strict', 'fail on warnings too', false)
    .addOption(
      new Option('--today <date>', 'the day on which waivers are held against policies')
        .argParser(toDay)
        .default(dayNow(), 'today, in UTC'),
    )
  command.action((paths: string[], flags: ValidateFlags) => {
    if (flags.explain !== undefined) return end(explain(flags.explain, streams))
    if (paths.length === 0) command.error("error: missing required argument 'paths'")
    return end(validate(paths, flags, streams))
  })
}

function toDay(text: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
  if (isDay) return text
  throw new InvalidArgumentError('A date such as 2027-03-31 is expected.')
}

/** `assay validate --explain`: the page of one error. */
function explain(code: string, streams: Streams): number {
  const report = reportErrorPage(code)
  return report.exitCode === 0 ? finish(streams, report) : refuse(streams, report)
}

/**
 * Reading an expression leaves hidden classes behind, which only a whole collection finds; left alone, V8 puts that off until several
 * hundred megabytes of them are there. A pipeline's container may not have them.
 */
function collectOften(): void {
  setFlagsFromString('--heap-growing-percent=40')
}

/** `assay validate`: every problem of every contract file, and of every policy file that holds for them. */
function validate(paths: readonly string[], flags: ValidateFlags, streams: Streams): number {
  collectOften()
  const read = checkRuleFiles(paths)
  const problems = [
    ...read.problems,
    ...govern(read, flags.today),
    ...inspectContracts(read.contracts, readReferencedFile, read.treeOf),
  ]
  const report = reportProblems(flags.output, problems, read)
  const isRefused = flags.strict && problems.length > 0
  return finish(streams, isRefused ? { ...report, exitCode: EXIT_CODES.invalid } : report)
}
