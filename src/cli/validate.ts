import { type Command, InvalidArgumentError, Option } from 'commander'
import { RuleChecker } from '../evaluate/check-rules.ts'
import type { ReadReference } from '../evaluate/schema-documents.ts'
import { SchemaTypes } from '../inspect/event-type.ts'
import { inspectContract } from '../inspect/inspect.ts'
import type { TreeOf } from '../inspect/inspect-rule.ts'
import type { Contract } from '../model/contract.ts'
import type { Problem } from '../model/problem.ts'
import { reportErrorPage } from '../report/error-page.ts'
import { EXIT_CODES } from '../report/exit-codes.ts'
import { PROBLEM_FORMATS, type ProblemFormat, reportProblems } from '../report/problems.ts'
import { seriesLine } from '../report/series-text.ts'
import { addAgainstOptions, aloneWithoutAgainst } from './against-flags.ts'
import type { AgainstFlags } from './against-flags.ts'
import { endedBy, validateAgainst } from './against.ts'
import { envHelp, outputOption } from './command-line.ts'
import type { CommandLine } from './command-line.ts'
import { dayNow, govern } from './govern.ts'
import { checkContract, folderSource, isUsable, readRules, withProblems } from './load-rules.ts'
import { registeredSchemas, type RegisteredSchemas } from './registered-schemas.ts'
import { addSeriesOptions, countSeries, type SeriesFlags } from './series-budget.ts'
import { finish, refuse } from './streams.ts'
import type { Streams } from './streams.ts'

interface ValidateFlags extends AgainstFlags, SeriesFlags {
  readonly output: ProblemFormat
  readonly registry: string | undefined
  readonly against: string | undefined
  readonly explain: string | undefined
  readonly today: string
  readonly strict: boolean
}

/** Adds `assay validate` to the program. */
export function addValidate(program: Command, { env, streams, end }: CommandLine): void {
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
    .option(
      '--registry <url>',
      envHelp('check rules against the latest schemas of a schema registry', 'SCHEMA_REGISTRY_URL'),
    )
  addAgainstOptions(command)
  addSeriesOptions(command)
  command.action(async (paths: string[], flags: ValidateFlags) => {
    if (flags.explain !== undefined) return end(explain(flags.explain, streams))
    if (paths.length === 0) command.error("error: missing required argument 'paths'")
    const { against } = flags
    if (against !== undefined) return end(await validateAgainst(against, paths, flags, env, streams))
    const alone = aloneWithoutAgainst(flags)
    if (alone !== undefined) command.error(`error: option '--${alone}' has a meaning only beside '--against'`)
    return end(await validate(paths, flags, env, streams))
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

/** `assay validate`: every problem of every contract file, and of every policy file that holds for them. */
async function validate(
  paths: readonly string[],
  flags: ValidateFlags,
  env: NodeJS.ProcessEnv,
  streams: Streams,
): Promise<number> {
  const source = folderSource(paths)
  const checker = new RuleChecker(source.readReference)
  const found = readRules(source, checker)
  const registered = await registeredSchemas(found.contracts, flags.registry, env)
  const { wrong, doubtful } = lookAt(found.contracts, checker, source.readReference, registered)
  const read = withProblems(found, wrong)
  const { series, problems: beyondBudget } = countSeries(read.contracts, flags)
  const problems = [
    ...read.problems,
    ...registered.problems,
    ...govern(read, flags.today),
    ...doubtful,
    ...beyondBudget,
  ]
  const report = reportProblems(flags.output, problems, read)
  const isCounted = flags.output === 'text' && series > 0 && isUsable({ problems })
  const output = isCounted ? `${report.output}${seriesLine(series, flags.hosts)}` : report.output
  const isRefused = flags.strict && problems.length > 0
  const exitCode = isRefused ? EXIT_CODES.invalid : endedBy(problems, report).exitCode
  return finish(streams, { output, exitCode })
}

/** Contract by contract: the syntax trees of one are garbage before those of the next are made. */
function lookAt(
  contracts: readonly Contract[],
  checker: RuleChecker,
  readReference: ReadReference,
  registered: RegisteredSchemas,
): { readonly wrong: readonly Problem[]; readonly doubtful: readonly Problem[] } {
  const schemas = new SchemaTypes(readReference)
  const treeOf: TreeOf = (text) => checker.treeOf(text)
  const [wrong, doubtful]: [Problem[], Problem[]] = [[], []]
  for (const contract of contracts) {
    wrong.push(...checkContract(contract, checker))
    doubtful.push(...inspectContract(contract, schemas, treeOf, registered.schemaOf(contract)))
  }
  return { wrong, doubtful }
}
