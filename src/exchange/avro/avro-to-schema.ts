import type { ImportLog } from '../import-log.ts'
import type { Path } from '../path.ts'
import { asList, isMapping, type Mapping, textOf, valueOf } from '../values.ts'
import { logicalSchema, primitiveSchema } from './logical-types.ts'
import { findNamedTypes, fullName, isNamedKind, namespaceIn, resolveName } from './named-types.ts'

type Schema = Record<string, unknown>

interface Conversion {
  readonly log: ImportLog
  readonly known: ReadonlySet<string>
  /** Schemas of the named types but the outermost one, by full name. */
  readonly definitions: Map<string, Schema>
  /** The full name of the outermost type, which is the document itself. */
  readonly root: string | undefined
}

/** Where in the schema we are. */
interface Place {
  readonly path: Path
  readonly namespace: string | undefined
}

/** An Avro schema as the JSON Schema of the events after decoding: unions unwrapped, named types under `$defs`. */
export function avroToSchema(avro: unknown, log: ImportLog): Schema {
  const known = findNamedTypes(avro, log)
  const isNamed = isMapping(avro) && isNamedKind(valueOf(avro, 'type'))
  const root = isNamed ? fullName(textOf(avro, 'name') ?? '', namespaceIn(avro, undefined)) : undefined
  const conversion: Conversion = { log, known, definitions: new Map(), root }
  const place = { path: [], namespace: undefined }
  const schema = isNamed ? namedSchema(conversion, avro, place) : toSchema(conversion, avro, place)
  const definitions = Object.fromEntries(conversion.definitions)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...schema,
    ...(conversion.definitions.size > 0 ? { $defs: definitions } : {}),
  }
}

function toSchema(conversion: Conversion, type: unknown, place: Place): Schema {
  if (typeof type === 'string') return byName(conversion, type, place)
  if (Array.isArray(type)) return unionSchema(conversion, type, place)
  if (isMapping(type)) return complexSchema(conversion, type, place)
  invalid(
    conversion,
    place.path,
    `a type must be a name, a list or an object; found ${JSON.stringify(type ?? null)}`,
  )
  return {}
}

function byName({ log, known, root }: Conversion, name: string, { path, namespace }: Place): Schema {
  const primitive = primitiveSchema(name)
  if (primitive !== undefined) return primitive
  const full = resolveName(name, namespace, known, path, log)
  return full === undefined ? {} : reference(full, root)
}

function reference(name: string, root: string | undefined): Schema {
  return { $ref: name === root ? '#' : `#/$defs/${name}` }
}

function complexSchema(conversion: Conversion, type: Mapping, place: Place): Schema {
  const kind = valueOf(type, 'type')
  const logical = logicalOf(conversion, type, place)
  if (isNamedKind(kind)) return define(conversion, type, place, logical)
  if (logical !== undefined) return logical
  if (kind === 'array') {
    return { type: 'array', items: toSchema(conversion, valueOf(type, 'items'), inside(place, 'items')) }
  }
  if (kind === 'map') {
    const values = toSchema(conversion, valueOf(type, 'values'), inside(place, 'values'))
    return { type: 'object', additionalProperties: values }
  }
  return toSchema(conversion, kind, inside(place, 'type'))
}

function inside({ path, namespace }: Place, key: string): Place {
  return { path: [...path, key], namespace }
}

function logicalOf({ log }: Conversion, type: Mapping, { path }: Place): Schema | undefined {
  const name = textOf(type, 'logicalType')
  if (name === undefined) return undefined
  const schema = logicalSchema(name)
  if (schema === undefined) {
    const reason = `the logical type ${JSON.stringify(name)} is not known: values are judged as what they are made of`
    log.listed('property', 'logicalType', [...path, 'logicalType'], reason)
  }
  return schema
}

/** Puts a named type under `$defs` and refers to it. A type that is named in itself finds its place taken already. */
function define(conversion: Conversion, type: Mapping, place: Place, logical: Schema | undefined): Schema {
  const name = fullName(textOf(type, 'name') ?? '', namespaceIn(type, place.namespace))
  if (conversion.definitions.has(name)) return reference(name, conversion.root)
  conversion.definitions.set(name, {})
  conversion.definitions.set(name, logical ?? namedSchema(conversion, type, place))
  return reference(name, conversion.root)
}

function namedSchema(conversion: Conversion, type: Mapping, place: Place): Schema {
  const description = textOf(type, 'doc')
  if (Object.hasOwn(type, 'aliases')) {
    const reason = 'other names of the type are for readers of older data'
    conversion.log.listed('property', 'aliases', [...place.path, 'aliases'], reason)
  }
  return {
    ...(description === undefined ? {} : { description }),
    ...kindSchema(conversion, type, { path: place.path, namespace: namespaceIn(type, place.namespace) }),
  }
}

function kindSchema(conversion: Conversion, type: Mapping, place: Place): Schema {
  switch (valueOf(type, 'type')) {
    case 'enum':
      return enumSchema(conversion, type, place)
    case 'fixed':
      return { type: 'string' }
    default:
      return recordSchema(conversion, type, place)
  }
}

function enumSchema(conversion: Conversion, type: Mapping, { path }: Place): Schema {
  const symbols = asList(valueOf(type, 'symbols')).filter((symbol) => typeof symbol === 'string')
  if (symbols.length === 0) invalid(conversion, path, 'an enum needs `symbols`: a list of names')
  return { type: 'string', ...(symbols.length > 0 ? { enum: [...new Set(symbols)] } : {}) }
}

/** A field without a default is always there; one with a default may be missing from events of an older schema. */
function recordSchema(conversion: Conversion, type: Mapping, place: Place): Schema {
  const fields = valueOf(type, 'fields')
  if (!Array.isArray(fields)) invalid(conversion, place.path, 'a record needs `fields`: a list of them')
  const read = asList(fields).flatMap((field, index) =>
    readField(conversion, field, { ...place, path: [...place.path, 'fields', index] }),
  )
  const required = read.filter(({ isRequired }) => isRequired).map(({ name }) => name)
  return {
    type: 'object',
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(read.map(({ name, schema }) => [name, schema])),
  }
}

interface Field {
  readonly name: string
  readonly schema: Schema
  readonly isRequired: boolean
}

function readField(conversion: Conversion, field: unknown, place: Place): Field[] {
  const name = isMapping(field) ? textOf(field, 'name') : undefined
  if (!isMapping(field) || name === undefined) {
    invalid(conversion, place.path, 'a field needs a `name` and a `type`')
    return []
  }
  const { log } = conversion
  if (Object.hasOwn(field, 'aliases')) {
    const reason = 'other names of the field are for readers of older data'
    log.listed('property', `${name} aliases`, [...place.path, 'aliases'], reason)
  }
  const description = textOf(field, 'doc')
  const tags = valueOf(field, 'confluent:tags')
  const schema = toSchema(conversion, valueOf(field, 'type'), inside(place, 'type'))
  const more = {
    ...(description === undefined ? {} : { description }),
    ...(tags === undefined ? {} : { 'confluent:tags': tags }),
  }
  return [{ name, schema: { ...more, ...schema }, isRequired: !Object.hasOwn(field, 'default') }]
}

/** What may be null is its type or null; other unions are a choice of their branches, without the names around them. */
function unionSchema(conversion: Conversion, branches: readonly unknown[], place: Place): Schema {
  if (branches.length === 0) invalid(conversion, place.path, 'a union needs at least one type')
  const schemas = branches.map((branch, index) => {
    const at = { ...place, path: [...place.path, index] }
    if (Array.isArray(branch)) invalid(conversion, at.path, 'a union may not hold a union directly')
    return toSchema(conversion, branch, at)
  })
  const others = schemas.filter(({ type }) => type !== 'null')
  const [only, another] = others
  if (only === undefined) return { type: 'null' }
  if (another === undefined && others.length === schemas.length) return only
  if (another === undefined && typeof only['type'] === 'string' && !Object.hasOwn(only, 'enum')) {
    return { ...only, type: [only['type'], 'null'] }
  }
  return { anyOf: others.length === schemas.length ? others : [...others, { type: 'null' }] }
}

function invalid({ log }: Conversion, path: Path, message: string): void {
  log.error('IMPORT_INVALID', path, message, 'See the Avro specification, section Schema Declaration.')
}
