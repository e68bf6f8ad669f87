import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

/** What a finished process left behind. `exitCode` is null when a signal ended it. */
export interface Finished {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly stdin?: string | Uint8Array
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  readonly timeoutMs?: number
}

/** Runs a program until it ends. Rejects only if it can't be started: what a non-zero exit code means is the caller's to say. */
export async function runToEnd(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Finished> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    timeout: options.timeoutMs,
    killSignal: 'SIGKILL',
  })
  // A program that ends without reading its input makes the write fail; its exit code tells why.
  child.stdin.on('error', () => {})
  child.stdin.end(options.stdin ?? '')
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const [exitCode, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
  return { exitCode, stdout, stderr }
}

/** Like `runToEnd`, but rejects with the end of the program's output when the exit code is not zero. */
export async function runOrThrow(
  command: string,
  args: readonly string[],
  options?: RunOptions,
): Promise<Finished> {
  const finished = await runToEnd(command, args, options)
  if (finished.exitCode === 0) return finished
  const output = `${finished.stdout}\n${finished.stderr}`.trim().slice(-2000)
  throw new Error(`${command} ${args.join(' ')} ended with ${finished.exitCode ?? 'a signal'}:\n${output}`)
}
