import type { Anchor, Atom, Pattern } from './pattern.ts'
import { UnsupportedPattern } from './unsupported-pattern.ts'

/**
 * Reads the structure of a regular expression that JavaScript's own parser has accepted already, with the same flags; so only as much
 * of the grammar is known here as tells where each part ends (ECMA-262, section 22.2.1 and annex B.1.2). Throws UnsupportedPattern for
 * what no linear engine can do.
 */
export function parsePattern(source: string, isUnicode: boolean, captures: number): Pattern {
  return new PatternParser(source, isUnicode, captures).parse()
}

/** What RE2 allows in `{n}`: each repeat is a copy of the part in its program. */
const MAX_REPEATS = 1000

/** Escapes of one character, by the way in which they are written; the first that fits. */
const UNICODE_ESCAPES: readonly RegExp[] = [
  /\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}/y,
  /\\u\{[0-9a-fA-F]+\}/y,
  /\\[pP]\{[^}]*\}/y,
]
const ESCAPES: readonly RegExp[] = [
  /\\u[0-9a-fA-F]{4}/y,
  /\\x[0-9a-fA-F]{2}/y,
  /\\c[a-zA-Z]/y,
  /\\[0-3][0-7]{0,2}/y,
  /\\[4-7][0-7]?/y,
  /\\[^]/y,
]

const QUANTIFIER = /(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})(\??)/y
const GROUP_NAME = /\?<[^=!][^>]*>/y
const CLASS = /\[(?:[^\]\\]|\\[^])*\]/y

class PatternParser {
  readonly #source: string
  readonly #isUnicode: boolean
  readonly #captures: number
  #position = 0

  constructor(source: string, isUnicode: boolean, captures: number) {
    this.#source = source
    this.#isUnicode = isUnicode
    this.#captures = captures
  }

  parse(): Pattern {
    return this.#choice()
  }

  #choice(): Pattern {
    const options = [this.#sequence()]
    while (this.#take('|')) options.push(this.#sequence())
    const [only] = options
    return only !== undefined && options.length === 1 ? only : { kind: 'choice', options }
  }

  #sequence(): Pattern {
    const parts: Pattern[] = []
    while (this.#position < this.#source.length && !this.#isAt('|') && !this.#isAt(')')) {
      parts.push(this.#quantified(this.#term()))
    }
    return { kind: 'sequence', parts }
  }

  #term(): Pattern {
    if (this.#take('(')) return this.#group()
    return this.#anchor() ?? this.#atom()
  }

  #group(): Pattern {
    const isCapture = !this.#isAt('?') || this.#match(GROUP_NAME) !== undefined
    if (!isCapture && !this.#take('?:')) throw unsupportedGroup(this.#source.slice(this.#position))
    const body = this.#choice()
    this.#take(')')
    return { kind: 'group', isCapture, body }
  }

  #anchor(): Anchor | undefined {
    for (const text of ['^', '$', '\\b', '\\B'] as const) {
      if (this.#take(text)) return { kind: 'anchor', text }
    }
    return undefined
  }

  #atom(): Atom {
    const text = this.#match(CLASS) ?? this.#escape() ?? this.#character()
    return { kind: 'atom', text }
  }

  #escape(): string | undefined {
    if (!this.#isAt('\\')) return undefined
    this.#refuseBackReference()
    if (this.#isAt('\\c') && !/^\\c[a-zA-Z]/.test(this.#source.slice(this.#position))) {
      // Annex B: a backslash before a c that names no control character is a backslash.
      this.#position += 1
      return '\\\\'
    }
    for (const form of this.#isUnicode ? [...UNICODE_ESCAPES, ...ESCAPES] : ESCAPES) {
      const text = this.#match(form)
      if (text !== undefined) return text
    }
    return undefined
  }

  #refuseBackReference(): void {
    const rest = this.#source.slice(this.#position)
    const number = /^\\([1-9]\d*)/.exec(rest)?.[1]
    const isName = /^\\k<[^>]*>/.test(rest) && (this.#isUnicode || /\(\?<[^=!]/.test(this.#source))
    if (!isName && (number === undefined || Number(number) > this.#captures)) return
    throw new UnsupportedPattern(
      'a back-reference can not be matched in linear time',
      'Write the repeated part out, or compare two values in the expression instead.',
    )
  }

  #character(): string {
    const code = this.#isUnicode
      ? this.#source.codePointAt(this.#position)
      : this.#source.charCodeAt(this.#position)
    const text = String.fromCodePoint(code ?? 0)
    this.#position += text.length
    return text
  }

  #quantified(body: Pattern): Pattern {
    const text = this.#match(QUANTIFIER)
    if (text === undefined) return body
    const repeat = {
      kind: 'repeat',
      body,
      ...limitsOf(text),
      isLazy: text.length > 1 && text.endsWith('?'),
    } as const
    if (Math.max(repeat.min, Number.isFinite(repeat.max) ? repeat.max : 0) > MAX_REPEATS)
      throw tooManyRepeats()
    return repeat
  }

  #isAt(text: string): boolean {
    return this.#source.startsWith(text, this.#position)
  }

  #take(text: string): boolean {
    if (!this.#isAt(text)) return false
    this.#position += text.length
    return true
  }

  #match(form: RegExp): string | undefined {
    form.lastIndex = this.#position
    const text = form.exec(this.#source)?.[0]
    this.#position += text?.length ?? 0
    return text
  }
}

/** The limits that a quantifier's text states. */
function limitsOf(text: string): { min: number; max: number } {
  const [first] = text
  if (first === '*') return { min: 0, max: Infinity }
  if (first === '+') return { min: 1, max: Infinity }
  if (first === '?') return { min: 0, max: 1 }
  const [, min, comma, max] = /^\{(\d+)(,?)(\d*)\}/.exec(text) ?? []
  if (comma === '') return { min: Number(min), max: Number(min) }
  return { min: Number(min), max: max === '' ? Infinity : Number(max) }
}

function tooManyRepeats(): UnsupportedPattern {
  return new UnsupportedPattern(
    `a part may be repeated at most ${MAX_REPEATS} times`,
    'Compare the length with $length(…) or, in a schema, maxLength.',
  )
}

/** For a group whose text goes on with `rest` after its bracket. */
function unsupportedGroup(rest: string): UnsupportedPattern {
  const isLookAround = /^\?<?[=!]/.test(rest)
  return isLookAround
    ? new UnsupportedPattern(
        'a look-around can not be matched in linear time',
        'Write two patterns and join them with "and", or match the surrounding text as well.',
      )
    : new UnsupportedPattern(
        'this kind of group is not supported',
        'Write (?:…) for a group, and flags after the pattern.',
      )
}
