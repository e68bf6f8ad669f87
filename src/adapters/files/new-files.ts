import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** A file to be written. */
export interface NewFile {
  readonly path: string
  readonly text: string
}

/** Those of the paths that are taken. */
export function existingPaths(paths: readonly string[]): string[] {
  return paths.filter((path) => existsSync(path))
}

/**
 * Writes files that are not there yet, and the folders that they need: all, or none if one of them can't be.
 *
 * @throws the system's error, also for a file that has come to be there in the meantime
 */
export function writeNewFiles(files: readonly NewFile[]): void {
  const written: string[] = []
  try {
    for (const { path, text } of files) {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text, { flag: 'wx' })
      written.push(path)
    }
  } catch (error) {
    for (const path of written) rmSync(path, { force: true })
    throw error
  }
}
