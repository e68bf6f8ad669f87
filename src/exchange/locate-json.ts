import type { Path } from './path.ts'

/** Where a token of JSON text begins and ends. */
type Range = readonly [start: number, end: number]

// A string, a number or word, or one character of punctuation. Strings are matched without nesting, in linear time.
const TOKEN = /"(?:[^"\\]|\\.)*"|[^\s"{}[\],:]+|[{}[\],:]/gs

/** A list or object that is open, and where we are in it. */
interface Level {
  readonly isList: boolean
  key: string | number
  keyRange: Range
}

/** Places of the values of a JSON text that has been read without fault, by their paths. */
export class JsonPlaces {
  readonly #ranges = new Map<string, Range>()
  readonly #levels: Level[] = []
  #isKeyNext = false

  constructor(text: string) {
    for (const { 0: token, index } of text.matchAll(TOKEN)) this.#take(token, [index, index + token.length])
  }

  /**
   * The place of a value: the value itself if it is a single token, else the key that it belongs to. A path that is not there gives the
   * place of the deepest part of it that is.
   */
  find(path: Path): Range {
    for (let depth = path.length; depth > 0; depth -= 1) {
      const range = this.#ranges.get(nameOf(path.slice(0, depth)))
      if (range !== undefined) return range
    }
    return [0, 1]
  }

  #take(token: string, range: Range): void {
    const level = this.#levels.at(-1)
    if (level !== undefined && this.#isKeyNext && token.startsWith('"')) {
      level.key = JSON.parse(token) as string
      level.keyRange = range
      this.#isKeyNext = false
    } else if (token === '}' || token === ']') {
      this.#levels.pop()
      this.#isKeyNext = false
    } else if (token === ',') {
      if (level?.isList === true) level.key = Number(level.key) + 1
      else this.#isKeyNext = true
    } else if (token !== ':') this.#takeValue(token, range, level)
  }

  #takeValue(token: string, range: Range, level: Level | undefined): void {
    const isContainer = token === '{' || token === '['
    const place = isContainer && level?.isList === false ? level.keyRange : range
    this.#ranges.set(nameOf(this.#levels.map(({ key }) => key)), place)
    if (isContainer) this.#levels.push({ isList: token === '[', key: 0, keyRange: range })
    this.#isKeyNext = token === '{'
  }
}

function nameOf(path: Path): string {
  return JSON.stringify(path)
}

/** Where lists and objects of JSON text are first nested more deeply than allowed, if they are. */
export function tooDeepAt(text: string, maxDepth: number): number | undefined {
  let depth = 0
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') depth += 1
    else if (token === '}' || token === ']') depth -= 1
    if (depth > maxDepth) return index
  }
  return undefined
}
