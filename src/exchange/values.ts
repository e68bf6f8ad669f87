export type Mapping = Readonly<Record<string, unknown>>

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A value as a mapping; an empty one if it is something else. */
export function asMapping(value: unknown): Mapping {
  return isMapping(value) ? value : {}
}

/** A value as a list; an empty one if it is something else. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The value of a key that a stranger may have called `constructor`. */
export function valueOf(mapping: Mapping, key: string): unknown {
  return Object.hasOwn(mapping, key) ? mapping[key] : undefined
}

/** The text of a key; undefined if it is none, or only white space. */
export function textOf(mapping: Mapping, key: string): string | undefined {
  const value = valueOf(mapping, key)
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

export function numberOf(mapping: Mapping, key: string): number | undefined {
  const value = valueOf(mapping, key)
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}
