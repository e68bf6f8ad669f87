import type { Schema } from './documents.ts'

export type Keywords = Readonly<Record<string, unknown>>

/** A schema that demands nothing: one object, so that it can be recognised. */
export const ANYTHING: Keywords = {}

/** Keywords that judge nothing, or only hold schemas that others refer to. */
const SILENT: ReadonlySet<string> = new Set([
  '$schema',
  '$id',
  '$comment',
  '$anchor',
  '$defs',
  'definitions',
  'title',
  'description',
  'default',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
  'contentMediaType',
  'contentEncoding',
  'contentSchema',
])

const known = new WeakMap<object, Keywords>()

/** What a schema demands, without what judges nothing: the same object for the same schema. False admits nothing. */
export function telling(schema: Schema): Keywords | false {
  if (typeof schema === 'boolean') return schema && ANYTHING
  const found = known.get(schema) ?? tellingPart(schema)
  known.set(schema, found)
  return found
}

function tellingPart(schema: Keywords): Keywords {
  const entries = Object.entries(schema).filter(([key]) => !SILENT.has(key))
  return entries.length === 0 ? ANYTHING : Object.fromEntries(entries)
}
