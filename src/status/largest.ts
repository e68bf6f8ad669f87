/** The largest of several values; undefined if any of them is: what is unknown may be larger. */
export function largest(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 || known.length < values.length ? undefined : Math.max(...known)
}
