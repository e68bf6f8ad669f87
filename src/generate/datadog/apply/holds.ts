/** Lists in which the order says nothing, and which Datadog may give back in another one. */
const UNORDERED = new Set(['tags', 'recipients'])

/** Whether Datadog has all that is wanted; what it adds by itself (ids, authors, times) is no difference. */
export function holds(actual: unknown, wanted: unknown, key = ''): boolean {
  if (Array.isArray(wanted)) return Array.isArray(actual) && holdsList(actual, wanted, key)
  if (typeof wanted !== 'object' || wanted === null) return Object.is(actual, wanted)
  if (typeof actual !== 'object' || actual === null) return isEmpty(wanted)
  return Object.entries(wanted).every(([inner, value]) =>
    holds((actual as Readonly<Record<string, unknown>>)[inner], value, inner),
  )
}

function holdsList(actual: readonly unknown[], wanted: readonly unknown[], key: string): boolean {
  if (actual.length !== wanted.length) return false
  const isUnordered = UNORDERED.has(key)
  const sorted = (list: readonly unknown[]) => (isUnordered ? list.map(String).sort() : list)
  const there = sorted(actual)
  return sorted(wanted).every((item, index) => holds(there[index], item))
}

/** What is empty may be left out. */
function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0
}
