import { type Command, InvalidArgumentError } from 'commander'
import { driftOf, readTree, writeGenerated, type Written } from '../adapters/files/generated-files.ts'
import { BadValue, parseDurationMs } from '../config/values.ts'
import { Fault } from '../errors/fault.ts'
import { DEFAULT_GENERATE_SETTINGS, type GenerateSettings } from '../generate/settings.ts'
import type { Finding } from '../generate/finding.ts'
import { TARGETS, type Target } from '../generate/targets.ts'
import type { Drift, GeneratedFile } from '../model/generated-file.ts'
import type { Problem } from '../model/problem.ts'
import { EXIT_CODES } from '../report/exit-codes.ts'
import type { Checked } from '../report/problems-summary.ts'
import { reportProblemsAsText } from '../report/problems-text.ts'
import type { CommandLine } from './command-line.ts'
import { checkRuleFiles, isUsable, type RuleFiles } from './load-rules.ts'
import { refuse } from './streams.ts'
import type { Streams } from './streams.ts'

interface GenerateFlags {
  readonly out?: string
  readonly lint?: string
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

function addTarget(parent: Command, target: Target, { env, streams, end }: CommandLine): void {
  const { retentionMs, recipients } = DEFAULT_GENERATE_SETTINGS
  const command = parent
    .command(target.name)
    .description(target.description)
    .argument('[paths...]', 'folders or contract files', [env.ASSAY_RULES ?? 'rules'])
    .option('--out <dir>', 'the folder of the files; it belongs to this command')
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
    .option(
      '--lint <dir>',
      'read no contracts, and fail if the system would refuse the files of a folder, or would never alarm by them',
    )
  command.action((paths: string[], flags: GenerateFlags) => {
    if (flags.lint !== undefined) return end(lint(target, flags.lint, streams))
    if (flags.out === undefined) return command.error("error: required option '--out <dir>' not specified")
    return end(generate(target, paths, { ...flags, out: flags.out }, streams))
  })
}

function toDurationMs(text: string): number {
  const durationMs = parseDurationMs(text)
  if (durationMs instanceof BadValue) throw new InvalidArgumentError(`It must be ${durationMs.expected}.`)
  return durationMs
}

/** `assay generate`: writes the files, or says how the folder differs. */
function generate(
  target: Target,
  paths: readonly string[],
  flags: GenerateFlags & { readonly out: string },
  streams: Streams,
): number {
  const ruleSet = checkRuleFiles(paths)
  const make = () => target.generate(ruleSet.contracts, settingsOf(flags))
  return deliver(make, target.mark, flags, ruleSet, streams)
}

/** Writes what `make` makes of a rule set that can be used, or says how the folder differs. */
export function deliver(
  make: () => readonly GeneratedFile[],
  mark: string,
  { out, check }: { readonly out: string; readonly check?: true },
  ruleSet: RuleFiles,
  streams: Streams,
): number {
  if (!isUsable(ruleSet)) return refuse(streams, reportProblemsAsText(ruleSet.problems, ruleSet))
  try {
    const files = make()
    if (check) return reportDrift(driftOf(out, files, mark), files.length, out, ruleSet, streams)
    streams.out.write(writtenText(writeGenerated(out, files, mark), out))
    return EXIT_CODES.fine
  } catch (error) {
    return reportFault(error, ruleSet, streams)
  }
}

function reportFault(error: unknown, checked: Checked, streams: Streams): number {
  if (!(error instanceof Fault)) throw error
  const { code, message, hint } = error
  return refuse(streams, reportProblemsAsText([{ code, severity: 'error', message, hint }], checked))
}

/** `--lint`: what the system would refuse in a folder, without its contracts. */
function lint(target: Target, folder: string, streams: Streams): number {
  try {
    const files = readTree(folder)
    const findings = target.lint(files)
    const checked = { files: files.size, rules: 0 }
    if (files.size === 0)
      throw new Fault(
        'INPUT_UNREADABLE',
        `${folder}: no files are there`,
        'Name the folder that was given to --out.',
      )
    if (findings.length === 0) {
      streams.out.write(`${folder}: ${files.size} files, nothing to object to\n`)
      return EXIT_CODES.fine
    }
    refuse(
      streams,
      reportProblemsAsText(
        findings.map((finding) => toProblem(folder, finding)),
        checked,
      ),
    )
    return EXIT_CODES.failed
  } catch (error) {
    return reportFault(error, { files: 0, rules: 0 }, streams)
  }
}

/** Something that was found in a file of a folder. */
export function toProblem(folder: string, { path, at, message }: Finding): Problem {
  return {
    code: 'GENERATED_FAULTY',
    severity: 'error',
    message: `${folder}/${path}${at === '' ? '' : ` ${at}`}: ${message}`,
    hint: 'Generate the file anew; what was changed by hand belongs into the contract.',
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
  ruleSet: RuleFiles,
  streams: Streams,
): number {
  if (drifts.length === 0) {
    streams.out.write(`${out}: ${files} files are as the contracts say\n`)
    return EXIT_CODES.fine
  }
  const problems = drifts.map(({ path, kind, line }): Problem => {
    const { code, says } = DRIFTS[kind]
    const hint = 'Run the same command without --check, and commit what it writes.'
    return {
      code,
      severity: 'error',
      message: `${out}/${path}${line === undefined ? '' : `:${line}`} ${says}`,
      hint,
    }
  })
  refuse(streams, reportProblemsAsText(problems, ruleSet))
  return EXIT_CODES.failed
}
