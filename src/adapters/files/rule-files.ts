import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** A text file, or why it can't be read. */
export type FileText =
  { readonly path: string; readonly text: string } | { readonly path: string; readonly missing: string }

const CONTRACT_SUFFIX = '.contract.yaml'

/**
 * The contract files below the given paths, sorted, each once. A path may be a folder or a file. Names that begin with a dot are passed
 * over: a mounted ConfigMap keeps its generations in folders named `..2026_…`.
 *
 * @returns the files, and the paths that can't be read or hold none
 */
export function findContractFiles(paths: readonly string[]): {
  readonly files: string[]
  readonly without: string[]
} {
  const found = new Map<string, string>()
  const without: string[] = []
  for (const path of paths) {
    const unreadable: string[] = []
    const files = contractFilesBelow(path, unreadable, new Set())
    without.push(...(files.length === 0 && unreadable.length === 0 ? [path] : unreadable))
    for (const file of files) {
      const real = realPathOf(file)
      if (!found.has(real)) found.set(real, file)
    }
  }
  return { files: [...found.values()].sort(), without }
}

/**
 * @param unreadable takes in folders that can't be read: their contracts must not go missing without a word
 * @param seen real paths of the folders so far, for links may lead round in circles
 */
function contractFilesBelow(path: string, unreadable: string[], seen: Set<string>): string[] {
  const real = realPathOf(path)
  if (seen.has(real)) return []
  seen.add(real)
  try {
    if (!statSync(path).isDirectory()) return [path]
    const entries = readdirSync(path).filter((name) => !name.startsWith('.') && name !== 'node_modules')
    return entries.flatMap((name) => {
      const entry = join(path, name)
      if (isFolder(entry)) return contractFilesBelow(entry, unreadable, seen)
      return isContract(entry) ? [entry] : []
    })
  } catch {
    unreadable.push(path)
    return []
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/** A link that leads nowhere is its own path: that there is no such file is said when it is read. */
function realPathOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

function isContract(path: string): boolean {
  return basename(path).endsWith(CONTRACT_SUFFIX)
}

/** The text of a file. */
export function readTextFile(path: string): FileText {
  try {
    return { path, text: readFileSync(path, 'utf8') }
  } catch (error) {
    return { path, missing: explain(error) }
  }
}

/** The text of the file that `reference` names, seen from the file `from`. */
export function readReferencedFile(from: string, reference: string): FileText {
  return readTextFile(join(dirname(from), reference))
}

function explain(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EACCES') return 'the file may not be read'
  return code === 'EISDIR' ? 'that is a folder' : 'the file can’t be read'
}
