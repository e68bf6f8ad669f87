import { faultIn, placeIn, SchemaCompileError, type SchemaText } from './schema-fault.ts'
import { MAX_SCHEMA_DEPTH, type SchemaNode, schemasIn } from './schema-nodes.ts'

/** A text that a contract refers to, as the caller found it. */
export type ReferencedText = SchemaText | { readonly path: string; readonly missing: string }

/** Finds the file that `reference` names, seen from the file `from`. Given by the caller: this room reads no files. */
export type ReadReference = (from: string, reference: string) => ReferencedText

/** A JSON Schema document and the base address that its references start from. */
export interface SchemaDocument extends SchemaText {
  readonly uri: string
  readonly schema: object | boolean
  /** All schemas in it, with their places. */
  readonly nodes: readonly SchemaNode[]
}

/**
 * A schema and all documents that it refers to by relative paths, in the order found. References that leave the rule files (`http:`,
 * `file:` …) are refused, but for the meta-schemas that come with the validator: rules are judged with what was reviewed.
 *
 * @throws SchemaCompileError
 */
export function gatherSchemas(from: string, reference: string, read: ReadReference): SchemaDocument[] {
  const gathered = new Map<string, SchemaDocument>()
  const found = read(from, reference)
  if ('missing' in found) {
    const hint = 'The path is relative to the file that the rule stands in. Correct it, or add the schema.'
    throw new SchemaCompileError('SCHEMA_NOT_FOUND', `${found.path}: ${found.missing}`, hint)
  }
  gather(found, documentUri(from, reference), read, gathered)
  return [...gathered.values()]
}

function gather(
  found: SchemaText,
  uri: string,
  read: ReadReference,
  gathered: Map<string, SchemaDocument>,
): void {
  if (gathered.has(uri)) return
  const document = parseSchema(found, uri)
  gathered.set(uri, document)
  const base = baseUri(document)
  for (const { keyword, target, pointer } of referencesIn(document.nodes)) {
    const file = target.split('#')[0] as string
    if (file === '' || isInside(document, file, base) || isMetaSchema(target)) continue
    const place = placeIn(document, [...pointer, keyword])
    if (/^[a-z][a-z0-9+.-]*:/i.test(file) || !URL.canParse(file, base)) {
      const hint =
        'Copy that schema beside this one and refer to the copy: rules are judged with what was reviewed.'
      const message = `${found.path}: the reference \`${target}\` leaves the rule files`
      throw new SchemaCompileError('SCHEMA_REFERENCE', message, hint, place)
    }
    const next = read(found.path, file)
    if ('missing' in next) {
      const message = `${found.path}: the reference \`${target}\` leads to ${next.path}: ${next.missing}`
      const hint = `The path is relative to ${found.path}. Correct it, or add the schema.`
      throw new SchemaCompileError('SCHEMA_REFERENCE', message, hint, place)
    }
    gather(next, new URL(file, base).href, read, gathered)
  }
}

/** The starting address is made up: only relations between addresses matter. */
function documentUri(from: string, reference: string): string {
  return new URL(encodeURI(reference), `assay-rules://rules/${encodeURI(from)}`).href
}

function baseUri({ schema, uri }: SchemaDocument): string {
  const id = typeof schema === 'object' && '$id' in schema ? schema.$id : undefined
  return typeof id === 'string' && URL.canParse(id, uri) ? new URL(id, uri).href : uri
}

function isInside({ nodes }: SchemaDocument, file: string, base: string): boolean {
  const target = URL.canParse(file, base) ? new URL(file, base).href : file
  return nodes.some(
    ({ schema: { $id } }) =>
      typeof $id === 'string' && URL.canParse($id, base) && new URL($id, base).href === target,
  )
}

/** Whether any of the documents refers to the schema of its draft. */
export function refersToDraft(documents: readonly SchemaDocument[]): boolean {
  return documents.some(({ nodes }) => referencesIn(nodes).some(({ target }) => isMetaSchema(target)))
}

function isMetaSchema(target: string): boolean {
  return /^https?:\/\/json-schema\.org\/(draft-07|draft\/2019-09|draft\/2020-12)\//.test(target)
}

function parseSchema(found: SchemaText, uri: string): SchemaDocument {
  const schema = parseJson(found)
  if (
    typeof schema !== 'boolean' &&
    (typeof schema !== 'object' || schema === null || Array.isArray(schema))
  ) {
    const message = `${found.path} is not a JSON Schema: a schema is an object, true or false`
    const hint = 'Write an object, such as { "type": "object", "required": ["ad"] }.'
    throw new SchemaCompileError('SCHEMA_INVALID', message, hint, placeIn(found, []))
  }
  const nodes = schemasIn(schema)
  if (nodes === undefined) {
    const message = `${found.path} is nested too deeply: more than ${MAX_SCHEMA_DEPTH} levels`
    const hint = 'Put what repeats itself into `definitions`, and refer to it.'
    throw new SchemaCompileError('SCHEMA_INVALID', message, hint, placeIn(found, []))
  }
  return { ...found, uri, schema, nodes }
}

function parseJson(found: SchemaText): unknown {
  try {
    return JSON.parse(found.text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const message = `${found.path} is not valid JSON: ${withoutExcerpt(reason)}`
    const hint =
      'JSON has no comments and no comma after the last item, and every text stands in double quotes.'
    throw new SchemaCompileError('SCHEMA_INVALID', message, hint, faultIn(found))
  }
}

/** The excerpt of the source is shown at its place. */
function withoutExcerpt(reason: string): string {
  return reason
    .replace(/, (?:\.\.\.)?".*?(?:\.\.\.)? is not valid JSON$/s, '')
    .replace(/ \(line.*$| in JSON at position \d+.*$/, '')
}

/** A reference of a document: where it stands and where it leads. */
interface Reference {
  readonly keyword: string
  readonly target: string
  readonly pointer: readonly string[]
}

function referencesIn(nodes: readonly SchemaNode[]): Reference[] {
  return nodes.flatMap(({ schema, pointer }) =>
    ['$ref', '$dynamicRef'].flatMap((keyword) => {
      const target = schema[keyword]
      return typeof target === 'string' ? { keyword, target, pointer } : []
    }),
  )
}
