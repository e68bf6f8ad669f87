import { Buffer } from 'node:buffer'
import type { SchemaDocument } from './schema-documents.ts'
import { placeIn, partsOf, SchemaCompileError } from './schema-fault.ts'
import type { SchemaNode } from './schema-nodes.ts'

/** Keywords whose schemas are held against the same value. */
const IN_PLACE = ['if', 'then', 'else', 'not']
const IN_PLACE_LISTS = ['allOf', 'anyOf', 'oneOf']

/** A schema that another one leads to without a step into the value. */
interface Edge {
  readonly to: object
  /** Set for a reference. */
  readonly reference: { readonly document: SchemaDocument; readonly node: SchemaNode } | undefined
}

/**
 * Refuses references that lead round in a circle without ever stepping into the event: judging with them would not end. A schema that
 * refers to itself below a property or an item is fine, for an event ends somewhere.
 *
 * @throws SchemaCompileError
 */
export function refuseCircles(documents: readonly SchemaDocument[]): void {
  const edges = new Map<object, readonly Edge[]>()
  for (const document of documents) {
    for (const node of document.nodes) edges.set(node.schema, edgesOf(document, node, documents))
  }
  const done = new Set<object>()
  for (const start of edges.keys()) {
    const closing = closingEdge(start, edges, done)
    if (closing?.reference) throw circular(closing.reference)
  }
}

/** Walks in depth, without recursion, and finds the edge that comes back to a schema that is being walked through. */
function closingEdge(
  start: object,
  edges: ReadonlyMap<object, readonly Edge[]>,
  done: Set<object>,
): Edge | undefined {
  const path: { schema: object; rest: Edge[]; last: Edge | undefined }[] = []
  const walking = new Set<object>()
  const enter = (schema: object) => {
    if (done.has(schema)) return
    walking.add(schema)
    path.push({ schema, rest: [...(edges.get(schema) ?? [])], last: undefined })
  }
  enter(start)
  for (let top = path.at(-1); top; top = path.at(-1)) {
    const edge = top.rest.pop()
    if (!edge) {
      walking.delete(top.schema)
      done.add(top.schema)
      path.pop()
    } else if (walking.has(edge.to)) {
      const onCircle = path.slice(path.findIndex(({ schema }) => schema === edge.to)).map(({ last }) => last)
      return [edge, ...onCircle.toReversed()].find((candidate) => candidate?.reference)
    } else {
      top.last = edge
      enter(edge.to)
    }
  }
  return undefined
}

function edgesOf(document: SchemaDocument, node: SchemaNode, documents: readonly SchemaDocument[]): Edge[] {
  const { schema } = node
  const inPlace = [
    ...IN_PLACE.map((keyword) => schema[keyword]),
    ...IN_PLACE_LISTS.flatMap((keyword) => schema[keyword]),
    ...Object.values(objectOf(schema['dependentSchemas'])),
  ]
  const target = typeof schema.$ref === 'string' ? targetOf(schema.$ref, document, documents) : undefined
  return [
    ...inPlace.filter(isObject).map((to) => ({ to, reference: undefined })),
    ...(target ? [{ to: target, reference: { document, node } }] : []),
  ]
}

/** The schema that a reference by file and pointer leads to or anchor. Other references are left to the validator. */
function targetOf(
  reference: string,
  { uri }: SchemaDocument,
  documents: readonly SchemaDocument[],
): object | undefined {
  if (!URL.canParse(reference, uri)) return undefined
  const { href, hash } = new URL(reference, uri)
  const document = documents.find((candidate) => candidate.uri === href.split('#')[0])
  const isAnchor = /^#[^/]/.test(hash)
  if (!document || isAnchor)
    return document?.nodes.find(({ schema }) => `#${String(schema.$anchor)}` === hash)?.schema
  let found: unknown = document.schema
  for (const part of partsOf(decoded(hash))) found = objectOf(found)[part]
  return isObject(found) ? found : undefined
}

/** A percent sign that begins no escape stands for itself; the validator refuses it. */
function decoded(hash: string): string {
  return hash.replaceAll(/(?:%[0-9A-Fa-f]{2})+/g, (escaped) =>
    Buffer.from(escaped.replaceAll('%', ''), 'hex').toString(),
  )
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? (value as Readonly<Record<string, unknown>>) : {}
}

function circular({ document, node }: NonNullable<Edge['reference']>): SchemaCompileError {
  const target = String(node.schema.$ref)
  return new SchemaCompileError(
    'SCHEMA_REFERENCE',
    `${document.path}: the reference \`${target}\` is circular: it leads back to itself without a step into the event`,
    'Break the circle. A schema may refer to itself only below `properties` or `items`, as a tree does.',
    placeIn(document, [...node.pointer, '$ref']),
  )
}
