/** A piece of TypeScript that is neither space nor comment. The text of a string is what stands between its quotes. */
export interface Token {
  readonly kind: 'word' | 'string' | 'number' | 'regex' | 'template' | 'punctuator'
  readonly text: string
  /** Counts from 1. */
  readonly line: number
}

const SPACE_OR_COMMENT = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/|^#![^\n]*)*/y
const WORD = /[#@]?[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy
const NUMBER = /\d[\w.]*/y
const STRING = /'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"/y
const REGEX = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y
const TEMPLATE_TEXT = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*/y

/** After one of these words a slash starts a regular expression; after any other word it divides. */
const WORDS_BEFORE_REGEX = new Set(
  'return typeof case do else in of void delete throw new yield await'.split(' '),
)

/**
 * Splits TypeScript into tokens, so that comments and the insides of strings, templates and regular expressions can't be taken for code;
 * expressions inside templates are code. It is no parser: a regular expression straight after `)` or `}` is read as a division.
 */
export function tokenize(source: string): Token[] {
  const lexer = new Lexer(source)
  lexer.readUntil(undefined)
  return lexer.tokens
}

class Lexer {
  readonly tokens: Token[] = []
  readonly #source: string
  #position = 0
  #line = 1
  #lineCountedTo = 0

  constructor(source: string) {
    this.#source = source
  }

  /** Reads to the end, or past the `}` that closes an expression in a template. */
  readUntil(closer: '}' | undefined): void {
    let depth = 0
    for (;;) {
      this.#match(SPACE_OR_COMMENT)
      const next = this.#source[this.#position]
      if (next === undefined) return
      if (next === '{') depth += 1
      if (next === '}') depth -= 1
      if (closer !== undefined && depth < 0) {
        this.#position += 1
        return
      }
      this.#readToken(next)
    }
  }

  #readToken(next: string): void {
    if (next === '`') this.#readTemplate()
    else if (this.#read('word', WORD) || this.#read('number', NUMBER)) return
    else if (this.#read('string', STRING)) return
    else if (this.#regexMayStart() && this.#read('regex', REGEX)) return
    else this.#add('punctuator', next, 1)
  }

  #readTemplate(): void {
    this.#position += 1
    for (;;) {
      const text = this.#match(TEMPLATE_TEXT) ?? ''
      this.#add('template', text, 0)
      const isClosed = this.#source[this.#position] !== '$'
      this.#position += isClosed ? 1 : 2
      if (isClosed) return
      this.readUntil('}')
    }
  }

  #regexMayStart(): boolean {
    const before = this.tokens.at(-1)
    if (before === undefined) return true
    if (before.kind === 'word') return WORDS_BEFORE_REGEX.has(before.text)
    return before.kind === 'punctuator' && !')]}'.includes(before.text)
  }

  #read(kind: Token['kind'], pattern: RegExp): boolean {
    const start = this.#position
    const text = this.#match(pattern)
    if (text === undefined) return false
    this.#position = start
    this.#add(kind, kind === 'string' ? text.slice(1, -1) : text, text.length)
    return true
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#position
    const text = pattern.exec(this.#source)?.[0]
    this.#position += text?.length ?? 0
    return text
  }

  #add(kind: Token['kind'], text: string, length: number): void {
    const passed = this.#source.slice(this.#lineCountedTo, this.#position)
    this.#line += passed.split('\n').length - 1
    this.#lineCountedTo = this.#position
    this.tokens.push({ kind, text, line: this.#line })
    this.#position += length
  }
}
