import { FORMAT_CHECKS } from '../evaluate/formats.ts'
import { looksLikeMap } from './maps.ts'
import { type Summary, typeOf } from './summary.ts'

/** Names of fields beyond this number are not looked at: no schema of that length is read by anyone. */
const MAX_PLACES = 2_000
const MAX_TEXTS = 50
/** Formats that are told from texts, the most telling first. */
const FORMATS = ['date-time', 'date', 'uuid', 'email', 'ipv4', 'uri'] as const
/** Longer texts have none of the formats. */
const MAX_FORMATTED = 2_000

/** Looks at events again and again, until it is known which objects are maps: at most once for each level that maps are nested. */
export function summarise(events: readonly unknown[]): Summary {
  const maps = new Set<string>()
  for (let pass = 0; pass < 5; pass++) {
    const observer = new Observer(maps)
    for (const event of events) observer.add(observer.root, event)
    const found = observer.records.filter(looksLikeMap)
    if (found.length === 0) return observer.root
    for (const { path } of found) maps.add(keyOf(path))
  }
  const observer = new Observer(maps)
  for (const event of events) observer.add(observer.root, event)
  return observer.root
}

class Observer {
  readonly #maps: ReadonlySet<string>
  readonly records: Summary[] = []
  readonly root: Summary
  #places = 0

  constructor(maps: ReadonlySet<string>) {
    this.#maps = maps
    this.root = this.#create([])
  }

  add(summary: Summary, value: unknown): void {
    const type = typeOf(value)
    summary.count++
    summary.types.set(type, (summary.types.get(type) ?? 0) + 1)
    if (typeof value === 'string') addText(summary, value)
    else if (typeof value === 'number') addNumber(summary, value)
    else if (Array.isArray(value)) for (const item of value) this.#addItem(summary, item)
    else if (typeof value === 'object' && value !== null) this.#addObject(summary, value)
  }

  #addObject(summary: Summary, value: object): void {
    if (!summary.isMap && summary.types.get('object') === 1) this.records.push(summary)
    for (const [name, child] of Object.entries(value)) {
      if (summary.isMap) this.#addItem(summary, child)
      else this.#addField(summary, name, child)
    }
  }

  #addField(summary: Summary, name: string, value: unknown): void {
    const known = summary.fields.get(name)
    if (known === undefined && this.#places >= MAX_PLACES) return
    const field = known ?? this.#create([...summary.path, name])
    summary.fields.set(name, field)
    this.add(field, value)
  }

  #addItem(summary: Summary, value: unknown): void {
    summary.items ??= this.#create([...summary.path, '*'])
    this.add(summary.items, value)
  }

  #create(path: readonly string[]): Summary {
    this.#places++
    return {
      path,
      count: 0,
      types: new Map(),
      fields: new Map(),
      items: undefined,
      isMap: this.#maps.has(keyOf(path)),
      allIntegers: true,
      minimum: Number.POSITIVE_INFINITY,
      maximum: Number.NEGATIVE_INFINITY,
      texts: new Map(),
      hasMoreTexts: false,
      formats: FORMATS,
    }
  }
}

function keyOf(path: readonly string[]): string {
  return JSON.stringify(path)
}

function addNumber(summary: Summary, value: number): void {
  if (!Number.isInteger(value)) summary.allIntegers = false
  summary.minimum = Math.min(summary.minimum, value)
  summary.maximum = Math.max(summary.maximum, value)
}

function addText(summary: Summary, text: string): void {
  const times = summary.texts.get(text)
  if (times === undefined && summary.texts.size >= MAX_TEXTS) summary.hasMoreTexts = true
  else summary.texts.set(text, (times ?? 0) + 1)
  if (summary.formats.length > 0)
    summary.formats = summary.formats.filter((format) => hasFormat(format, text))
}

/** A scheme alone makes no address: `note: this` would be one. */
function hasFormat(format: string, text: string): boolean {
  const check = FORMAT_CHECKS[format]
  if (typeof check !== 'function' || text.length > MAX_FORMATTED) return false
  return Boolean(check(text)) && (format !== 'uri' || text.includes('://'))
}
