import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A text file, or why it can't be read. */
export type FileText =
  { readonly path: string; readonly text: string } | { readonly path: string; readonly missing: string }

/** Rule files above this size are not even looked into: nothing that people review is that long. */
const MAX_RULE_FILE_BYTES = 16 * 1024 * 1024

/** The text of a file. */
export function readTextFile(path: string): FileText {
  try {
    return { path, text: readFileSync(path, 'utf8') }
  } catch (error) {
    return { path, missing: explain(error) }
  }
}

/** The text of a file that was found in a folder: a pipe or a device there would keep its reader waiting for ever. */
export function readRuleFile(path: string): FileText {
  const missing = reasonNotToRead(path)
  if (missing !== undefined) return { path, missing }
  const file = readTextFile(path)
  return 'text' in file ? { path, text: file.text.replace(BYTE_ORDER_MARK, '') } : file
}

/** Some editors begin UTF-8 with it; it is no part of the text. */
const BYTE_ORDER_MARK = /^\uFEFF/

function reasonNotToRead(path: string): string | undefined {
  try {
    const stats = statSync(path)
    if (stats.isDirectory()) return 'that is a folder'
    if (!stats.isFile()) return 'that is no regular file'
    return stats.size > MAX_RULE_FILE_BYTES ? tooLarge(stats.size) : undefined
  } catch (error) {
    return explain(error)
  }
}

/** The path of the file that `reference` names, seen from the file `from`. */
export function referencedPath(from: string, reference: string): string {
  return join(dirname(from), reference)
}

/** The text of the file that `reference` names, seen from the file `from`. */
export function readReferencedFile(from: string, reference: string): FileText {
  return readRuleFile(referencedPath(from, reference))
}

/** The bytes of the file that `reference` names, seen from the file `from`. */
export function readReferencedBytes(
  from: string,
  reference: string,
):
  | { readonly path: string; readonly bytes: Uint8Array }
  | { readonly path: string; readonly missing: string } {
  const path = join(dirname(from), reference)
  const missing = reasonNotToRead(path)
  if (missing !== undefined) return { path, missing }
  try {
    return { path, bytes: readFileSync(path) }
  } catch (error) {
    return { path, missing: explain(error) }
  }
}

function mebibytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024 / 1024)} MiB`
}

function tooLarge(bytes: number): string {
  return `the file has ${mebibytes(bytes)}; at most ${mebibytes(MAX_RULE_FILE_BYTES)} are read`
}

function explain(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'ENOTDIR') return 'a part of the path is no folder'
  if (code === 'ELOOP') return 'it is a link that leads back to itself'
  if (code === 'ENAMETOOLONG') return 'the path is too long'
  if (code === 'EACCES') return 'the file may not be read'
  return code === 'EISDIR' ? 'that is a folder' : 'the file can’t be read'
}
