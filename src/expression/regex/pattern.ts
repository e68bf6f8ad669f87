/** The structure of a regular expression. */
export type Pattern = Atom | Anchor | Group | Repeat | Sequence | Choice

/** Matches exactly one character. `text` is how it is written: a character, an escape, a class, the dot. */
export interface Atom {
  readonly kind: 'atom'
  readonly text: string
}

/** Matches a place between characters. */
export interface Anchor {
  readonly kind: 'anchor'
  readonly text: '^' | '$' | '\\b' | '\\B'
}

export interface Group {
  readonly kind: 'group'
  readonly isCapture: boolean
  readonly body: Pattern
}

export interface Repeat {
  readonly kind: 'repeat'
  readonly body: Pattern
  readonly min: number
  /** Infinity if there is no limit. */
  readonly max: number
  readonly isLazy: boolean
}

export interface Sequence {
  readonly kind: 'sequence'
  readonly parts: readonly Pattern[]
}

export interface Choice {
  readonly kind: 'choice'
  readonly options: readonly Pattern[]
}

/** The pattern and all patterns within it. */
export function partsOf(pattern: Pattern): Pattern[] {
  return [pattern, ...directPartsOf(pattern).flatMap(partsOf)]
}

function directPartsOf(pattern: Pattern): readonly Pattern[] {
  switch (pattern.kind) {
    case 'atom':
    case 'anchor':
      return []
    case 'group':
    case 'repeat':
      return [pattern.body]
    case 'sequence':
      return pattern.parts
    case 'choice':
      return pattern.options
  }
}

/** True if the pattern can match without taking a character. */
export function isNullable(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case 'atom':
      return false
    case 'anchor':
      return true
    case 'group':
      return isNullable(pattern.body)
    case 'repeat':
      return pattern.min === 0 || isNullable(pattern.body)
    case 'sequence':
      return pattern.parts.every(isNullable)
    case 'choice':
      return pattern.options.some(isNullable)
  }
}
