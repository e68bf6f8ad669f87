import { createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fillOnce } from '../cache/fill-once.ts'
import { runOrThrow } from '../child-process/run-to-end.ts'

const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt')
const SCRIPT = join(import.meta.dirname, 'make.py')
const INSTALL_TIMEOUT_MS = 300_000
const RUN_TIMEOUT_MS = 60_000

/** A record that Confluent's Python client made. */
export interface ForeignRecord {
  readonly case: string
  readonly topic: string
  readonly schema_id: number
  /** What an event must show of it; null where the case is about something else. */
  readonly shown: unknown
}

/** Whether Python is there, with what it takes to make an environment. Tests that have a stored corpus to fall back on ask first. */
export function canMakeForeignRecords(): boolean {
  return spawnSync('python3', ['-c', 'import venv, ensurepip']).status === 0
}

/** Registers schemas and produces one record of each case to `<prefix><topic>`. Installs the client once. */
export async function makeForeignRecords(
  registryUrl: string,
  brokers: string,
  topicPrefix: string,
): Promise<ForeignRecord[]> {
  const hash = createHash('sha256')
    .update(await readFile(REQUIREMENTS))
    .digest('hex')
    .slice(0, 12)
  const environment = await fillOnce(`foreign-records-${hash}`, install)
  const python = join(environment, 'bin', 'python')
  const { stdout } = await runOrThrow(python, [SCRIPT, registryUrl, brokers, topicPrefix], {
    timeoutMs: RUN_TIMEOUT_MS,
  })
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ForeignRecord)
}

async function install(folder: string): Promise<void> {
  const options = { timeoutMs: INSTALL_TIMEOUT_MS }
  await runOrThrow('python3', ['-m', 'venv', folder], options)
  const pip = [
    '-m',
    'pip',
    'install',
    '-q',
    '--disable-pip-version-check',
    '--only-binary',
    ':all:',
    '-r',
    REQUIREMENTS,
  ]
  await runOrThrow(join(folder, 'bin', 'python'), pip, options)
}
