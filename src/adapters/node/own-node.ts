import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The first major version that has all that Assay uses (zstd, grouping, promises with resolvers). */
const LEAST_MAJOR = 24
const EXIT_INVALID = 2
const EXIT_RUNTIME_FAILURE = 4

/** Whether this process runs on a Node that Assay does not run on. This file itself must load on any Node with modules. */
export function isNodeTooOld(): boolean {
  return Number(process.versions.node.split('.')[0]) < LEAST_MAJOR
}

/**
 * Runs the command again on the Node that the project brings as a development dependency, if it is there: in a checkout, `assay` then
 * works whatever the system has. Signals are passed on; resolves with the exit code.
 */
export async function runWithOwnNode(main: string, args: readonly string[]): Promise<number> {
  const ownNode = join(import.meta.dirname ?? '.', '..', '..', '..', 'node_modules', '.bin', 'node')
  if (!existsSync(ownNode)) {
    const found = `assay needs Node ${LEAST_MAJOR} or later; this is ${process.version}.`
    process.stderr.write(`${found}\n  hint: Install a newer Node, or use the image of the Dockerfile.\n`)
    return EXIT_INVALID
  }
  const child = spawn(ownNode, [main, ...args], { stdio: 'inherit' })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => {
    child.on('error', () => resolve(EXIT_RUNTIME_FAILURE))
    child.on('exit', (code) => resolve(code ?? EXIT_RUNTIME_FAILURE))
  })
}
