/** One place at which Datadog has something else than a file asks for. */
export interface Difference {
  /** A JSON pointer into the body. */
  readonly at: string
  /** Undefined if nothing is there. */
  readonly there: unknown
  readonly wanted: unknown
}

/** Lists in which the order says nothing, and which Datadog may give back in another one. */
const UNORDERED = new Set([
  'tags',
  'recipients',
  'additionalOwners',
  'componentOf',
  'dependsOn',
  'languages',
  'thresholds',
  'assets',
])

/** Where Datadog does not have what is wanted. What it adds by itself (ids, authors, times, defaults) is no difference. */
export function differencesOf(there: unknown, wanted: unknown, at = ''): Difference[] {
  if (Array.isArray(wanted)) return listDifferences(there, wanted, at)
  if (!isObject(wanted)) return isSameValue(there, wanted, at) ? [] : [{ at, there, wanted }]
  if (!isObject(there)) return isLeftOut(there, Object.keys(wanted).length) ? [] : [{ at, there, wanted }]
  const differences = Object.entries(wanted).flatMap(([key, value]) =>
    differencesOf(Object.hasOwn(there, key) ? there[key] : undefined, value, `${at}/${key}`),
  )
  return [...differences, ...additionsOf(there, wanted, at)]
}

/** Datadog spaces queries as it likes, and cuts blank ends off texts. */
function isSameValue(there: unknown, wanted: unknown, at: string): boolean {
  if (typeof there !== 'string' || typeof wanted !== 'string') return Object.is(there, wanted)
  return at.endsWith('/query')
    ? there.replaceAll(/\s/g, '') === wanted.replaceAll(/\s/g, '')
    : there.trim() === wanted.trim()
}

/** What people added where Datadog adds nothing by itself: it decides when, and whom, a monitor tells. */
function additionsOf(
  there: Readonly<Record<string, unknown>>,
  wanted: Readonly<Record<string, unknown>>,
  at: string,
): Difference[] {
  const isWatched = (key: string) =>
    at === '/options/thresholds' || (at === '/data/attributes' && key === 'conditional_recipients')
  return Object.entries(there)
    .filter(([key, value]) => isWatched(key) && value !== null && !Object.hasOwn(wanted, key))
    .map(([key, value]) => ({ at: `${at}/${key}`, there: value, wanted: null }))
}

function listDifferences(there: unknown, wanted: readonly unknown[], at: string): Difference[] {
  if (!Array.isArray(there)) return isLeftOut(there, wanted.length) ? [] : [{ at, there, wanted }]
  const isUnordered = UNORDERED.has(at.slice(at.lastIndexOf('/') + 1))
  if (isUnordered) return areSame(there, wanted) ? [] : [{ at, there, wanted }]
  if (there.length !== wanted.length) return [{ at, there, wanted }]
  return wanted.flatMap((item, index) => differencesOf(there[index], item, `${at}/${index}`))
}

/** Whether each of the wanted is there once, and nothing else. */
function areSame(there: readonly unknown[], wanted: readonly unknown[]): boolean {
  const left = [...there]
  for (const item of wanted) {
    const index = left.findIndex((candidate) => differencesOf(candidate, item).length === 0)
    if (index === -1) return false
    left.splice(index, 1)
  }
  return left.length === 0
}

/** What is empty may be left out. */
function isLeftOut(there: unknown, wantedCount: number): boolean {
  return wantedCount === 0 && (there === undefined || there === null)
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
