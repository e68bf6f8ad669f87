/** Characters as ranges of codes, both ends included, in rising order and apart from one another. */
export type CharSet = readonly CodeRange[]
export type CodeRange = readonly [from: number, to: number]

export interface PatternFlags {
  /** Characters are code points (flag u), not UTF-16 units. */
  readonly isUnicode: boolean
  readonly isIgnoreCase: boolean
  readonly isMultiline: boolean
}

/** Stretches of codes in which no two characters that follow one another make a surrogate pair; all are written with equal width. */
const UNITS: CharSet = [[0, 0xffff]]
const POINTS: CharSet = [
  [0, 0xd7ff],
  [0xd800, 0xdbff],
  [0xdc00, 0xdfff],
  [0xe000, 0xffff],
  [0x1_0000, 0x10_ffff],
]

/** Sets of the atoms asked for last: the same few stand in most patterns, and finding one takes milliseconds. */
const known = new Map<string, CharSet>()
const MAX_KNOWN = 500

/** The characters that an atom matches. */
export function charSetOf(atom: string, flags: PatternFlags): CharSet {
  const key = `${flags.isUnicode ? 'u' : ''}${flags.isIgnoreCase ? 'i' : ''}/${atom}`
  const set = known.get(key) ?? findCharSet(atom, flags)
  if (known.size >= MAX_KNOWN) known.clear()
  known.set(key, set)
  return set
}

/**
 * Nothing is known here of classes, escapes and case folding: JavaScript's own engine is asked, by
 * letting it find the runs of matching characters in a text of all characters.
 */
function findCharSet(atom: string, { isUnicode, isIgnoreCase }: PatternFlags): CharSet {
  const runs = new RegExp(`(?:${atom})+`, `g${isUnicode ? 'u' : ''}${isIgnoreCase ? 'i' : ''}`)
  return (isUnicode ? POINTS : UNITS).flatMap((block) => {
    const width = block[0] > 0xffff ? 2 : 1
    return Array.from(textOf(block).matchAll(runs), ({ 0: run, index }): CodeRange => {
      const from = block[0] + index / width
      return [from, from + run.length / width - 1]
    })
  })
}

export function contains(set: CharSet, code: number): boolean {
  return set.some(([from, to]) => from <= code && code <= to)
}

/** Texts of all characters of a stretch, made when they are first needed and kept: 128 kB, or 4 MB with those beyond U+FFFF. */
const texts = new Map<CodeRange, string>()

function textOf(block: CodeRange): string {
  const text = texts.get(block) ?? writeOut(block)
  texts.set(block, text)
  return text
}

/** In pieces, for a string that grows by single characters would be a rope of a million parts. */
const PIECE_LENGTH = 0x1000

function writeOut([from, to]: CodeRange): string {
  const codes = Uint32Array.from({ length: PIECE_LENGTH })
  const pieces: string[] = []
  for (let start = from; start <= to; start += PIECE_LENGTH) {
    const length = Math.min(PIECE_LENGTH, to - start + 1)
    for (let index = 0; index < length; index += 1) codes[index] = start + index
    pieces.push(Reflect.apply(String.fromCodePoint, undefined, codes.subarray(0, length)))
  }
  return pieces.join('')
}
