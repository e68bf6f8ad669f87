import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'

/** A background process that can't outlive this one. */
export interface GuardedProcess {
  readonly pid: number
  /** Resolves when the process has ended, for whatever reason. */
  readonly ended: Promise<void>
  hasEnded(): boolean
  /** The last characters of what it wrote to stdout and stderr. */
  logTail(): Promise<string>
  /** Sends the signal and resolves when the process has ended. */
  end(signal?: NodeJS.Signals): Promise<void>
}

export interface GuardOptions {
  /** Takes stdout and stderr. */
  readonly logFile: string
  /** A folder that is removed if this process dies before the started one. */
  readonly scratchFolder: string
  readonly cwd?: string
}

/** Kills the process and removes its folder as soon as stdin closes, which the operating system does however its parent ends. */
const WATCHER_SCRIPT = 'cat >/dev/null; kill -9 "$1" 2>/dev/null; sleep 0.2; rm -rf "$2"'

/**
 * Starts a program with a watcher beside it. A handler for `exit` would miss SIGKILL and crashes, and test runners do kill their workers:
 * so a shell waits on a pipe from us and cleans up when the pipe breaks.
 */
export async function startGuarded(
  command: string,
  args: readonly string[],
  options: GuardOptions,
): Promise<GuardedProcess> {
  const log = openSync(options.logFile, 'a')
  // A group of its own, so that Ctrl-C in a terminal reaches us first and the order of stopping stays ours.
  const child = spawn(command, args, { cwd: options.cwd, stdio: ['ignore', log, log], detached: true })
  closeSync(log)
  await once(child, 'spawn')
  child.unref()
  const ended = once(child, 'exit').then(() => undefined)
  return toGuarded(child, ended, startWatcher(child, options.scratchFolder), options)
}

function startWatcher(child: ChildProcess, scratchFolder: string): ChildProcess {
  const watcher = spawn('sh', ['-c', WATCHER_SCRIPT, 'sh', String(child.pid), scratchFolder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  watcher.unref()
  watcher.stdin?.on('error', () => {})
  // Once the process has ended, its id may be given to a stranger: nothing may be killed by that id any more.
  child.once('exit', () => watcher.kill('SIGKILL'))
  return watcher
}

function toGuarded(
  child: ChildProcess,
  ended: Promise<void>,
  watcher: ChildProcess,
  options: GuardOptions,
): GuardedProcess {
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  return {
    pid: child.pid ?? 0,
    ended,
    hasEnded,
    logTail: async () => (await readFile(options.logFile, 'utf8')).slice(-3000),
    end: async (signal = 'SIGTERM') => {
      child.ref()
      if (!hasEnded()) child.kill(signal)
      await ended
      watcher.kill('SIGKILL')
    },
  }
}
