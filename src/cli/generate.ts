import { type Command, InvalidArgumentError } from 'commander'
import { driftOf, writeGenerated, type Written } from '../adapters/files/generated-files.ts'
import { BadValue, parseDurationMs } from '../config/values.ts'
import { Fault } from '../errors/fault.ts'
import { DEFAULT_GENERATE_SETTINGS, type GenerateSettings } from '../generate/settings.ts'
import { TARGETS, type Target } from '../generate/targets.ts'
import type { Drift } from '../model/generated-file.ts'
import type { Problem } from '../model/problem.ts'
import { EXIT_CODES } from '../report/exit-codes.ts'
import { reportProblemsAsText } from '../report/problems-text.ts'
import type { CommandLine } from './command-line.ts'
import { isUsable, loadRules, type RuleSet } from './load-rules.ts'
import { refuse } from './streams.ts'
import type { Streams } from './streams.ts'

interface GenerateFlags {
  readonly out: string
  readonly check?: true
  readonly env?: string
  readonly retention: number
  readonly recipient: readonly string[]
}

/** Adds `assay generate` to the program, with a command for each target. */
export function addGenerate(program: Command, commandLine: CommandLine): void {
  const command = program
    .command('generate')
    .description('make dashboards, monitors and objectives out of contracts')
  for (const target of TARGETS) addTarget(command, target, commandLine)
}

function addTarget(command: Command, target: Target, { env, streams, end }: CommandLine): void {
  const { retentionMs, recipients } = DEFAULT_GENERATE_SETTINGS
  command
    .command(target.name)
    .description(target.description)
    .argument('[paths...]', 'folders or contract files', [env.ASSAY_RULES ?? 'rules'])
    .requiredOption('--out <dir>', 'the folder of the files; it belongs to this command')
    .option('--check', 'write nothing, and fail if the folder differs from what would be written')
    .option(
      '--env <name>',
      'the environment (tag env) that monitors and objectives are about; all without it',
    )
    .option(
      '--retention <duration>',
      'how long the brokers keep records; 168h unless given',
      toDurationMs,
      retentionMs,
    )
    .option(
      '--recipient <handle...>',
      'whom to tell, without @; {team} stands for the owner of a contract; team-{team} unless given',
      recipients as string[],
    )
    .action((paths: string[], flags: GenerateFlags) => end(generate(target, paths, flags, streams)))
}

function toDurationMs(text: string): number {
  const durationMs = parseDurationMs(text)
  if (durationMs instanceof BadValue) throw new InvalidArgumentError(`It must be ${durationMs.expected}.`)
  return durationMs
}

/** `assay generate`: writes the files, or says how the folder differs. */
function generate(target: Target, paths: readonly string[], flags: GenerateFlags, streams: Streams): number {
  const ruleSet = loadRules(paths)
  if (!isUsable(ruleSet)) return refuse(streams, reportProblemsAsText(ruleSet.problems, ruleSet))
  try {
    const files = target.generate(ruleSet.contracts, settingsOf(flags))
    if (flags.check)
      return reportDrift(driftOf(flags.out, files, target.mark), files.length, flags.out, ruleSet, streams)
    streams.out.write(writtenText(writeGenerated(flags.out, files, target.mark), flags.out))
    return EXIT_CODES.fine
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const { code, message, hint } = error
    return refuse(streams, reportProblemsAsText([{ code, severity: 'error', message, hint }], ruleSet))
  }
}

function settingsOf({ env, retention, recipient }: GenerateFlags): GenerateSettings {
  return { env, retentionMs: retention, recipients: recipient }
}

function writtenText({ written, removed, unchanged }: Written, out: string): string {
  const lines = [...written.map((path) => `wrote ${path}`), ...removed.map((path) => `removed ${path}`)]
  const sum = `${out}: ${written.length} written, ${removed.length} removed, ${unchanged} unchanged`
  return `${[...lines, sum].join('\n')}\n`
}

const DRIFTS: Readonly<Record<Drift['kind'], { readonly code: Problem['code']; readonly says: string }>> = {
  missing: { code: 'GENERATED_MISSING', says: 'is missing' },
  differs: { code: 'GENERATED_DIFFERS', says: 'differs from what the contracts say' },
  orphaned: { code: 'GENERATED_ORPHANED', says: 'is of nothing that the contracts say any more' },
}

function reportDrift(
  drifts: readonly Drift[],
  files: number,
  out: string,
  ruleSet: RuleSet,
  streams: Streams,
): number {
  if (drifts.length === 0) {
    streams.out.write(`${out}: ${files} files are as the contracts say\n`)
    return EXIT_CODES.fine
  }
  const problems = drifts.map(({ path, kind }): Problem => {
    const { code, says } = DRIFTS[kind]
    const hint = 'Run the same command without --check, and commit what it writes.'
    return { code, severity: 'error', message: `${out}/${path} ${says}`, hint }
  })
  refuse(streams, reportProblemsAsText(problems, ruleSet))
  return EXIT_CODES.failed
}
