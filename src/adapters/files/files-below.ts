import { existsSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { Fault } from '../../errors/fault.ts'

/** A file to be written, relative to a folder. */
export interface FileToWrite {
  readonly path: string
  readonly text: string
}

/**
 * Writes files below a folder: all of them, or none if one is there already with another text and `force` is not set.
 *
 * @returns the paths of the files as they were written
 * @throws Fault FILE_EXISTS, OUTPUT_UNWRITABLE
 */
export function writeFilesBelow(
  folder: string,
  files: readonly FileToWrite[],
  force: boolean,
): readonly string[] {
  const targets = files.map(({ path, text }) => ({ path: join(folder, path), text }))
  for (const { path } of targets) refuseOutside(folder, path)
  const there = force ? [] : targets.filter(isInTheWay).map(({ path }) => path)
  if (there.length > 0) {
    throw new Fault(
      'FILE_EXISTS',
      `nothing was written, for ${there.length === 1 ? 'a file is' : 'files are'} there already: ${there.join(', ')}`,
      'Choose another folder with --out, or write over them with --force.',
    )
  }
  for (const { path, text } of targets) write(path, text)
  return targets.map(({ path }) => path)
}

/** A file that says the same already does no harm: contracts may share a schema. */
function isInTheWay({ path, text }: FileToWrite): boolean {
  if (!existsSync(path)) return false
  return !statSync(path).isFile() || readFileSync(path, 'utf8') !== text
}

function write(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  } catch (error) {
    throw unwritable(path, error)
  }
}

/** What names come from a stranger's file, so none of them may lead elsewhere. */
function refuseOutside(folder: string, path: string): void {
  const way = relative(resolve(folder), resolve(path))
  if (way !== '..' && !way.startsWith(`..${sep}`) && !isLinkedAway(folder, path)) return
  throw unwritable(path, new Error(`it lies outside of ${folder}`))
}

function isLinkedAway(folder: string, path: string): boolean {
  const parent = dirname(path)
  if (!existsSync(folder) || !existsSync(parent)) return false
  const way = relative(realpathSync(folder), realpathSync(parent))
  return way === '..' || way.startsWith(`..${sep}`)
}

function unwritable(path: string, error: unknown): Fault {
  return new Fault(
    'OUTPUT_UNWRITABLE',
    `${path} can’t be written: ${error instanceof Error ? error.message : String(error)}`,
    'Check the path, and who may write there.',
    { cause: error },
  )
}
