/** Whether all of the first set is in the second. */
export function isSubset<T>(inner: ReadonlySet<T>, outer: ReadonlySet<T>): boolean {
  return [...inner].every((item) => outer.has(item))
}

/** What is in the first set and not in the second. */
export function without<T>(all: Iterable<T>, excluded: ReadonlySet<T>): readonly T[] {
  return [...all].filter((item) => !excluded.has(item))
}
