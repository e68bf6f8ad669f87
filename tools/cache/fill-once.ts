import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const LOCK_POLL_MS = 200

/** The folder outside the repository that keeps downloaded and built parts: `ASSAY_CACHE_DIR`, else `~/.cache/assay`. */
export function cacheFolder(): string {
  return process.env['ASSAY_CACHE_DIR'] ?? join(homedir(), '.cache', 'assay')
}

/**
 * Gives the path of the cached folder `name`, which `fill` makes if it is not there yet. The folder appears whole or not at all: it is
 * filled beside its place and then renamed.
 */
export async function fillOnce(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cacheFolder(), name)
  if (existsSync(folder)) return folder
  await mkdir(cacheFolder(), { recursive: true })
  return underLock(`${folder}.lock`, async () => {
    if (!existsSync(folder)) await fillAndRename(folder, fill)
    return folder
  })
}

async function fillAndRename(folder: string, fill: (folder: string) => Promise<void>): Promise<void> {
  const partial = await mkdtemp(`${folder}.partial-`)
  try {
    await fill(partial)
    await rename(partial, folder)
  } catch (error) {
    await rm(partial, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
}

/**
 * The lock only spares a second process the download: what keeps the cache whole is the rename. So a stolen or left-over lock costs time
 * and nothing else.
 */
async function underLock<Result>(lockFile: string, work: () => Promise<Result>): Promise<Result> {
  while (!(await tryLock(lockFile))) await delay(LOCK_POLL_MS)
  try {
    return await work()
  } finally {
    await rm(lockFile, { force: true })
  }
}

async function tryLock(lockFile: string): Promise<boolean> {
  try {
    await writeFile(lockFile, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
    if (!(await isHeld(lockFile))) await rm(lockFile, { force: true })
    return false
  }
}

async function isHeld(lockFile: string): Promise<boolean> {
  const text = await readFile(lockFile, 'utf8').catch(() => undefined)
  // An empty file is a lock between its creation and the writing of the process id.
  if (text === undefined || text === '') return true
  try {
    process.kill(Number(text), 0)
    return true
  } catch (error) {
    return !hasCode(error, 'ESRCH')
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
