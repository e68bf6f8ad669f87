import { createRequire } from 'node:module'
import { Command, CommanderError, Option } from 'commander'
import type { Flags } from '../config/run-config.ts'
import { DATADOG_SETTINGS, KAFKA_SETTINGS, RUN_SETTINGS } from '../config/settings.ts'
import { EXIT_CODES } from '../report/exit-codes.ts'
import { check } from './check.ts'
import type { CheckFlags } from './check.ts'
import { run } from './run.ts'
import type { Streams } from './streams.ts'
import { validate } from './validate.ts'

const OUTPUTS = ['text', 'json']

/** Runs one command line and resolves with its exit code (`EXIT_CODES`). */
export async function runProgram(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  streams: Streams,
): Promise<number> {
  let exitCode: number = EXIT_CODES.fine
  const program = createProgram(env, streams, (code) => {
    exitCode = code
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? EXIT_CODES.fine : EXIT_CODES.invalid
  }
}

function createProgram(env: NodeJS.ProcessEnv, streams: Streams, end: (exitCode: number) => void): Command {
  const program = new Command('assay')
    .description('Contract tests on live Kafka topics.')
    .version(version())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => streams.out.write(text),
      writeErr: (text) => streams.err.write(text),
    })
    .showSuggestionAfterError()
    .showHelpAfterError('(`assay --help` lists the commands and flags)')
    .addHelpText('after', `\nExit codes: ${exitCodeHelp()}`)

  program
    .command('validate')
    .description('report every problem of every contract file')
    .argument('<paths...>', 'folders or contract files')
    .addOption(new Option('--output <format>', 'how to print').choices(OUTPUTS).default('text'))
    .action((paths: string[], { output }: { output: 'text' | 'json' }) =>
      end(validate(paths, output, streams)),
    )

  program
    .command('check')
    .description('judge a file of events, one JSON value a line')
    .argument('<file>', 'the file, or - for standard input')
    .addOption(
      new Option('--rules <dir>', envHelp('folder with the contract files', 'ASSAY_RULES')).default(
        env.ASSAY_RULES ?? 'rules',
      ),
    )
    .option(
      '--topic <topic>',
      'the topic that the events are a sample of; required if the contracts name several',
    )
    .addOption(new Option('--output <format>', 'how to print').choices(OUTPUTS).default('text'))
    .action(async (file: string, flags: CheckFlags) => end(await check(file, flags, streams)))

  const runCommand = program.command('run').description('consume, judge and report until stopped')
  for (const { flag, argument, env: variable, fallback, help } of Object.values(RUN_SETTINGS)) {
    const normally = fallback === undefined ? '' : `; ${fallback} unless given`
    runCommand.option(`--${flag} <${argument}>`, envHelp(`${help}${normally}`, variable))
  }
  runCommand
    .addHelpText('after', environmentHelp())
    .action(async (flags: Flags) => end(await run(flags, env, streams)))
  return program
}

function envHelp(help: string, variable: string): string {
  return `${help} [${variable}]`
}

function environmentHelp(): string {
  const lines = [...KAFKA_SETTINGS, ...DATADOG_SETTINGS].map(({ env, help }) => `  ${env.padEnd(22)} ${help}`)
  return `\nEach flag can be given as the environment variable in brackets instead. From the environment alone:\n${lines.join('\n')}`
}

function exitCodeHelp(): string {
  const { fine, failed, invalid, runtimeFailure } = EXIT_CODES
  return `${fine} fine, ${failed} data or a rule test failed, ${invalid} usage, configuration or a rule file is wrong (nothing was judged), ${runtimeFailure} runtime failure`
}

/** package.json stands one level above this room's parent, in the sources and in the built package alike. */
function version(): string {
  const { version: text } = createRequire(import.meta.url)('../../package.json') as { version: string }
  return text
}
