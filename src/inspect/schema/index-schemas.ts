import type { SchemaDocument } from '../../evaluate/schema-documents.ts'
import { DATA_KEYWORDS, MAP_KEYWORDS } from '../../evaluate/schema-nodes.ts'

/** A schema as JSON gave it, with the address that its references start from. */
export interface Located {
  readonly schema: object | boolean
  readonly base: string
}

/** Finds what a `$ref` of a schema leads to. */
export interface SchemaIndex {
  /** Undefined if the reference leads nowhere, or to a document that is not there (a meta-schema). */
  resolve(from: object, reference: string): object | boolean | undefined
}

/** Goes through all documents once, and notes the address of each schema, its `$id` and its anchors. */
export function indexSchemas(documents: readonly SchemaDocument[]): SchemaIndex {
  const bases = new WeakMap<object, string>()
  const byAddress = new Map<string, object | boolean>()
  for (const { uri, schema } of documents) {
    byAddress.set(uri, schema)
    indexDocument(schema, uri, bases, byAddress)
  }
  return {
    resolve: (from, reference) => {
      const base = bases.get(from)
      return base !== undefined && URL.canParse(reference, base)
        ? find(new URL(reference, base), byAddress)
        : undefined
    },
  }
}

interface Pending {
  readonly value: unknown
  readonly base: string
  readonly hasNames: boolean
}

function indexDocument(
  root: object | boolean,
  uri: string,
  bases: WeakMap<object, string>,
  byAddress: Map<string, object | boolean>,
): void {
  const pending: Pending[] = [{ value: root, base: uri, hasNames: false }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, hasNames } = next
    if (typeof value !== 'object' || value === null) continue
    const base = hasNames || Array.isArray(value) ? next.base : register(value, next.base, bases, byAddress)
    for (const [key, child] of Object.entries(value)) {
      if (typeof child !== 'object' || (!hasNames && DATA_KEYWORDS.has(key))) continue
      pending.push({ value: child, base, hasNames: !hasNames && MAP_KEYWORDS.has(key) })
    }
  }
}

/** Notes the addresses of a schema, and gives the base of those within it. */
function register(
  schema: object,
  outerBase: string,
  bases: WeakMap<object, string>,
  byAddress: Map<string, object | boolean>,
): string {
  const id = textAt(schema, '$id')
  const base = id !== undefined && URL.canParse(id, outerBase) ? new URL(id, outerBase).href : outerBase
  bases.set(schema, base)
  if (id !== undefined) byAddress.set(base.replace(/#$/, ''), schema)
  for (const keyword of ['$anchor', '$dynamicAnchor']) {
    const anchor = textAt(schema, keyword)
    if (anchor !== undefined) byAddress.set(`${base.split('#')[0]}#${anchor}`, schema)
  }
  return base
}

function textAt(schema: object, keyword: string): string | undefined {
  const value: unknown = Reflect.get(schema, keyword)
  return typeof value === 'string' ? value : undefined
}

function find(address: URL, byAddress: ReadonlyMap<string, object | boolean>): object | boolean | undefined {
  const fragment = address.hash.slice(1)
  address.hash = ''
  const document = byAddress.get(address.href)
  if (fragment === '') return document
  if (!fragment.startsWith('/')) return byAddress.get(`${address.href}#${fragment}`)
  return followPointer(document, fragment)
}

/** RFC 6901, in a URI's fragment. */
function followPointer(document: unknown, fragment: string): object | boolean | undefined {
  let value = document
  for (const token of fragment.slice(1).split('/')) {
    if (typeof value !== 'object' || value === null) return undefined
    const key = decode(token).replaceAll('~1', '/').replaceAll('~0', '~')
    value = Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined
  }
  return typeof value === 'boolean' || (typeof value === 'object' && value !== null) ? value : undefined
}

function decode(token: string): string {
  try {
    return decodeURIComponent(token)
  } catch {
    return token
  }
}
