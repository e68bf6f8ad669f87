import type { Contract } from '../../model/contract.ts'
import { asList, asMapping, isMapping, type Mapping, textOf, valueOf } from '../values.ts'

type Fields = Contract['fields']

/** Schemas within schemas that are shown. */
const MAX_DEPTH = 20

const CLASSIFICATIONS = { high: 'restricted', low: 'internal', none: 'public' } as const

/** The properties of a JSON Schema as ODCS shows them: name, type, whether it is required, and how personal it is. */
export function projectProperties(schema: object | boolean, fields: Fields): readonly object[] {
  return isMapping(schema) ? propertiesOf({ root: schema, fields }, schema, '', 0) : []
}

interface Projection {
  readonly root: Mapping
  readonly fields: Fields
}

function propertiesOf(
  projection: Projection,
  schema: Mapping,
  path: string,
  depth: number,
): readonly object[] {
  if (depth > MAX_DEPTH) return []
  const required = new Set(asList(valueOf(schema, 'required')))
  return Object.entries(asMapping(valueOf(schema, 'properties'))).flatMap(([name, property]) => {
    const value = projectValue(projection, property, path === '' ? name : `${path}.${name}`, depth)
    return value === undefined ? [] : [{ name, ...value, ...(required.has(name) ? { required: true } : {}) }]
  })
}

/** Undefined for a value of no single type: the schema of ODCS 3.2.0 takes a property without `logicalType` for a map. */
function projectValue(
  projection: Projection,
  value: unknown,
  path: string,
  depth: number,
): object | undefined {
  const schema = followed(projection.root, value)
  const type = typed(projection, schema, path, depth)
  if (type === undefined) return undefined
  const description = textOf(schema, 'description')
  const pii = Object.hasOwn(projection.fields, path) ? projection.fields[path]?.pii : undefined
  return {
    ...type,
    ...(description === undefined ? {} : { description }),
    ...(pii === undefined ? {} : { classification: CLASSIFICATIONS[pii] }),
  }
}

/** Only references within the document, which need no other file. */
function followed(root: Mapping, value: unknown): Mapping {
  let schema = asMapping(value)
  for (let step = 0; step < MAX_DEPTH; step += 1) {
    const [, group, name] = /^#\/(\$defs|definitions)\/([^/~%]+)$/.exec(textOf(schema, '$ref') ?? '') ?? []
    if (group === undefined || name === undefined) break
    schema = asMapping(valueOf(asMapping(valueOf(root, group)), name))
  }
  return schema
}

function typed(projection: Projection, schema: Mapping, path: string, depth: number): object | undefined {
  const type = typeOf(schema)
  switch (type) {
    case 'object': {
      const properties = propertiesOf(projection, schema, path, depth + 1)
      return { logicalType: 'object', ...(properties.length > 0 ? { properties } : {}) }
    }
    case 'array': {
      const items = valueOf(schema, 'items')
      const item =
        isMapping(items) && depth < MAX_DEPTH ? projectValue(projection, items, path, depth + 1) : undefined
      return { logicalType: 'array', ...(item ? { items: item } : {}) }
    }
    case 'string':
      return {
        logicalType: { date: 'date', 'date-time': 'timestamp' }[textOf(schema, 'format') ?? ''] ?? 'string',
      }
    case 'integer':
    case 'number':
    case 'boolean':
      return { logicalType: type }
    default:
      return undefined
  }
}

/** The one type of a schema beside null: the one that it names, or that of all values that it admits. */
function typeOf(schema: Mapping): unknown {
  const named = valueOf(schema, 'type')
  const values = Object.hasOwn(schema, 'const') ? [schema['const']] : asList(valueOf(schema, 'enum'))
  const types =
    named === undefined ? values.map((value) => typeof value) : Array.isArray(named) ? named : [named]
  const [only, another] = new Set(types.filter((type) => type !== 'null'))
  return another === undefined ? only : undefined
}
