/** Offsets in a JSON text. */
export interface JsonPlace {
  readonly start: number
  readonly end: number
}

const TOKEN =
  /[ \t\r\n]*(?:(?<mark>[{}[\]:,])|(?<text>"(?:[\x20!\x23-\x5B\x5D-\uFFFF]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*")|(?<word>true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee][-+]?\d+)?(?![\w.])))/y

/** What may come next. After an opening bracket its partner may come too. */
type State = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or close' | 'end'

/** Where in the text a list or an object is being read. */
interface Level {
  readonly isList: boolean
  name: string | number
}

/**
 * Where a JSON pointer leads: the key of an object's member, else the value. Undefined if it leads nowhere.
 *
 * @param path the pointer's parts, unescaped
 */
export function placeInJson(text: string, path: readonly string[]): JsonPlace | undefined {
  return new JsonReader(text).find(path)
}

/** The first place at which a text is no JSON, or undefined if it is. */
export function faultInJson(text: string): JsonPlace | undefined {
  const reader = new JsonReader(text)
  reader.find(undefined)
  return reader.fault
}

/** Reads token by token without recursion, so that depth is no danger. */
class JsonReader {
  fault: JsonPlace | undefined
  readonly #text: string
  readonly #levels: Level[] = []
  #state: State = 'value'
  #wanted: readonly string[] | undefined
  #found: JsonPlace | undefined

  constructor(text: string) {
    this.#text = text
  }

  find(path: readonly string[] | undefined): JsonPlace | undefined {
    this.#wanted = path
    TOKEN.lastIndex = 0
    let end = 0
    for (let token = TOKEN.exec(this.#text); token; token = TOKEN.exec(this.#text)) {
      const written = token[0].trimStart()
      end = TOKEN.lastIndex
      const place = { start: end - written.length, end }
      if (!this.#take(written, place)) {
        this.fault = place
        return undefined
      }
      if (this.#found) return this.#found
    }
    const rest = /[^ \t\r\n]/.exec(this.#text.slice(end))
    if (rest || this.#state !== 'end') {
      const start = rest ? end + rest.index : this.#text.trimEnd().length
      this.fault = { start, end: start + 1 }
    }
    return undefined
  }

  /** False for a token that may not stand here. */
  #take(token: string, place: JsonPlace): boolean {
    switch (this.#state) {
      case 'value':
      case 'value or ]':
        if (token === ']' && this.#state === 'value or ]') return this.#close(token)
        return this.#takeValue(token, place)
      case 'key':
      case 'key or }':
        if (token === '}' && this.#state === 'key or }') return this.#close(token)
        return this.#takeKey(token, place)
      case ':':
        this.#state = 'value'
        return token === ':'
      case ', or close':
        return token === ',' ? this.#next() : this.#close(token)
      case 'end':
        return false
    }
  }

  #takeValue(token: string, place: JsonPlace): boolean {
    if (':,]}'.includes(token)) return false
    if (this.#levels.at(-1)?.isList !== false) this.#compare(place)
    if (token === '{' || token === '[') {
      this.#levels.push({ isList: token === '[', name: 0 })
      this.#state = token === '[' ? 'value or ]' : 'key or }'
    } else this.#afterValue()
    return true
  }

  #takeKey(token: string, place: JsonPlace): boolean {
    const level = this.#levels.at(-1)
    if (!token.startsWith('"') || !level) return false
    level.name = String(JSON.parse(token))
    this.#compare(place)
    this.#state = ':'
    return true
  }

  #next(): boolean {
    const level = this.#levels.at(-1)
    if (!level) return false
    if (typeof level.name === 'number') level.name += 1
    this.#state = level.isList ? 'value' : 'key'
    return true
  }

  #close(token: string): boolean {
    const level = this.#levels.pop()
    this.#afterValue()
    return level !== undefined && token === (level.isList ? ']' : '}')
  }

  #afterValue(): void {
    this.#state = this.#levels.length === 0 ? 'end' : ', or close'
  }

  #compare(place: JsonPlace): void {
    const wanted = this.#wanted
    if (wanted?.length !== this.#levels.length) return
    if (this.#levels.every(({ name }, index) => String(name) === wanted[index])) this.#found = place
  }
}
