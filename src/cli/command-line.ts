import { Option } from 'commander'
import { RUN_SETTINGS } from '../config/settings.ts'
import { BadValue, parseChoice } from '../config/values.ts'
import { ENGINES } from '../model/contract.ts'
import type { EngineChoice } from '../model/contract.ts'
import type { Problem } from '../model/problem.ts'
import type { Streams } from './streams.ts'

/** What every command is given: the environment, where to write, and whom to tell how it ended. */
export interface CommandLine {
  readonly env: NodeJS.ProcessEnv
  readonly streams: Streams
  readonly end: (exitCode: number) => void
}

/** `--output`, with the formats that a command can print; the first is the default. */
export function outputOption(formats: readonly [string, ...string[]]): Option {
  return new Option('--output <format>', 'how to print').choices(formats).default(formats[0])
}

/** `--rules`, for commands that read one folder of contracts. */
export function rulesOption(env: NodeJS.ProcessEnv): Option {
  return new Option('--rules <dir>', envHelp('folder with the contract files', 'ASSAY_RULES')).default(
    env.ASSAY_RULES ?? 'rules',
  )
}

/** `--engine`, as `assay run` has it. */
export function engineOption(env: NodeJS.ProcessEnv): Option {
  const { env: variable, flag, argument, help, fallback } = RUN_SETTINGS.engine
  return new Option(`--${flag} <${argument}>`, envHelp(help, variable)).default(env[variable] || fallback)
}

/** What `--engine` or its variable says, or the problem with it. */
export function parseEngine(text: string): EngineChoice | Problem {
  const engine = parseChoice(text, ENGINES)
  return engine instanceof BadValue
    ? {
        code: 'CONFIG_INVALID',
        severity: 'error',
        message: `--${RUN_SETTINGS.engine.flag} must be ${engine.expected}, not \`${text}\``,
        hint: `It may come from the environment too: ${RUN_SETTINGS.engine.env}.`,
      }
    : engine
}

/** Said once where Node was started with --disallow-code-generation-from-strings. */
export const NO_CODE_GENERATION =
  'Node may not make code from strings: expressions are evaluated by the interpreter, with the same verdicts at a multiple of the cost'

/** A line of help that names the environment variable that stands for a flag. */
export function envHelp(help: string, variable: string): string {
  return `${help} [${variable}]`
}
