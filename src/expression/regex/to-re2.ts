import { type Alphabet, type AnchorSets, LINE_END_LETTER, createAlphabet } from './alphabet.ts'
import { type CharSet, type PatternFlags, charSetOf, contains } from './char-set.ts'
import { type Anchor, type Pattern, isNullable, partsOf } from './pattern.ts'
import { UnsupportedPattern } from './unsupported-pattern.ts'

/** A pattern in RE2's syntax, and the alphabet in which the texts must be spelled that it is run on. */
export interface Re2Pattern {
  readonly source: string
  readonly alphabet: Alphabet
}

/** With `groups`, what each group takes must be JavaScript's; without, only whether a text matches. */
export type Purpose = 'groups' | 'test'

/** Throws UnsupportedPattern where RE2's result would not be JavaScript's. */
export function toRe2(pattern: Pattern, flags: PatternFlags, purpose: Purpose): Re2Pattern {
  if (purpose === 'groups') refuseUnequalGroups(pattern)
  const sets = setsOfAtoms(pattern, flags)
  const alphabet = createAlphabet(
    [...sets.values()],
    setsOfAnchors(pattern, flags, [...sets.values()]),
    flags.isUnicode,
  )
  const write = (part: Pattern): string => writePart(part, { write, sets, alphabet, flags, purpose })
  return { source: write(pattern), alphabet }
}

function setsOfAtoms(pattern: Pattern, flags: PatternFlags): Map<string, CharSet> {
  const texts = partsOf(pattern)
    .filter((part) => part.kind === 'atom')
    .map((atom) => atom.text)
  return new Map([...new Set(texts)].map((text) => [text, charSetOf(text, flags)]))
}

function setsOfAnchors(pattern: Pattern, flags: PatternFlags, atoms: readonly CharSet[]): AnchorSets {
  const anchors = new Set(
    partsOf(pattern)
      .filter((part) => part.kind === 'anchor')
      .map((anchor) => anchor.text),
  )
  const hasLineAnchor = flags.isMultiline && (anchors.has('^') || anchors.has('$'))
  const lineEnd = hasLineAnchor ? charSetOf('[\\n\\r\\u2028\\u2029]', flags) : undefined
  if (lineEnd !== undefined) refuseUnequalLineEnds(atoms, lineEnd)
  return { lineEnd, word: anchors.has('\\b') || anchors.has('\\B') ? charSetOf('\\w', flags) : undefined }
}

interface Writing {
  readonly write: (part: Pattern) => string
  readonly sets: ReadonlyMap<string, CharSet>
  readonly alphabet: Alphabet
  readonly flags: PatternFlags
  readonly purpose: Purpose
}

function writePart(part: Pattern, writing: Writing): string {
  switch (part.kind) {
    case 'atom':
      return writeLetters(writing.alphabet.lettersOf(writing.sets.get(part.text) ?? []))
    case 'anchor':
      return writeAnchor(part, writing.flags.isMultiline)
    case 'group':
      return `${part.isCapture && writing.purpose === 'groups' ? '(' : '(?:'}${writing.write(part.body)})`
    case 'repeat':
      return `(?:${writing.write(part.body)}){${part.min},${Number.isFinite(part.max) ? part.max : ''}}${part.isLazy ? '?' : ''}`
    case 'sequence':
      return part.parts.map(writing.write).join('')
    case 'choice':
      return part.options.map(writing.write).join('|')
  }
}

function writeLetters(letters: string): string {
  if (letters === '') return '[^\\x00-\\x{10FFFF}]'
  return `[${letters.replace(LINE_END_LETTER, '\\n')}]`
}

function writeAnchor({ text }: Anchor, isMultiline: boolean): string {
  if (text === '^') return isMultiline ? '(?m:^)' : '\\A'
  if (text === '$') return isMultiline ? '(?m:$)' : '\\z'
  return text
}

/**
 * Both engines agree on what a whole pattern and its groups take, with two exceptions: JavaScript does not repeat once more for nothing,
 * and it forgets a group's text at each repeat.
 */
function refuseUnequalGroups(pattern: Pattern): void {
  for (const part of partsOf(pattern)) {
    if (part.kind !== 'repeat') continue
    if (part.min < part.max && isNullable(part.body)) {
      throw new UnsupportedPattern(
        'a part that can be empty is repeated',
        'Repeat a part that takes at least one character: a* instead of (a*)*.',
      )
    }
    if (part.max > 1 && hasOptionalCapture(part.body, false)) {
      throw new UnsupportedPattern(
        'a repeated part has a group (…) that it does not pass through each time',
        'Write (?:…) for a group whose text is not needed.',
      )
    }
  }
}

function hasOptionalCapture(pattern: Pattern, isOptional: boolean): boolean {
  switch (pattern.kind) {
    case 'atom':
    case 'anchor':
      return false
    case 'group':
      return (pattern.isCapture && isOptional) || hasOptionalCapture(pattern.body, isOptional)
    case 'repeat':
      return hasOptionalCapture(pattern.body, isOptional || pattern.min === 0)
    case 'sequence':
      return pattern.parts.some((part) => hasOptionalCapture(part, isOptional))
    case 'choice':
      return pattern.options.some((option) => hasOptionalCapture(option, true))
  }
}

/** RE2 knows one line end, JavaScript four. They can share a letter if the pattern does not tell them apart. */
function refuseUnequalLineEnds(atoms: readonly CharSet[], lineEnd: CharSet): void {
  const codes = lineEnd.flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index),
  )
  const tellsApart = atoms.some((atom) => new Set(codes.map((code) => contains(atom, code))).size > 1)
  if (!tellsApart) return
  throw new UnsupportedPattern(
    'a pattern with flag m and ^ or $ may not tell line ends apart',
    'Write \\s or [^] for a line end, or leave out the flag m.',
  )
}
