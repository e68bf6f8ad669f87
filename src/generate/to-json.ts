/** A JSON value, as it is written into files. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** Text that is the same for the same value whatever the order of its keys, so that a diff shows what changed and nothing else. */
export function toJson(value: Json): string {
  return `${JSON.stringify(sortKeys(value), undefined, 2)}\n`
}

function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]))
}
