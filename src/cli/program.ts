import { Command, CommanderError } from 'commander'
import { EXIT_CODE_MEANINGS, EXIT_CODES } from '../report/exit-codes.ts'
import { addApply } from './apply.ts'
import { addCheck } from './check.ts'
import type { CommandLine } from './command-line.ts'
import { addDiff } from './diff.ts'
import { addEval } from './eval.ts'
import { addExplain } from './explain.ts'
import { addExport } from './export.ts'
import { addGenerate } from './generate.ts'
import { addGenerateDocs } from './generate-docs.ts'
import { addImport } from './import.ts'
import { addInit } from './init.ts'
import { ownVersion } from './own-version.ts'
import { addRun } from './run.ts'
import type { Streams } from './streams.ts'
import { addStatus } from './status.ts'
import { addTest } from './test.ts'
import { addValidate } from './validate.ts'

/** The commands, in the order in which help lists them. */
const COMMANDS = [
  addInit,
  addValidate,
  addTest,
  addCheck,
  addExplain,
  addDiff,
  addImport,
  addExport,
  addGenerate,
  addApply,
  addGenerateDocs,
  addEval,
  addRun,
  addStatus,
]

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
    await createProgram({ env, streams, end }).parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? EXIT_CODES.fine : EXIT_CODES.invalid
  }
}

/** All commands with their flags, ready to parse a command line. */
export function createProgram(commandLine: CommandLine): Command {
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
  for (const addTo of COMMANDS) addTo(program, commandLine)
  return program
}

function exitCodeHelp(): string {
  return Object.entries(EXIT_CODE_MEANINGS)
    .map(([code, meaning]) => `${code} ${meaning}`)
    .join(', ')
}
