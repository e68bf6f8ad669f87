import { gatherSchemas, type ReadReference, type SchemaDocument } from '../../evaluate/schema-documents.ts'
import { SchemaCompileError } from '../../evaluate/schema-fault.ts'

export type Schema = boolean | Readonly<Record<string, unknown>>

/** A schema and the document that its references start from. */
export interface Place {
  readonly schema: Schema
  readonly document: SchemaDocument
}

/** The documents of one version of a schema rule. */
export interface Documents {
  readonly root: Place
  /** The schema that a `$ref` leads to, or undefined if it leads nowhere that is known here. */
  resolve(reference: string, from: Place): Place | undefined
}

/** Reads a schema rule's documents, or gives undefined if one of them can't be read (that is reported where the rules are loaded). */
export function readDocuments(from: string, path: string, read: ReadReference): Documents | undefined {
  const documents = gathered(from, path, read)
  const [main] = documents
  if (main === undefined) return undefined
  const byUri = new Map(documents.flatMap((document) => urisOf(document).map((uri) => [uri, document])))
  return {
    root: { schema: asSchema(main.schema), document: main },
    resolve: (reference, { document }) => {
      const [file = '', fragment = ''] = reference.split('#')
      const target = file === '' ? document : byUri.get(resolveUri(file, document))
      const schema = target && find(target.schema, fragment)
      return target && schema !== undefined ? { schema, document: target } : undefined
    },
  }
}

function gathered(from: string, path: string, read: ReadReference): readonly SchemaDocument[] {
  try {
    return gatherSchemas(from, path, read)
  } catch (error) {
    if (error instanceof SchemaCompileError) return []
    throw error
  }
}

function urisOf(document: SchemaDocument): readonly string[] {
  return [document.uri, baseOf(document)]
}

function baseOf({ schema, uri }: SchemaDocument): string {
  const id = typeof schema === 'object' && '$id' in schema ? schema.$id : undefined
  return typeof id === 'string' && URL.canParse(id, uri) ? new URL(id, uri).href : uri
}

function resolveUri(file: string, document: SchemaDocument): string {
  const base = baseOf(document)
  return URL.canParse(file, base) ? new URL(file, base).href : file
}

/** By JSON pointer or by anchor. */
function find(root: unknown, fragment: string): Schema | undefined {
  const found =
    fragment === '' || fragment.startsWith('/') ? byPointer(root, fragment) : byAnchor(root, fragment)
  return typeof found === 'boolean' || isRecord(found) ? found : undefined
}

function byPointer(root: unknown, pointer: string): unknown {
  let value = root
  for (const part of pointer.split('/').slice(1)) {
    const key = decoded(part).replaceAll('~1', '/').replaceAll('~0', '~')
    if (Array.isArray(value)) value = value[Number(key)]
    else value = isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined
  }
  return value
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

function byAnchor(root: unknown, anchor: string): unknown {
  const pending = [root]
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (isRecord(value) && (value['$anchor'] === anchor || value['$id'] === `#${anchor}`)) return value
    if (typeof value === 'object' && value !== null) pending.push(...Object.values(value))
  }
  return undefined
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function asSchema(value: unknown): Schema {
  return typeof value === 'boolean' || isRecord(value) ? value : true
}
