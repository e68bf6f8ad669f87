import { type FSWatcher, statSync, watch } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { Fault } from '../../errors/fault.ts'

/** Waits for one change. */
export interface ChangeWatch {
  /** True when something changed and then nothing did for a while; false when it was closed before. Rejects with a Fault. */
  readonly changed: Promise<boolean>
  close(): void
}

interface WatchedFolder {
  readonly path: string
  readonly isRecursive: boolean
  isNews(name: string): boolean
}

/** Editors and version control write several files at once, and a file in several steps. */
const QUIET_MS = 100

/**
 * Waits for a change of any file in or below the folders of some paths. A watch is for one change, and the next one is begun before the
 * files are read: so none is missed, and folders that came and went make no difference.
 */
export function watchForChange(paths: readonly string[]): ChangeWatch {
  const folders = new Map(paths.map(folderOf).map((folder) => [folder.path, folder]))
  return watchFolders([...folders.values()])
}

/**
 * The same for somebody who also looks from time to time, since not every file system tells of changes. A mounted ConfigMap changes by a
 * link `..data` that is replaced, and a folder that is a link itself by that link: neither is seen from below.
 */
export function watchForHint(path: string): ChangeWatch {
  const whole = resolve(path)
  const below = { ...folderOf(whole), isNews: (name: string) => name.startsWith('..') || isSeen(name) }
  const above = {
    path: dirname(whole),
    isRecursive: false,
    isNews: (name: string) => name === basename(whole),
  }
  return watchFolders([below, above])
}

function watchFolders(folders: readonly WatchedFolder[]): ChangeWatch {
  const { promise: changed, resolve: tell, reject } = Promise.withResolvers<boolean>()
  const watchers: FSWatcher[] = []
  let quiet: NodeJS.Timeout | undefined
  const end = () => {
    clearTimeout(quiet)
    for (const watcher of watchers) watcher.close()
  }
  const settle = (isChange: boolean) => {
    end()
    tell(isChange)
  }
  const onChange = () => {
    clearTimeout(quiet)
    quiet = setTimeout(settle, QUIET_MS, true)
  }
  const onError = (error: unknown) => {
    // A folder that vanishes while it is being watched is a change like any other.
    if (isMissing(error)) return onChange()
    end()
    reject(watchFault(error))
  }
  for (const { path, isRecursive, isNews } of folders) {
    try {
      const onEvent = (name: string | null) => void ((name === null || isNews(name)) && onChange())
      const watcher = watch(path, { recursive: isRecursive }, (_, name) => onEvent(name))
      watchers.push(watcher.on('error', onError))
    } catch (error) {
      onError(error)
    }
  }
  return { changed, close: () => settle(false) }
}

/** The folder itself, that of a file, or the nearest one above what is not there yet. */
function folderOf(path: string): WatchedFolder {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found) return { path: found.isDirectory() ? path : dirname(path), isRecursive: true, isNews: isSeen }
  let above = dirname(path)
  while (!statSync(above, { throwIfNoEntry: false })?.isDirectory() && dirname(above) !== above)
    above = dirname(above)
  return { path: above, isRecursive: false, isNews: isSeen }
}

/** Rule files are not looked for under names that begin with a dot either. */
function isSeen(name: string): boolean {
  return name.split(/[/\\]/).every((part) => !part.startsWith('.') && part !== 'node_modules')
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
