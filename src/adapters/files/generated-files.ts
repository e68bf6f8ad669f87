import { lstatSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Fault } from '../../errors/fault.ts'
import type { Drift, GeneratedFile } from '../../model/generated-file.ts'

/** What writing came to: paths relative to the folder, sorted. */
export interface Written {
  readonly written: readonly string[]
  readonly removed: readonly string[]
  readonly unchanged: number
}

/**
 * How a folder differs from the files that belong into it. Files without the mark are somebody else's and are passed over, unless they
 * stand where one of the files belongs.
 *
 * @throws Fault INPUT_UNREADABLE
 */
export function driftOf(folder: string, files: readonly GeneratedFile[], mark: string): Drift[] {
  const wanted = new Map(files.map(({ path, text }) => [path, text]))
  const found = readTree(folder)
  const drifts: Drift[] = []
  for (const [path, text] of wanted) {
    const there = found.get(path)
    if (there === undefined) drifts.push({ path, kind: 'missing' })
    else if (there !== text) drifts.push({ path, kind: 'differs', line: firstDifference(there, text) })
  }
  for (const [path, text] of found) {
    if (!wanted.has(path) && text.includes(mark)) drifts.push({ path, kind: 'orphaned' })
  }
  return drifts.sort((one, other) => (one.path < other.path ? -1 : 1))
}

/** The number of the first line that differs; past the last one where the rest is missing. */
function firstDifference(there: string, wanted: string): number {
  const lines = wanted.split('\n')
  const found = there.split('\n')
  const index = found.findIndex((line, place) => line !== lines[place])
  return (index === -1 ? found.length : index) + 1
}

/**
 * Makes a folder hold the files: writes those that differ, and removes those with the mark that are of nothing any more. A file of
 * somebody else is never written over: then nothing is written at all.
 *
 * @throws Fault FILE_EXISTS, OUTPUT_UNWRITABLE, INPUT_UNREADABLE
 */
export function writeGenerated(folder: string, files: readonly GeneratedFile[], mark: string): Written {
  const drifts = driftOf(folder, files, mark)
  const pathsOf = (...kinds: readonly Drift['kind'][]) =>
    drifts.filter(({ kind }) => kinds.includes(kind)).map(({ path }) => path)
  refuseForeign(folder, pathsOf('differs'), mark)
  const changed = new Set(pathsOf('missing', 'differs'))
  for (const { path, text } of files) if (changed.has(path)) write(join(folder, path), text)
  for (const path of pathsOf('orphaned')) remove(folder, path)
  return {
    written: [...changed],
    removed: pathsOf('orphaned'),
    unchanged: files.length - changed.size,
  }
}

/** Terraform that is run in the folder keeps its state there, in which stands the mark of all that it made. */
const TERRAFORM_STATE = /\.tfstate(?:\.|$)/

/**
 * All regular files below a folder, by their path in it. Links are passed over, for they may lead anywhere, and so are hidden files and the
 * state of Terraform.
 *
 * @throws Fault INPUT_UNREADABLE
 */
export function readTree(folder: string, prefix = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const { name, isFolder } of entriesOf(join(folder, prefix))) {
    const path = prefix === '' ? name : `${prefix}/${name}`
    if (isFolder) for (const [inner, text] of readTree(folder, path)) found.set(inner, text)
    else found.set(path, readText(join(folder, path)))
  }
  return found
}

function entriesOf(folder: string): { readonly name: string; readonly isFolder: boolean }[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => !name.startsWith('.') && !TERRAFORM_STATE.test(name))
      .filter((entry) => entry.isFile() || entry.isDirectory())
      .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return []
    throw unreadable(folder, error)
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw unreadable(path, error)
  }
}

function refuseForeign(folder: string, paths: readonly string[], mark: string): void {
  const foreign = paths.filter((path) => !readText(join(folder, path)).includes(mark))
  if (foreign.length === 0) return
  throw new Fault(
    'FILE_EXISTS',
    `nothing was written, for ${foreign.length === 1 ? 'a file stands' : 'files stand'} in the way that Assay did not make: ${foreign.join(', ')}`,
    `Move them away, or choose another folder with --out. What Assay made carries ${mark}.`,
  )
}

function write(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
    refuseLink(path)
    writeFileSync(path, text)
  } catch (error) {
    throw unwritable(path, error)
  }
}

/** Written through a link, a file somewhere else would change. */
function refuseLink(path: string): void {
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true
  if (isLink) throw new Error('it is a link')
}

/** And the folders that are empty without it. */
function remove(folder: string, path: string): void {
  try {
    rmSync(join(folder, path))
    const parts = path.split('/').slice(0, -1)
    for (; parts.length > 0; parts.pop()) rmdirSync(join(folder, ...parts))
  } catch (error) {
    if (!hasCode(error, 'ENOTEMPTY')) throw unwritable(join(folder, path), error)
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

function unreadable(path: string, error: unknown): Fault {
  return new Fault(
    'INPUT_UNREADABLE',
    `${path} can’t be read: ${messageOf(error)}`,
    'Check the path, and who may read it.',
    { cause: error },
  )
}

function unwritable(path: string, error: unknown): Fault {
  return new Fault(
    'OUTPUT_UNWRITABLE',
    `${path} can’t be written: ${messageOf(error)}`,
    'Check the path, and who may write there. What was written before it is right; run the command again.',
    { cause: error },
  )
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
