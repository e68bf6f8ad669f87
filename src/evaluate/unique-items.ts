import type { FuncKeywordDefinition } from 'ajv'

/**
 * `uniqueItems` in linear time. The validator's own compares each item with every other: an event of 600 kB with a hundred thousand
 * numbers held the event loop for 47 seconds, longer than the group waits for a member.
 */
export const UNIQUE_ITEMS: FuncKeywordDefinition = {
  keyword: 'uniqueItems',
  type: 'array',
  schemaType: 'boolean',
  validate: (isWanted: boolean, items: readonly unknown[]) => !isWanted || areUnique(items),
  error: { message: 'must not have equal items' },
}

function areUnique(items: readonly unknown[]): boolean {
  const seen = new Set<unknown>()
  for (const item of items)
    seen.add(typeof item === 'number' || typeof item === 'boolean' ? item : canonical(item))
  return seen.size === items.length
}

/** JSON text that is the same for equal values: with sorted keys. Recursion is bounded by the decoder's bound on depth. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, child]) => `${JSON.stringify(key)}:${canonical(child)}`).join(',')}}`
}
