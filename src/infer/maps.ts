import type { Summary } from './summary.ts'

/** Names that are data: numbers, UUIDs, dates, hashes, and ids such as `u-201911`. */
const DATA_NAMES = [
  /^\d+$/,
  /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i,
  /^\d{4}-\d{2}(?:-\d{2})?/,
  /^[\da-f]{16,}$/i,
  /^[a-z]{1,10}[-_:.]?\d{3,}$/i,
]

/** A record has the same few names in every object. Objects with more names than this, few of them in one object, are maps. */
const MANY_NAMES = 30
const RARE = 0.25

/** Whether the names of an object are data (ids, days …) and not part of its shape. */
export function looksLikeMap({ fields, types }: Pick<Summary, 'fields' | 'types'>): boolean {
  const names = [...fields.keys()]
  if (names.length >= 2 && DATA_NAMES.some((form) => names.every((name) => form.test(name)))) return true
  const uses = [...fields.values()].reduce((sum, { count }) => sum + count, 0)
  return names.length > MANY_NAMES && uses < RARE * names.length * (types.get('object') ?? 0)
}
