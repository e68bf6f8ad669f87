import type { Problem } from '../model/problem.ts'
import { readRoot } from './read-shape.ts'
import type { Reading } from './reading.ts'
import type { Read, RecordShape, ValueOf } from './shape.ts'
import { createTextFile } from './text-file.ts'
import { parseYaml, type YamlLimits } from './yaml-document.ts'

/** A YAML file that was read as a shape says. */
export interface ReadFile<S extends RecordShape> {
  /** Undefined if nothing is left of it. */
  readonly read: Read<ValueOf<S>> | undefined
  /** In the order of the file. */
  readonly problems: Problem[]
  /** Reads the same file as another shape says; what is wrong with it goes unreported, for it has been reported. */
  readonly readAgain: <T extends RecordShape>(shape: T) => Read<ValueOf<T>> | undefined
}

const BYTE_ORDER_MARK = /^\uFEFF/

/**
 * Reads the text of a YAML file, and gathers all that is wrong with it. Never throws, whatever the text.
 *
 * @param file the file's path as messages shall show it
 */
export function readFile<S extends RecordShape>(
  file: string,
  text: string,
  shape: S,
  limits?: YamlLimits,
): ReadFile<S> {
  const textFile = createTextFile(file, text.replace(BYTE_ORDER_MARK, ''))
  const { root, aliases, problems } = parseYaml(textFile, limits)
  if (!root) {
    return { read: undefined, problems: problems.toSorted(inFileOrder), readAgain: () => undefined }
  }
  const begin = (into: Problem[]): Reading => ({
    file: textFile,
    root: shape,
    aliases,
    problems: into,
    named: [],
    references: [],
    data: { values: 0 },
  })
  const found: Problem[] = []
  const read = readRoot(begin(found), shape, root)
  return {
    read,
    problems: [...problems, ...found].toSorted(inFileOrder),
    readAgain: (other) => readRoot(begin([]), other, root),
  }
}

/** To sort problems of one file by their places. */
export function inFileOrder(a: Problem, b: Problem): number {
  return (a.at?.line ?? 0) - (b.at?.line ?? 0) || (a.at?.column ?? 0) - (b.at?.column ?? 0)
}
