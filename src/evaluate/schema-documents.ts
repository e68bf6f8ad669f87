/** A text that a contract refers to, as the caller found it. */
export type ReferencedText =
  { readonly path: string; readonly text: string } | { readonly path: string; readonly missing: string }

/** Finds the file that `reference` names, seen from the file `from`. Given by the caller: this room reads no files. */
export type ReadReference = (from: string, reference: string) => ReferencedText

/** A JSON Schema document and the base address that its references start from. */
export interface SchemaDocument {
  readonly path: string
  readonly uri: string
  readonly schema: object | boolean
}

/** Thrown while documents are gathered; the message names the file and what is wrong with it. */
export class SchemaDocumentError extends Error {
  override readonly name = 'SchemaDocumentError'
}

/**
 * A schema and all documents that it refers to by relative paths, in the order found. References that leave the rule files (`http:`,
 * `file:` …) are refused, but for the meta-schemas that come with the validator: rules are judged with what was reviewed.
 *
 * @throws SchemaDocumentError
 */
export function gatherSchemas(from: string, reference: string, read: ReadReference): SchemaDocument[] {
  const gathered = new Map<string, SchemaDocument>()
  gather(from, reference, documentUri(from, reference), read, gathered)
  return [...gathered.values()]
}

function gather(
  from: string,
  reference: string,
  uri: string,
  read: ReadReference,
  gathered: Map<string, SchemaDocument>,
): void {
  if (gathered.has(uri)) return
  const found = read(from, reference)
  if ('missing' in found) throw new SchemaDocumentError(`${found.path}: ${found.missing}`)
  const schema = parseSchema(found.path, found.text)
  gathered.set(uri, { path: found.path, uri, schema })
  const base = baseUri(schema, uri)
  for (const target of referencesIn(schema)) {
    const file = target.split('#')[0] as string
    if (file === '' || isInside(schema, file, base) || isMetaSchema(target)) continue
    if (/^[a-z][a-z0-9+.-]*:/i.test(file)) {
      throw new SchemaDocumentError(
        `${found.path}: the reference \`${target}\` leaves the rule files; copy that schema beside this one`,
      )
    }
    gather(found.path, file, new URL(file, base).href, read, gathered)
  }
}

/** The starting address is made up: only relations between addresses matter. */
function documentUri(from: string, reference: string): string {
  return new URL(encodeURI(reference), `assay-rules://rules/${encodeURI(from)}`).href
}

function baseUri(schema: object | boolean, uri: string): string {
  const id = typeof schema === 'object' && '$id' in schema ? schema.$id : undefined
  return typeof id === 'string' && URL.canParse(id, uri) ? new URL(id, uri).href : uri
}

function isInside(schema: object | boolean, file: string, base: string): boolean {
  const target = URL.canParse(file, base) ? new URL(file, base).href : file
  return walk(schema).some(
    (node) =>
      typeof node.$id === 'string' && URL.canParse(node.$id, base) && new URL(node.$id, base).href === target,
  )
}

function isMetaSchema(target: string): boolean {
  return /^https?:\/\/json-schema\.org\/(draft-07|draft\/2019-09|draft\/2020-12)\//.test(target)
}

function parseSchema(path: string, text: string): object | boolean {
  let schema: unknown
  try {
    schema = JSON.parse(text)
  } catch (error) {
    throw new SchemaDocumentError(
      `${path} is not valid JSON: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
  if (
    typeof schema === 'boolean' ||
    (typeof schema === 'object' && schema !== null && !Array.isArray(schema))
  )
    return schema
  throw new SchemaDocumentError(`${path} is not a JSON Schema: a schema is an object, true or false`)
}

function referencesIn(schema: object | boolean): string[] {
  return walk(schema).flatMap((node) =>
    [node.$ref, node.$dynamicRef].filter((target) => typeof target === 'string'),
  )
}

/** Keywords whose values are data: what looks like a reference there is none. */
const DATA_KEYWORDS: ReadonlySet<string> = new Set(['const', 'enum', 'default', 'examples'])
/** Keywords whose values hold schemas by names that the author chose. */
const MAP_KEYWORDS: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  'dependentSchemas',
  'definitions',
  '$defs',
])

/** The schemas in a document; iterative, so that a deep document can't overflow the stack. */
function walk(root: unknown): Record<string, unknown>[] {
  const schemas: Record<string, unknown>[] = []
  const pending: { value: unknown; hasNames: boolean }[] = [{ value: root, hasNames: false }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, hasNames } = next
    if (typeof value !== 'object' || value === null) continue
    if (!Array.isArray(value) && !hasNames) schemas.push(value as Record<string, unknown>)
    for (const [key, child] of Object.entries(value)) {
      if (hasNames || !DATA_KEYWORDS.has(key)) {
        pending.push({ value: child, hasNames: !hasNames && MAP_KEYWORDS.has(key) })
      }
    }
  }
  return schemas
}
