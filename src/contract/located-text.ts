import type { Scalar } from 'yaml'
import type { LocatedText } from '../model/contract.ts'
import type { Location } from '../model/problem.ts'
import { scalarOffsets, type ScalarStyle } from './scalar-offsets.ts'
import type { TextFile } from './text-file.ts'

const STYLES: Readonly<Record<Scalar.Type, ScalarStyle>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single-quoted',
  QUOTE_DOUBLE: 'double-quoted',
  BLOCK_LITERAL: 'block',
  BLOCK_FOLDED: 'block',
}

/** The text of a scalar with the way back to the file. The map is made at the first question, for most texts are never asked. */
export function locateScalar(file: TextFile, scalar: Scalar, text: string): LocatedText {
  const [start, end] = scalar.range ?? [0, 0]
  const style = STYLES[scalar.type ?? 'PLAIN']
  let offsets: readonly number[] | undefined
  return { text, locate }

  function locate(offset?: number): Location {
    if (offset === undefined) return wholeText()
    return file.place(start + inSource(offset))
  }

  function wholeText(): Location {
    return style === 'block'
      ? file.place(start + inSource(0), start + inSource(text.length))
      : file.place(start, end)
  }

  function inSource(offset: number): number {
    offsets ??= scalarOffsets(text, file.text.slice(start, end), style)
    return offsets[Math.min(Math.max(Math.trunc(offset), 0), text.length)] ?? 0
  }
}
