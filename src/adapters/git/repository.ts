import { realpathSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import { Fault } from '../../errors/fault.ts'
import { runGit } from './run-git.ts'

/** A git repository on disk. */
export interface Repository {
  /** Its topmost folder. */
  readonly root: string
  /** The path of a folder of it, from `root`, with `/`; empty for `root` itself. */
  readonly folder: string
}

/**
 * The repository that a folder belongs to. The folder need not be there: another revision may have it.
 *
 * @throws Fault GIT_NO_REPOSITORY, GIT_UNUSABLE
 */
export function findRepository(from: string, folder: string): Repository {
  const { isFine, bytes, complaint } = runGit(from, ['rev-parse', '--show-toplevel'])
  if (!isFine) {
    throw new Fault(
      'GIT_NO_REPOSITORY',
      `${resolve(from)} belongs to no git repository${complaint === '' ? '' : ` (git says: ${firstLine(complaint)})`}`,
      'Run the command inside of the repository, or compare two folders.',
    )
  }
  const root = bytes.toString('utf8').trimEnd()
  const path = relative(root, resolve(realpathSync(from), folder))
    .split(sep)
    .join('/')
  if (path === '..' || path.startsWith('../')) {
    throw new Fault(
      'GIT_NO_REPOSITORY',
      `${folder} lies outside of the git repository ${root}`,
      'Name a folder of the repository with --rules.',
    )
  }
  return { root, folder: path }
}

/**
 * The commit that a revision names, as its hash.
 *
 * @throws Fault GIT_UNKNOWN_REVISION, GIT_UNUSABLE
 */
export function resolveRevision({ root }: Repository, revision: string): string {
  const isOption = revision.startsWith('-')
  const found = isOption
    ? undefined
    : runGit(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])
  if (found?.isFine) return found.bytes.toString('utf8').trim()
  throw new Fault(
    'GIT_UNKNOWN_REVISION',
    `${JSON.stringify(revision)} is neither a path nor a revision of the git repository ${root}`,
    hintFor(revision),
  )
}

function hintFor(revision: string): string {
  if (revision.startsWith('-')) return 'No revision begins with a dash. `assay diff --help` lists the flags.'
  if (revision.includes('..')) return 'Name the two revisions as two arguments: `assay diff main HEAD`.'
  if (revision.startsWith('origin/') || /^[0-9a-f]{7,40}$/.test(revision)) {
    return 'A clone may not have it: run `git fetch` first; in a shallow clone of CI, fetch with more depth.'
  }
  return 'Name a branch, a tag or a commit that `git rev-parse` knows, or an existing path. In CI, fetch it first.'
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? ''
}
