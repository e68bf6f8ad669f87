/** A schema inside of a document, with the parts of the JSON pointer to it. */
export interface SchemaNode {
  readonly schema: Readonly<Record<string, unknown>>
  readonly pointer: readonly string[]
}

/** The validator follows a schema into its depth on the stack. */
export const MAX_SCHEMA_DEPTH = 200

/** Keywords whose values are data: what looks like a schema there is none. */
export const DATA_KEYWORDS: ReadonlySet<string> = new Set(['const', 'enum', 'default', 'examples'])
/** Keywords whose values hold schemas by names that the author chose. */
export const MAP_KEYWORDS: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  'dependentSchemas',
  'definitions',
  '$defs',
])

interface Pending {
  readonly value: unknown
  readonly pointer: readonly string[]
  readonly hasNames: boolean
}

/** The schemas in a document; undefined if it is nested too deeply. Iterative, so that a deep document can't overflow the stack. */
export function schemasIn(root: unknown): SchemaNode[] | undefined {
  const nodes: SchemaNode[] = []
  const pending: Pending[] = [{ value: root, pointer: [], hasNames: false }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, pointer, hasNames } = next
    if (typeof value !== 'object' || value === null) continue
    if (pointer.length > MAX_SCHEMA_DEPTH) return undefined
    if (!Array.isArray(value) && !hasNames) nodes.push({ schema: value as SchemaNode['schema'], pointer })
    pending.push(...childrenOf(value, next))
  }
  return nodes
}

function childrenOf(value: object, { pointer, hasNames }: Pending): Pending[] {
  return Object.entries(value)
    .filter(([key]) => hasNames || !DATA_KEYWORDS.has(key))
    .map(([key, child]) => ({
      value: child,
      pointer: [...pointer, key],
      hasNames: !hasNames && MAP_KEYWORDS.has(key),
    }))
}
