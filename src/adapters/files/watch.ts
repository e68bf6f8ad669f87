import { type FSWatcher, statSync, watch } from 'node:fs'
import { dirname } from 'node:path'
import { Fault } from '../../errors/fault.ts'

/** Waits for one change. */
export interface ChangeWatch {
  /** True when something changed and then nothing did for a while; false when it was closed before. Rejects with a Fault. */
  readonly changed: Promise<boolean>
  close(): void
}

/** Editors and version control write several files at once, and a file in several steps. */
const QUIET_MS = 100

/**
 * Waits for a change of any file in or below the folders of some paths. A watch is for one change, and the next one is begun before the
 * files are read: so none is missed, and folders that came and went make no difference.
 */
export function watchForChange(paths: readonly string[]): ChangeWatch {
  const { promise: changed, resolve, reject } = Promise.withResolvers<boolean>()
  const watchers: FSWatcher[] = []
  let quiet: NodeJS.Timeout | undefined
  const settle = (isChange: boolean) => {
    clearTimeout(quiet)
    for (const watcher of watchers) watcher.close()
    resolve(isChange)
  }
  const onChange = (name: string | null) => {
    if (name !== null && isPassedOver(name)) return
    clearTimeout(quiet)
    quiet = setTimeout(settle, QUIET_MS, true)
  }
  const onError = (error: unknown) => {
    // A folder that vanishes while it is being watched is a change like any other.
    if (isMissing(error)) return onChange(null)
    settle(false)
    reject(watchFault(error))
  }
  for (const folder of new Set(paths.map(folderOf))) {
    try {
      const watcher = watch(folder.path, { recursive: folder.isRecursive }, (_, name) => onChange(name))
      watchers.push(watcher.on('error', onError))
    } catch (error) {
      onError(error)
    }
  }
  return { changed, close: () => settle(false) }
}

/** The folder itself, that of a file, or the nearest one above what is not there yet. */
function folderOf(path: string): { readonly path: string; readonly isRecursive: boolean } {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found) return { path: found.isDirectory() ? path : dirname(path), isRecursive: true }
  let above = dirname(path)
  while (!statSync(above, { throwIfNoEntry: false })?.isDirectory() && dirname(above) !== above)
    above = dirname(above)
  return { path: above, isRecursive: false }
}

/** Names that rule files are not looked for under either. */
function isPassedOver(name: string): boolean {
  return name.split(/[/\\]/).some((part) => part.startsWith('.') || part === 'node_modules')
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

function watchFault(error: unknown): Fault {
  const reason = error instanceof Error ? error.message : String(error)
  return new Fault(
    'WATCH_FAILED',
    `changes can’t be watched: ${reason}`,
    'Watch a smaller folder, raise the limit of the operating system, or run without --watch.',
    { cause: error },
  )
}
