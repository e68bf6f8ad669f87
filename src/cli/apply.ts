import { type Command, Option } from 'commander'
import { systemClock } from '../adapters/clock/clock.ts'
import { DatadogHttpApi } from '../adapters/datadog/api.ts'
import { readTree } from '../adapters/files/generated-files.ts'
import { datadogSettings } from '../config/datadog.ts'
import { Fault } from '../errors/fault.ts'
import { type Artefact, kindOfPath } from '../generate/datadog/artefact.ts'
import { wantedOf } from '../generate/datadog/apply/wanted.ts'
import { lintDatadog } from '../generate/datadog/lint/lint-datadog.ts'
import type { Json } from '../generate/to-json.ts'
import type { Problem } from '../model/problem.ts'
import { EXIT_CODES } from '../report/exit-codes.ts'
import { reportProblemsAsText } from '../report/problems-text.ts'
import { CATALOGUE } from '../telemetry/catalogue.ts'
import { type CommandLine, outputOption } from './command-line.ts'
import { toProblem } from './generate.ts'
import { type ApplyFlags, faultProblem, planAndApply } from './plan-and-apply.ts'
import { refuse } from './streams.ts'
import type { Streams } from './streams.ts'

const ENVIRONMENT = `
From the environment:
  DD_API_KEY  key of the organisation (required)
  DD_APP_KEY  application key; it needs to read and write dashboards, monitors, SLOs, metrics and the catalogue (required)
  DD_SITE     Datadog's site; datadoghq.com unless given

Ends with 0 once the plan is shown or carried out, 1 if --check finds that Datadog differs, 2 if a key, a flag or the folder is wrong
(nothing was sent), and 4 if Datadog refused something or could not be asked, or a signal came: run it again, and it goes on.`

/** Adds `assay apply` to the program. */
export function addApply(program: Command, { env, streams, end }: CommandLine): void {
  program
    .command('apply')
    .description('make a monitoring system have what was generated')
    .command('datadog')
    .description(
      'compare a generated folder with Datadog, and with --yes make, change and (with --prune) remove what differs',
    )
    .argument('<dir>', 'the folder that was given to `assay generate datadog --out`')
    .option('--yes', 'carry the plan out; without it, it is only shown')
    .addOption(
      new Option('--check', 'show the plan, and fail (1) if there is anything to do').conflicts('yes'),
    )
    .option('--prune', 'also remove what carries managed-by:assay and is in no file, or is there twice')
    .option(
      '--domain <name...>',
      'domains that the folder speaks for although it has nothing of them any more',
    )
    .addOption(outputOption(['text', 'json']))
    .addOption(
      new Option(
        '--api-url <url>',
        'address of the API, if it is not https://api.<DD_SITE>: that of a proxy, say',
      ),
    )
    .addHelpText('after', ENVIRONMENT)
    .action(async (dir: string, flags: ApplyFlags) => end(await apply(dir, flags, env, streams)))
}

/** `assay apply datadog`: the plan, and what came of it. */
async function apply(
  dir: string,
  flags: ApplyFlags,
  env: NodeJS.ProcessEnv,
  streams: Streams,
): Promise<number> {
  const stop = (problems: readonly Problem[]) =>
    refuse(streams, reportProblemsAsText(problems, { files: 0, rules: 0 }))
  const interruption = new AbortController()
  const onSignal = () => {
    streams.err.write('Stopping: what is sent is finished, and nothing more is begun\n')
    interruption.abort()
  }
  try {
    const files = readTree(dir)
    const artefacts = artefactsOf(files)
    const settings = datadogSettings(env, flags.apiUrl)
    const problems = [...('url' in settings ? [] : settings), ...problemsOf(dir, files)]
    if (!('url' in settings) || problems.length > 0) return stop(problems)
    const say = (line: string) => streams.err.write(`${line}\n`)
    const { signal } = interruption
    const api = new DatadogHttpApi(settings, { clock: systemClock, say, signal })
    // The second one ends the process at once, as signals do.
    process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
    return await planAndApply(api, wantedOf(artefacts), flags, streams, signal)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    stop([faultProblem(error)])
    return BEFORE_ANY_REQUEST.has(error.code) ? EXIT_CODES.invalid : EXIT_CODES.runtimeFailure
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
  }
}

function artefactsOf(files: ReadonlyMap<string, string>): Artefact[] {
  return [...files].flatMap(([path, text]) => {
    const kind = kindOfPath(path)
    const json = kind === undefined ? undefined : tryToRead(text)
    return kind === undefined || json === undefined ? [] : [{ kind, path, json }]
  })
}

/** What is no JSON is told by the check of the folder. */
function tryToRead(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** A folder that Datadog would refuse in the middle is refused before the first request. */
function problemsOf(dir: string, files: ReadonlyMap<string, string>): Problem[] {
  if ([...files.keys()].some((path) => kindOfPath(path) !== undefined))
    return lintDatadog(files, CATALOGUE).map((finding) => toProblem(dir, finding))
  return [
    {
      code: 'INPUT_UNREADABLE',
      severity: 'error',
      message: `${dir}: no generated files are there`,
      hint: 'Name the folder that was given to `assay generate datadog --out`.',
    },
  ]
}

/** All others come from Datadog or the way there. */
const BEFORE_ANY_REQUEST = new Set<string>(['INPUT_UNREADABLE', 'DATADOG_CLIENT_MISSING'])
