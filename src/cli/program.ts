import { Command, CommanderError } from 'commander'
import { EXIT_CODE_MEANINGS, EXIT_CODES } from '../report/exit-codes.ts'
import type { CommandLine } from './command-line.ts'
import { ownVersion } from './own-version.ts'
import type { Streams } from './streams.ts'

/** Adds a command to the program. */
type AddCommand = (program: Command, commandLine: CommandLine) => void

/**
 * The commands by name, in the order in which help lists them. Each is loaded only when it is asked for: what the others need (the Kafka
 * client, say) takes most of the time of a short command.
 */
const COMMANDS: Readonly<Record<string, () => Promise<AddCommand>>> = {
  init: async () => (await import('./init.ts')).addInit,
  validate: async () => (await import('./validate.ts')).addValidate,
  test: async () => (await import('./test.ts')).addTest,
  check: async () => (await import('./check.ts')).addCheck,
  explain: async () => (await import('./explain.ts')).addExplain,
  diff: async () => (await import('./diff.ts')).addDiff,
  import: async () => (await import('./import.ts')).addImport,
  export: async () => (await import('./export.ts')).addExport,
  generate: loadGenerate,
  apply: async () => (await import('./apply.ts')).addApply,
  eval: async () => (await import('./eval.ts')).addEval,
  run: async () => (await import('./run.ts')).addRun,
  status: async () => (await import('./status.ts')).addStatus,
}

async function loadGenerate(): Promise<AddCommand> {
  const { addGenerate } = await import('./generate.ts')
  const { addGenerateDocs } = await import('./generate-docs.ts')
  return (program, commandLine) => {
    addGenerate(program, commandLine)
    addGenerateDocs(program, commandLine)
  }
}

/** Runs one command line and resolves with its exit code (`EXIT_CODES`). */
export async function runProgram(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  streams: Streams,
): Promise<number> {
  let exitCode: number = EXIT_CODES.fine
  const end = (code: number) => {
    exitCode = code
  }
  try {
    const program = await createProgram({ env, streams, end }, args[0])
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? EXIT_CODES.fine : EXIT_CODES.invalid
  }
}

/**
 * The program, ready to parse a command line.
 *
 * @param wanted the only command that it has; all if there is none of this name, for help and suggestions
 */
export async function createProgram(commandLine: CommandLine, wanted?: string): Promise<Command> {
  const { streams } = commandLine
  const program = new Command('assay')
    .description('Contract tests on live Kafka topics.')
    .version(ownVersion())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => streams.out.write(text),
      writeErr: (text) => streams.err.write(text),
    })
    .showSuggestionAfterError()
    .showHelpAfterError('(`assay --help` lists the commands and flags)')
    .addHelpText('after', `\nExit codes: ${exitCodeHelp()}`)
  for (const addTo of await Promise.all(loadersOf(wanted).map((load) => load()))) addTo(program, commandLine)
  return program
}

function loadersOf(wanted: string | undefined): readonly (() => Promise<AddCommand>)[] {
  const only = wanted !== undefined && Object.hasOwn(COMMANDS, wanted) ? COMMANDS[wanted] : undefined
  return only === undefined ? Object.values(COMMANDS) : [only]
}

function exitCodeHelp(): string {
  return Object.entries(EXIT_CODE_MEANINGS)
    .map(([code, meaning]) => `${code} ${meaning}`)
    .join(', ')
}
