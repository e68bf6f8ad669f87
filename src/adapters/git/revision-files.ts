import { posix } from 'node:path'
import { Fault } from '../../errors/fault.ts'
import type { Repository } from './repository.ts'
import { runGit } from './run-git.ts'

/** A text file, or why it can't be read. */
export type RevisionText =
  { readonly path: string; readonly text: string } | { readonly path: string; readonly missing: string }

interface Entry {
  readonly mode: string
  readonly object: string
  readonly bytes: number
}

const MAX_FILE_BYTES = 16 * 1024 * 1024
const MAX_LINKS = 8
const SYMBOLIC_LINK = '120000'
const CONTRACT_SUFFIX = '.contract.yaml'
const POLICY_NAME = 'assay.policy.yaml'

/**
 * The files of a revision, without touching the working folder. Paths are from the root of the repository, and shown as
 * `revision:path`.
 *
 * @throws Fault GIT_UNUSABLE
 */
export class RevisionFiles {
  readonly #repository: Repository
  readonly #revision: string
  readonly #entries: ReadonlyMap<string, Entry>
  readonly #texts = new Map<string, string>()

  /** @param commit the hash that `revision` stands for */
  constructor(repository: Repository, revision: string, commit: string) {
    this.#repository = repository
    this.#revision = revision
    this.#entries = listEntries(repository.root, commit)
    this.#readAll(this.#contracts())
  }

  /** Names of the contract files below the rules folder, as they are shown. Hidden ones are passed over, like on disk. */
  contractFiles(): string[] {
    return this.#contracts().map((path) => this.#shown(path))
  }

  /**
   * The policy files that hold for them, the outermost first: below the rules folder, and the nearest one above it. Only the outermost
   * may be there; the others name it.
   */
  policyFiles(): { readonly path: string; readonly isWhole: boolean; readonly outer: string | undefined }[] {
    const { folder } = this.#repository
    const above = foldersAbove(folder)
      .map((one) => posix.join(one, POLICY_NAME))
      .find((path) => this.#entries.has(path))
    const below = this.#below(folder)
      .filter((path) => posix.basename(path) === POLICY_NAME)
      .toSorted((a, b) => a.split('/').length - b.split('/').length)
    const all = above === undefined ? below : [above, ...below]
    return all.map((path, index) => ({
      path: this.#shown(path),
      isWhole: path !== above,
      outer: index === 0 ? undefined : this.#shown(all[0] ?? ''),
    }))
  }

  /** The text of a file that is named as it is shown. */
  read(shown: string): RevisionText {
    return this.#readPath(shown.slice(this.#revision.length + 1), shown, MAX_LINKS)
  }

  /** The text of the file that `reference` names, seen from the file `from`. */
  readReference(from: string, reference: string): RevisionText {
    const path = posix.join(posix.dirname(from.slice(this.#revision.length + 1)), reference)
    return this.#readPath(path, this.#shown(path), MAX_LINKS)
  }

  /** A shown name as seen from the rules folder. */
  relative(shown: string): string {
    return posix.relative(this.#repository.folder, shown.slice(this.#revision.length + 1))
  }

  #shown(path: string): string {
    return `${this.#revision}:${path}`
  }

  #contracts(): string[] {
    const { folder } = this.#repository
    return this.#below(folder)
      .filter((path) => path === folder || path.endsWith(CONTRACT_SUFFIX))
      .sort()
  }

  /** The folder itself, if it is a file, and all files below it that are not hidden. */
  #below(folder: string): string[] {
    const prefix = folder === '' ? '' : `${folder}/`
    return [...this.#entries.keys()].filter(
      (path) => path === folder || (path.startsWith(prefix) && isVisible(path.slice(prefix.length))),
    )
  }

  #readPath(path: string, shown: string, linksLeft: number): RevisionText {
    const entry = this.#entries.get(path)
    if (entry === undefined) return { path: shown, missing: 'there is no such file in that revision' }
    if (entry.bytes > MAX_FILE_BYTES) return { path: shown, missing: `it has ${entry.bytes} bytes, too many` }
    this.#readAll([path])
    const text = this.#texts.get(entry.object) ?? ''
    if (entry.mode !== SYMBOLIC_LINK) return { path: shown, text }
    if (linksLeft === 0) return { path: shown, missing: 'links lead round in circles' }
    return this.#readPath(posix.join(posix.dirname(path), text), shown, linksLeft - 1)
  }

  /** Reads many files with one process. */
  #readAll(paths: readonly string[]): void {
    const entries = paths.flatMap((path) => this.#entries.get(path) ?? [])
    const wanted = entries.filter(({ object, bytes }) => !this.#texts.has(object) && bytes <= MAX_FILE_BYTES)
    const objects = [...new Set(wanted.map(({ object }) => object))]
    if (objects.length === 0) return
    const { isFine, bytes, complaint } = runGit(
      this.#repository.root,
      ['cat-file', '--batch'],
      `${objects.join('\n')}\n`,
    )
    if (!isFine) throw unreadable(this.#revision, complaint)
    for (const [object, text] of parseBatch(bytes)) this.#texts.set(object, text)
  }
}

function isVisible(path: string): boolean {
  return path.split('/').every((part) => !part.startsWith('.') && part !== 'node_modules')
}

/** From the inside out, up to the root of the repository. */
function foldersAbove(folder: string): string[] {
  const parts = folder === '' ? [] : folder.split('/')
  return parts.map((_, index) => parts.slice(0, parts.length - 1 - index).join('/'))
}

/** `<mode> SP <type> SP <object> SP+ <size> TAB <path> NUL`: git-ls-tree(1), option -l. */
const ENTRY = /^(\d+) (\w+) ([0-9a-f]+) +(\d+|-)\t([^]+)$/

function listEntries(root: string, commit: string): ReadonlyMap<string, Entry> {
  const { isFine, bytes, complaint } = runGit(root, ['ls-tree', '-r', '-l', '-z', '--full-tree', commit])
  if (!isFine) throw unreadable(commit, complaint)
  const entries = new Map<string, Entry>()
  for (const line of bytes.toString('utf8').split('\0')) {
    const [, mode = '', type, object = '', size = '', path = ''] = ENTRY.exec(line) ?? []
    if (type === 'blob') entries.set(path, { mode, object, bytes: Number(size) })
  }
  return entries
}

/** `<object> SP blob SP <size> LF <contents> LF` for each object: git-cat-file(1), option --batch. */
function parseBatch(bytes: Buffer): [object: string, text: string][] {
  const found: [string, string][] = []
  for (let at = 0; at < bytes.length;) {
    const headEnd = bytes.indexOf(0x0a, at)
    if (headEnd === -1) break
    const [object = '', , size] = bytes.toString('utf8', at, headEnd).split(' ')
    const length = Number(size)
    // `<object> missing`, of a damaged or partial repository: the file then counts as empty of text.
    if (!Number.isInteger(length)) {
      at = headEnd + 1
      continue
    }
    found.push([object, bytes.toString('utf8', headEnd + 1, headEnd + 1 + length)])
    at = headEnd + 1 + length + 1
  }
  return found
}

function unreadable(revision: string, complaint: string): Fault {
  return new Fault(
    'GIT_UNUSABLE',
    `the files of ${revision} can’t be read: ${complaint}`,
    'Check the repository with `git fsck`; in a partial clone, fetch the revision first.',
  )
}
