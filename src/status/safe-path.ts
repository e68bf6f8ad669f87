/** Levels of a path that are told. */
const MAX_STEPS = 20
const DATA = '*'

/**
 * A JSON pointer into an event without what is data: names that the schema does not know (keys of a map by e-mail address, say) become
 * `*`. Places in lists stay, as long as a list is there.
 *
 * @param pointer as the validator gives it: `/` for the whole event
 */
export function safePath(pointer: string, event: unknown, known: ReadonlySet<string>): string {
  let value = event
  const steps: string[] = []
  for (const step of pointer.split('/').slice(1, MAX_STEPS + 1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~')
    if (name === '') continue
    steps.push(Array.isArray(value) || known.has(name) ? step : DATA)
    value = memberOf(value, name)
  }
  return `/${steps.join('/')}`
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined
}
