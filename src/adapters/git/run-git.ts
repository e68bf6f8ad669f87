import { spawnSync } from 'node:child_process'
import { Fault } from '../../errors/fault.ts'

/** No rules folder and no list of a repository's files is larger. */
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024
const TIMEOUT_MS = 60_000

/** Paths mean what they say, messages are in English, nothing asks questions and nothing is written. */
const ENVIRONMENT = {
  LC_ALL: 'C',
  GIT_LITERAL_PATHSPECS: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_PAGER: 'cat',
}

/** What a git command wrote, and how it ended. */
export interface GitResult {
  readonly isFine: boolean
  readonly bytes: Buffer
  readonly complaint: string
}

/**
 * Runs git without a shell, in a folder, with bounded time and output.
 *
 * @throws Fault GIT_UNUSABLE if git isn't installed, or gave no answer within the bounds
 */
export function runGit(folder: string, args: readonly string[], input = ''): GitResult {
  const { status, stdout, stderr, error } = spawnSync('git', ['-C', folder, ...args], {
    input,
    env: { ...process.env, ...ENVIRONMENT },
    maxBuffer: MAX_OUTPUT_BYTES,
    timeout: TIMEOUT_MS,
    windowsHide: true,
  })
  if (error !== undefined) throw unusable(error)
  return { isFine: status === 0, bytes: stdout, complaint: stderr.toString('utf8').trim() }
}

function unusable(error: Error): Fault {
  const code = 'code' in error ? error.code : undefined
  const [reason, hint] =
    code === 'ENOENT'
      ? ['git is not installed, or not in the PATH', 'Install git, or compare two folders.']
      : code === 'ETIMEDOUT'
        ? [`git gave no answer in ${TIMEOUT_MS / 1000} s`, 'Try the same with `git ls-tree` yourself.']
        : code === 'ENOBUFS'
          ? ['git wrote more than can be taken in', 'Check out the two revisions, and compare their folders.']
          : [`git can’t be run: ${error.message}`, 'Check out the two revisions, and compare their folders.']
  return new Fault('GIT_UNUSABLE', reason, hint, { cause: error })
}
