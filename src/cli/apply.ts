import { type Command, Option } from 'commander'
import { systemClock } from '../adapters/clock/clock.ts'
import { DatadogHttpApi } from '../adapters/datadog/api.ts'
import { readTree } from '../adapters/files/generated-files.ts'
import { Fault } from '../errors/fault.ts'
import { type Artefact, kindOfPath } from '../generate/datadog/artefact.ts'
import { planApply, type Remote } from '../generate/datadog/apply/plan.ts'
import { type Wanted, wantedOf } from '../generate/datadog/apply/wanted.ts'
import { lintDatadog } from '../generate/datadog/lint/lint-datadog.ts'
import type { Json } from '../generate/to-json.ts'
import type { Problem } from '../model/problem.ts'
import { type DatadogApi, REMOTE_KINDS } from '../ports/datadog-api.ts'
import { EXIT_CODES } from '../report/exit-codes.ts'
import { reportProblemsAsText } from '../report/problems-text.ts'
import { CATALOGUE } from '../telemetry/catalogue.ts'
import { carryOut } from './carry-out.ts'
import { appliedText, planText } from './plan-text.ts'
import type { CommandLine } from './command-line.ts'
import { toProblem } from './generate.ts'
import { refuse } from './streams.ts'
import type { Streams } from './streams.ts'

interface ApplyFlags {
  readonly yes?: true
  readonly prune?: true
  readonly apiUrl?: string
}

const ENVIRONMENT = `
From the environment:
  DD_API_KEY  key of the organisation (required)
  DD_APP_KEY  application key; it needs to read and write dashboards, monitors, SLOs, metrics and the catalogue (required)
  DD_SITE     Datadog's site; datadoghq.com unless given`

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
    .option('--prune', 'also remove what carries managed-by:assay and is in no file')
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
  try {
    const files = readTree(dir)
    const artefacts = artefactsOf(files)
    const problems = [...missingKeys(env), ...problemsOf(dir, files, artefacts)]
    if (problems.length > 0) return stop(problems)
    const api = new DatadogHttpApi(accessOf(flags, env), systemClock)
    return await planAndApply(api, wantedOf(artefacts), flags, streams)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const { code, message, hint } = error
    stop([{ code, severity: 'error', message, hint }])
    return ON_THE_WAY.has(code) ? EXIT_CODES.runtimeFailure : EXIT_CODES.invalid
  }
}

async function planAndApply(
  api: DatadogApi,
  wanted: readonly Wanted[],
  { yes, prune }: ApplyFlags,
  streams: Streams,
): Promise<number> {
  const remote = await readRemote(api, wanted)
  const plan = planApply(wanted, remote)
  streams.out.write(planText(plan, prune === true))
  if (!yes) return EXIT_CODES.fine
  const outcome = await carryOut(plan, remote, api, prune === true, (line) => streams.out.write(`${line}\n`))
  streams.out.write(appliedText(outcome))
  return EXIT_CODES.fine
}

async function readRemote(api: DatadogApi, wanted: readonly Wanted[]): Promise<Remote> {
  const remote: Partial<Record<(typeof REMOTE_KINDS)[number], Remote[keyof Remote]>> = {}
  for (const kind of REMOTE_KINDS) {
    const names = wanted.filter((each) => each.kind === kind).map(({ name }) => name)
    remote[kind] = await api.list(kind, names)
  }
  return remote as Remote
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
function problemsOf(
  dir: string,
  files: ReadonlyMap<string, string>,
  artefacts: readonly Artefact[],
): Problem[] {
  if (artefacts.length > 0) return lintDatadog(files, CATALOGUE).map((finding) => toProblem(dir, finding))
  return [
    {
      code: 'INPUT_UNREADABLE',
      severity: 'error',
      message: `${dir}: no generated files are there`,
      hint: 'Name the folder that was given to `assay generate datadog --out`.',
    },
  ]
}

function missingKeys(env: NodeJS.ProcessEnv): Problem[] {
  return ['DD_API_KEY', 'DD_APP_KEY']
    .filter((name) => (env[name] ?? '').trim() === '')
    .map((name) => ({
      code: 'CONFIG_MISSING',
      severity: 'error',
      message: `${name} is not set`,
      hint: 'Keys come from the environment alone, so that they stand in no process list.',
    }))
}

/** Faults of Datadog or of the way there; all others are found before. */
const ON_THE_WAY = new Set<string>(['DATADOG_REFUSED', 'DATADOG_UNREACHABLE'])

const SITE = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/

/** @throws Fault CONFIG_INVALID */
function accessOf({ apiUrl }: ApplyFlags, env: NodeJS.ProcessEnv) {
  const site = env.DD_SITE ?? 'datadoghq.com'
  if (apiUrl === undefined && !SITE.test(site)) throw invalid('DD_SITE', 'a site such as datadoghq.eu', site)
  if (apiUrl !== undefined && !/^https?:\/\/[^\s/]+/.test(apiUrl))
    throw invalid('--api-url', 'an http or https address', apiUrl)
  const { DD_API_KEY: apiKey = '', DD_APP_KEY: appKey = '' } = env
  return {
    url: apiUrl?.replace(/\/+$/, '') ?? `https://api.${site}`,
    apiKey: apiKey.trim(),
    appKey: appKey.trim(),
  }
}

function invalid(name: string, expected: string, text: string): Fault {
  return new Fault('CONFIG_INVALID', `${name} must be ${expected}, not \`${text}\``, 'Correct the value.')
}
