/** A text that is no query. */
export class QuerySyntaxError extends Error {}

/** Walks through a text, token by token; blanks between tokens are passed over. */
export class Scanner {
  readonly #text: string
  #offset = 0

  constructor(text: string) {
    this.#text = text
  }

  /** Passes a token if it comes next. */
  skip(token: string): boolean {
    this.#skipBlanks()
    return this.skipNow(token)
  }

  /** The same without blanks before it. */
  skipNow(token: string): boolean {
    if (!this.#text.startsWith(token, this.#offset)) return false
    this.#offset += token.length
    return true
  }

  /** Passes a word that stands between blanks. */
  word(word: string): boolean {
    if (!this.#text.startsWith(` ${word} `, this.#offset)) return false
    this.#offset += word.length + 2
    return true
  }

  /** @throws QuerySyntaxError */
  expect(token: string): void {
    if (!this.skip(token)) throw this.fault(`\`${token}\` is expected`)
  }

  /** @throws QuerySyntaxError */
  expectNow(token: string): void {
    if (!this.skipNow(token)) throw this.fault(`\`${token}\` is expected`)
  }

  /** What a sticky pattern matches here. */
  match(pattern: RegExp): RegExpExecArray | null {
    this.#skipBlanks()
    pattern.lastIndex = this.#offset
    const match = pattern.exec(this.#text)
    if (match) this.#offset += match[0].length
    return match
  }

  /**
   * What stands between the braces that come next.
   *
   * @throws QuerySyntaxError
   */
  inBraces(): string {
    this.expect('{')
    const end = this.#text.indexOf('}', this.#offset)
    if (end === -1) throw this.fault('a brace is not closed')
    const inside = this.#text.slice(this.#offset, end)
    this.#offset = end + 1
    return inside
  }

  /** @throws QuerySyntaxError if anything is left */
  end(): void {
    this.#skipBlanks()
    if (this.#offset < this.#text.length) throw this.fault('nothing more is expected')
  }

  fault(message: string): QuerySyntaxError {
    const rest = this.#text.slice(this.#offset, this.#offset + 30)
    return new QuerySyntaxError(`${message}, ${rest === '' ? 'at the end' : `before \`${rest}\``}`)
  }

  #skipBlanks(): void {
    while (this.#text[this.#offset] === ' ') this.#offset += 1
  }
}
