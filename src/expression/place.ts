/** A stretch of an expression's source. */
export interface Place {
  readonly offset: number
  readonly length: number
}

/**
 * Where a token stands. JSONata's positions are mostly those *after* a token, some are those of its first character, and texts have
 * lost their quotes; so the source is asked.
 */
export function placeOf(source: string, position: number, token: unknown): Place {
  const texts = spellingsOf(token)
  const before = texts.find(
    (text) => position >= text.length && source.startsWith(text, position - text.length),
  )
  if (before !== undefined) return { offset: position - before.length, length: before.length }
  const after = texts.find((text) => source.startsWith(text, position))
  if (after !== undefined) return { offset: position, length: after.length }
  if (token === '(end)' || position > source.length) return { offset: source.length, length: 1 }
  return { offset: Math.max(0, position - 1), length: 1 }
}

/** The ways in which a token may be written, the longest first. The position of a call is that after its bracket. */
function spellingsOf(token: unknown): string[] {
  if (typeof token === 'number' || typeof token === 'boolean' || token === null) return [String(token)]
  if (typeof token !== 'string' || token === '') return []
  return [`$${token}(`, `"${token}"`, `'${token}'`, `\`${token}\``, `$${token}`, token]
}

/** Where a regular expression stands that ends at `end`. Its source may be written a little differently than it stands there. */
export function placeOfRegex(source: string, end: number, { source: pattern, flags }: RegExp): Place {
  const afterPattern = end - flags.replace('g', '').length - 1
  const exact = afterPattern - pattern.length - 1
  const offset = source[exact] === '/' ? exact : Math.max(0, source.lastIndexOf('/', afterPattern - 1))
  return { offset, length: Math.max(1, end - offset) }
}
