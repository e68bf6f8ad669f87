const UTF8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads an event that the generator wrote, or gives undefined if it spoiled it. A good event is exactly what `JSON.stringify` writes, so
 * a repeated key shows when the event is written again: it comes out once.
 */
export function readJson(bytes: Uint8Array): { readonly value: unknown } | undefined {
  try {
    const text = UTF8.decode(bytes)
    const value: unknown = JSON.parse(text)
    return text.includes('"__proto__":') || JSON.stringify(value) !== text ? undefined : { value }
  } catch {
    return undefined
  }
}

/** The value at the end of the path, or undefined where the path ends early. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let current = value
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined
    current = (current as Readonly<Record<string, unknown>>)[key]
  }
  return current
}
