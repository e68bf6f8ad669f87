import { type CharSet, type CodeRange, contains } from './char-set.ts'

/**
 * A small alphabet for one pattern: characters that no part of the pattern tells apart share a letter. Texts are spelled in it before
 * they are matched, so that the linear engine never sees a character whose meaning differs from JavaScript's: line ends, white space,
 * case folding, halves of surrogate pairs. A letter takes one UTF-16 unit, and so does each unit (or code point) of the text.
 */
export interface Alphabet {
  /** The letters of the characters in a set, which must be one of those that the alphabet was made for. */
  lettersOf(set: CharSet): string
  spell(text: string): string
}

/** The letter of a line end, if the pattern's anchors look for line ends. */
export const LINE_END_LETTER = '\n'

/** Sets that letters must keep apart for an anchor's sake, and from what a letter for them is taken. */
export interface AnchorSets {
  /** Characters of words: their letters are characters of words to the linear engine too. */
  readonly word: CharSet | undefined
  /** Line ends: all of them get one letter. */
  readonly lineEnd: CharSet | undefined
}

const WORD_LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_'
const FIRST_OTHER_LETTER = 0x100

export function createAlphabet(sets: readonly CharSet[], anchors: AnchorSets, isUnicode: boolean): Alphabet {
  const all = [...sets, anchors.word ?? [], anchors.lineEnd ?? []]
  const starts = startsOfIntervals(all)
  const letters = lettersFor(starts, all, anchors)
  return {
    lettersOf: (set) =>
      [...new Set(starts.filter((start) => contains(set, start)).map((start) => letterAt(start)))].join(''),
    spell: (text) => spell(text, letterAt, isUnicode),
  }

  function letterAt(code: number): string {
    return letters[indexOfInterval(starts, code)] ?? ''
  }
}

/** Codes at which membership of some set changes. Within an interval, all characters are in the same sets. */
function startsOfIntervals(sets: readonly CharSet[]): number[] {
  const changes = sets.flat().flatMap(([from, to]: CodeRange) => [from, to + 1])
  return [...new Set([0, ...changes])].sort((a, b) => a - b)
}

/** One letter for each interval; intervals that are in the same sets have the same one. */
function lettersFor(starts: readonly number[], sets: readonly CharSet[], anchors: AnchorSets): string[] {
  const letterOf = new Map<string, string>()
  let words = 0
  let others = 0
  return starts.map((start) => {
    const membership = sets.map((set) => (contains(set, start) ? 1 : 0)).join('')
    const known = letterOf.get(membership)
    if (known !== undefined) return known
    const letter = newLetter(start)
    letterOf.set(membership, letter)
    return letter
  })

  function newLetter(code: number): string {
    if (contains(anchors.lineEnd ?? [], code)) return LINE_END_LETTER
    if (contains(anchors.word ?? [], code)) return WORD_LETTERS.charAt(words++)
    return String.fromCharCode(FIRST_OTHER_LETTER + others++)
  }
}

/** The last interval that starts at or before `code`. */
function indexOfInterval(starts: readonly number[], code: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? Infinity) <= code) low = middle
    else high = middle - 1
  }
  return low
}

function spell(text: string, letterAt: (code: number) => string, isUnicode: boolean): string {
  let spelled = ''
  for (let index = 0; index < text.length; index++) {
    const code = isUnicode ? (text.codePointAt(index) ?? 0) : text.charCodeAt(index)
    if (code > 0xffff) index++
    spelled += letterAt(code)
  }
  return spelled
}
