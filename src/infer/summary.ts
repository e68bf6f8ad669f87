export type JsonType = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null'

/** What the values that stood in one place of the events have in common. */
export interface Summary {
  /** Names and `*` (an item, or an entry of a map) down from the event. */
  readonly path: readonly string[]
  count: number
  /** How many values were of each type. */
  readonly types: Map<JsonType, number>
  /** Of objects that are records: by name. */
  readonly fields: Map<string, Summary>
  /** Of arrays, and of objects that are maps (whose names are data): what stands in them. */
  items: Summary | undefined
  readonly isMap: boolean
  allIntegers: boolean
  minimum: number
  maximum: number
  /** Different texts and how often each came; no more are kept than a closed set could have. */
  readonly texts: Map<string, number>
  hasMoreTexts: boolean
  /** Formats that every text so far has had. */
  formats: readonly string[]
}

export function typeOf(value: unknown): JsonType {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value as JsonType
}

/** The type of all values that were there and not null; undefined if there were several, or none. */
export function onlyType({ types }: Summary): JsonType | undefined {
  const [only, another] = [...types.keys()].filter((type) => type !== 'null')
  return another === undefined ? only : undefined
}

/** Whether every object that could have the field had it. */
export function isAlwaysThere(field: Summary, parent: Summary): boolean {
  return field.count === parent.types.get('object')
}

/** The name of the field, also for the items of a list: those of `tags` are tags. Nothing for the event itself. */
export function nameOf({ path }: Summary): string {
  return path.findLast((part) => part !== '*') ?? ''
}
