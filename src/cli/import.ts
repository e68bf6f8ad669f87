import { posix } from 'node:path'
import type { Command } from 'commander'
import { writeFilesBelow } from '../adapters/files/files-below.ts'
import { readRuleFile } from '../adapters/files/text-file.ts'
import { Fault } from '../errors/fault.ts'
import { type ImportFormat, IMPORT_FORMATS } from '../exchange/formats.ts'
import type { ImportOptions } from '../exchange/imported.ts'
import { toResult } from '../exchange/to-result.ts'
import type { ImportResult, NewFile } from '../model/exchange.ts'
import type { Problem } from '../model/problem.ts'
import { reportImportAsJson } from '../report/import-json.ts'
import { reportImportAsText } from '../report/import-text.ts'
import { reportProblemsAsText } from '../report/problems-text.ts'
import { outputOption } from './command-line.ts'
import type { CommandLine } from './command-line.ts'
import { isUsable, loadRulesFrom } from './load-rules.ts'
import { finish } from './streams.ts'
import type { Streams } from './streams.ts'

interface ImportFlags extends ImportOptions {
  readonly out: string
  readonly force?: true
  readonly dryRun?: true
  readonly skipInvalid?: true
  readonly output: 'text' | 'json'
}

/** Adds `assay import` to the program, with a command for each format. */
export function addImport(program: Command, { streams, end }: CommandLine): void {
  const group = program.command('import').description('make contracts of files of another format')
  for (const [name, format] of Object.entries(IMPORT_FORMATS)) {
    group
      .command(name)
      .description(format.description)
      .argument('<file>', 'the file to import')
      .option('--out <dir>', 'the rules folder to write into', 'rules')
      .option('--topic <topic>', 'the topic, where the file does not name it, or names another')
      .option('--domain <domain>', 'the domain, likewise')
      .option('--owner <team>', 'the team that relies on the topic, likewise')
      .option('--force', 'write over files that are there')
      .option('--dry-run', 'only report')
      .option('--skip-invalid', 'list what is not valid in the file, and import the rest')
      .addOption(outputOption(['text', 'json']))
      .action((file: string, flags: ImportFlags) => end(importFile(file, format, flags, streams)))
  }
}

/** `assay import`: contracts and schemas from a file of another format, and a word on everything in it. */
function importFile(file: string, format: ImportFormat, flags: ImportFlags, streams: Streams): number {
  const result = judged(read(file, format, flags), flags)
  const isRefused = !isUsable(result)
  const written =
    isRefused || flags.dryRun
      ? []
      : attempt(() => writeFilesBelow(flags.out, result.files, flags.force === true))
  return 'code' in written
    ? report({ ...result, problems: [...result.problems, written] }, [], flags, streams)
    : report(result, written, flags, streams)
}

function read(file: string, format: ImportFormat, flags: ImportFlags): ImportResult {
  const found = readRuleFile(file)
  if ('missing' in found) return nothing(file, [unreadable(file, found.missing)])
  const source = format.read(file, found.text)
  if (source.document === undefined) return nothing(file, source.problems)
  const result = toResult(file, format.convert(source.document, flags))
  return { ...result, problems: [...source.problems, ...result.problems] }
}

/** What is not valid may be left out by wish; what was made must be usable. */
function judged(result: ImportResult, { skipInvalid }: ImportFlags): ImportResult {
  const problems = result.problems.map((problem): Problem =>
    skipInvalid && problem.code === 'IMPORT_INVALID' ? { ...problem, severity: 'warning' } : problem,
  )
  if (!isUsable({ problems })) return { ...result, problems }
  const more = result.contracts.length === 0 ? [emptyImport(result)] : unusable(result.files)
  return { ...result, problems: [...problems, ...more] }
}

/** Loads what was made as if it were there already. */
function unusable(files: readonly NewFile[]): Problem[] {
  const texts = new Map(files.map(({ path, text }) => [path, text]))
  const textOf = (path: string) => {
    const text = texts.get(path)
    return text === undefined ? { path, missing: 'there is no such file' } : { path, text }
  }
  const { problems } = loadRulesFrom({
    files: [...texts.keys()].filter((path) => path.endsWith('.contract.yaml')),
    policies: [],
    without: [],
    misnamed: [],
    read: textOf,
    readReference: (from, reference) => textOf(posix.join(posix.dirname(from), reference)),
  })
  return problems
    .filter(({ severity }) => severity === 'error')
    .map(({ message, hint, at }) => ({
      code: 'IMPORT_UNUSABLE',
      severity: 'error',
      message: `${at?.file ?? 'a file'} would be refused: ${message}`,
      hint,
    }))
}

function report(
  result: ImportResult,
  written: readonly string[],
  { output }: ImportFlags,
  streams: Streams,
): number {
  if (output === 'json') return finish(streams, reportImportAsJson(result, written))
  if (result.problems.length > 0) {
    streams.err.write(reportProblemsAsText(result.problems, { files: 1, rules: 0 }).output)
  }
  return finish(streams, reportImportAsText(result, written))
}

function attempt<T>(act: () => T): T | Problem {
  try {
    return act()
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const { code, message, hint } = error
    return { code, severity: 'error', message, hint }
  }
}

function nothing(source: string, problems: readonly Problem[]): ImportResult {
  return { source, contracts: [], files: [], entries: [], notes: [], problems }
}

function unreadable(file: string, reason: string): Problem {
  const hint = 'Give the path of a file.'
  return { code: 'IMPORT_UNREADABLE', severity: 'error', message: `${file}: ${reason}`, hint }
}

function emptyImport({ source, entries }: ImportResult): Problem {
  const listed = entries.filter(({ kind }) => kind === 'rule').length
  const what =
    listed === 0 ? 'it has no rules and no fields' : `its rules are listed with the reasons (${listed})`
  return {
    code: 'IMPORT_EMPTY',
    severity: 'error',
    message: `nothing in ${source} can be judged on a stream: ${what}`,
    hint: 'Write a contract by hand, with the assumptions as assertions in JSONata.',
  }
}
