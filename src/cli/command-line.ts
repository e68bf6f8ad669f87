import { Option } from 'commander'
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

/** A line of help that names the environment variable that stands for a flag. */
export function envHelp(help: string, variable: string): string {
  return `${help} [${variable}]`
}
