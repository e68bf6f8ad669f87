/** Names that JSONata reads as they are, and that are no words of the language. */
const PLAIN_NAME = /^(?!(?:and|or|in|true|false|null|function)$)[\p{L}_][\p{L}\p{N}_]*$/u

/** A path as a JSONata expression: `ad.price.amount`; undefined for a name that can't be written. */
export function toExpression(path: readonly string[]): string | undefined {
  if (path.some((name) => name.includes('`') || name === '')) return undefined
  return path.map((name) => (PLAIN_NAME.test(name) ? name : `\`${name}\``)).join('.')
}

/** A path as a key of a contract's `fields`, without the marks for items; undefined for a name that can't stand there. */
export function toFieldKey(path: readonly string[]): string | undefined {
  const names = path.filter((name) => name !== '*')
  return names.every((name) => /^[^.\s]+$/.test(name)) ? names.join('.') : undefined
}

/** A path as words for an id of a rule, in snake_case, of at most a few words; undefined if no letters are left. */
export function toRuleWords(path: readonly string[]): string | undefined {
  const words = path
    .join('_')
    .normalize('NFD')
    .replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, '_')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '')
  const id = words.slice(-4).join('_').slice(0, 60)
  return /^[a-z]/.test(id) ? id.replace(/_+$/, '') : undefined
}

/** An event with another value in one place; `undefined` removes what is there. Nothing but that place is changed. */
export function withValue(event: unknown, path: readonly string[], value: unknown): unknown {
  const [name, ...rest] = path
  if (name === undefined) return value
  const copy: Record<string, unknown> = { ...(event as Record<string, unknown>) }
  const inner = rest.length === 0 ? value : withValue(copy[name] ?? {}, rest, value)
  if (inner === undefined) delete copy[name]
  else copy[name] = inner
  return copy
}

/** The JSON merge patch (RFC 7386) that does the same. */
export function toMergePatch(path: readonly string[], value: unknown): unknown {
  return path.reduceRight((inner: unknown, name) => ({ [name]: inner }), value === undefined ? null : value)
}
