import type { Location } from '../model/problem.ts'

/** A file's text that can say where an offset stands. */
export interface TextFile {
  readonly file: string
  readonly text: string
  /**
   * The place of the characters from `start` up to `end` (offsets in UTF-16 units, as editors count columns). What reaches past the end of
   * its first line is underlined to the end of that line; nothing at all is underlined as one character.
   */
  place(start: number, end?: number): Location
}

const LINE_BREAK = /\r?\n/g

export function createTextFile(file: string, text: string): TextFile {
  const breaks = Array.from(text.matchAll(LINE_BREAK), ({ 0: { length }, index }) => ({ index, length }))
  const lineStarts = [0, ...breaks.map(({ index, length }) => index + length)]
  const lineEnds = [...breaks.map(({ index }) => index), text.length]
  return { file, text, place }

  function place(start: number, end: number = start + 1): Location {
    const offset = Math.min(Math.max(start, 0), text.length)
    const line = lastAtOrBefore(lineStarts, offset)
    const lineStart = lineStarts[line] ?? 0
    const sourceLine = text.slice(lineStart, lineEnds[line])
    const length = Math.min(end - offset, lineStart + sourceLine.length - offset)
    return { file, line: line + 1, column: offset - lineStart + 1, length: Math.max(1, length), sourceLine }
  }
}

/** Index of the last of the ascending `starts` that is not above `offset`. */
function lastAtOrBefore(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}
