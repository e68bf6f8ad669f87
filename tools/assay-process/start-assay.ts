import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A line of the service's log. */
export interface LogLine {
  readonly level: string
  readonly msg: string
  readonly [field: string]: unknown
}

/** A running `assay run`. */
export interface AssayProcess {
  readonly pid: number
  readonly log: readonly LogLine[]
  /** Resolves with the first log line, past or to come, that fits. Rejects with the log's end if the process ends before. */
  logged(isWanted: (line: LogLine) => boolean): Promise<LogLine>
  /** Base address of the HTTP server, once it listens. */
  http(): Promise<string>
  signal(signal: NodeJS.Signals): void
  /** The exit code, or null when a signal ended it; resolves when the process has ended. */
  readonly ended: Promise<number | null>
  /** Ends it by SIGTERM, and by SIGKILL if it is still there after `graceMs`. */
  stop(graceMs?: number): Promise<number | null>
}

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main.ts')

/**
 * Starts the service as a process of its own, as it runs in production.
 *
 * @param flags of `assay run`; an HTTP server on a free port is added unless `--http` is given
 */
export function startAssay(
  flags: readonly string[],
  env: NodeJS.ProcessEnv = {},
  command: readonly string[] = [process.execPath, MAIN],
): AssayProcess {
  const http = flags.includes('--http') ? [] : ['--http', '127.0.0.1:0']
  const [program, ...args] = command as [string, ...string[]]
  const child = spawn(program, [...args, 'run', ...flags, ...http], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // Ctrl-C in a terminal must reach the parent alone, which stops the service in its own order.
    detached: true,
    env: { ...withoutSettings(process.env), ...env },
  })
  const endWithParent = () => child.kill('SIGKILL')
  process.once('exit', endWithParent)
  const ended = once(child, 'exit').then(([code]) => {
    process.removeListener('exit', endWithParent)
    return code as number | null
  })
  const log: LogLine[] = []
  const waiting = new Set<() => void>()
  const closed = readLog(child, log, waiting)
  const logged = (isWanted: (line: LogLine) => boolean) => firstFitting(log, waiting, closed, isWanted)
  return {
    pid: child.pid ?? 0,
    log,
    logged,
    http: async () => `http://${String((await logged(({ msg }) => msg === 'Assay runs'))['http'])}`,
    signal: (signal) => void child.kill(signal),
    ended,
    stop: (graceMs = 25_000) => stop(child, ended, graceMs),
  }
}

/** The settings of the machine that runs a test are not the test's. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(ASSAY|KAFKA|DD|SCHEMA_REGISTRY)_/.test(name)),
  )
}

async function readLog(child: ChildProcess, log: LogLine[], waiting: Set<() => void>): Promise<void> {
  if (child.stderr === null) return
  for await (const text of createInterface({ input: child.stderr })) {
    log.push(parseLogLine(text))
    for (const wake of waiting) wake()
  }
}

function parseLogLine(text: string): LogLine {
  try {
    return JSON.parse(text) as LogLine
  } catch {
    return { level: 'text', msg: text }
  }
}

function firstFitting(
  log: readonly LogLine[],
  waiting: Set<() => void>,
  closed: Promise<void>,
  isWanted: (line: LogLine) => boolean,
): Promise<LogLine> {
  const { promise, resolve, reject } = Promise.withResolvers<LogLine>()
  const look = () => {
    const found = log.find(isWanted)
    if (found !== undefined) resolve(found)
  }
  waiting.add(look)
  look()
  void closed.then(() =>
    reject(new Error(`The process ended without that line. Its log ends:\n${tail(log)}`)),
  )
  return promise.finally(() => waiting.delete(look))
}

function tail(log: readonly LogLine[]): string {
  return log
    .slice(-15)
    .map((line) => JSON.stringify(line))
    .join('\n')
}

async function stop(
  child: ChildProcess,
  ended: Promise<number | null>,
  graceMs: number,
): Promise<number | null> {
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), graceMs)
  const code = await ended
  clearTimeout(force)
  return code
}
