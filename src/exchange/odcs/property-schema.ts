import type { ImportLog } from '../import-log.ts'
import { regexRefusal } from '../regex-refusal.ts'
import type { Path } from '../path.ts'
import { asList, asMapping, isMapping, type Mapping, numberOf, textOf, valueOf } from '../values.ts'

type Schema = Record<string, unknown>

/** What is kept while the properties of a schema object become a JSON Schema. */
export interface SchemaGathering {
  readonly log: ImportLog
}

/** Formats of ODCS strings that JSON Schema has as well. */
const FORMATS: Readonly<Record<string, string>> = {
  email: 'email',
  uuid: 'uuid',
  uri: 'uri',
  hostname: 'hostname',
  ipv4: 'ipv4',
  ipv6: 'ipv6',
}

/** Bounds of whole numbers by their format; those of 64 bits and more are beyond what JSON numbers hold exactly. */
const INTEGER_BITS: Readonly<Record<string, readonly [minimum: number, maximum: number]>> = {
  i8: [-128, 127],
  i16: [-32_768, 32_767],
  i32: [-2_147_483_648, 2_147_483_647],
  u8: [0, 255],
  u16: [0, 65_535],
  u32: [0, 4_294_967_295],
}

/** The name that a property has in an event. */
export function physicalName(property: Mapping): string {
  return textOf(property, 'physicalName') ?? textOf(property, 'name') ?? ''
}

/** A schema for an object with these properties. What is not required may be missing or null. */
export function objectSchema(gathering: SchemaGathering, properties: unknown, path: Path): Schema {
  const entries = asList(properties).flatMap((property, index): [string, Mapping, Path][] => {
    const name = isMapping(property) ? physicalName(property) : ''
    return isMapping(property) && name !== '' ? [[name, property, [...path, index]]] : []
  })
  const required = entries.filter(([, property]) => isRequired(property)).map(([name]) => name)
  return {
    type: 'object',
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(
      entries.map(([name, property, at]) => [name, propertySchema(gathering, property, at)]),
    ),
  }
}

/** What is part of the key must be there. */
function isRequired(property: Mapping): boolean {
  return valueOf(property, 'required') === true || valueOf(property, 'primaryKey') === true
}

function propertySchema(gathering: SchemaGathering, property: Mapping, path: Path): Schema {
  const schema = valueSchema(gathering, property, path)
  const description = textOf(property, 'description') ?? textOf(property, 'businessName')
  return {
    ...(description === undefined ? {} : { description: description.trim() }),
    ...(isRequired(property) ? schema : orNull(schema)),
  }
}

function orNull(schema: Schema): Schema {
  const { type, enum: values } = schema
  if (type === undefined && values === undefined) return schema
  return {
    ...schema,
    ...(typeof type === 'string' ? { type: [type, 'null'] } : {}),
    ...(Array.isArray(values) && !values.includes(null) ? { enum: [...(values as unknown[]), null] } : {}),
  }
}

function valueSchema(gathering: SchemaGathering, property: Mapping, path: Path): Schema {
  const values = asList(valueOf(property, 'enum'))
    .filter(isMapping)
    .map((one) => valueOf(one, 'value'))
  return { ...typeSchema(gathering, property, path), ...(values.length > 0 ? { enum: values } : {}) }
}

function typeSchema(gathering: SchemaGathering, property: Mapping, path: Path): Schema {
  const options = asMapping(valueOf(property, 'logicalTypeOptions'))
  const at = [...path, 'logicalTypeOptions']
  switch (textOf(property, 'logicalType')) {
    case 'string':
      return { type: 'string', ...stringOptions(gathering, options, at) }
    case 'integer':
      return { type: 'integer', ...integerOptions(options), ...limits(options) }
    case 'number':
      return { type: 'number', ...limits(options) }
    case 'boolean':
      return { type: 'boolean' }
    case 'date':
    case 'timestamp':
    case 'time':
      return timeSchema(gathering, property, options, at)
    case 'object':
      return nestedObject(gathering, property, options, path)
    case 'array':
      return arraySchema(gathering, property, options, path)
    case 'map':
      return mapSchema(gathering, property, path)
    case 'vector':
      return vectorSchema(options)
    default:
      return {}
  }
}

function stringOptions({ log }: SchemaGathering, options: Mapping, path: Path): Schema {
  const format = textOf(options, 'format')
  const pattern = textOf(options, 'pattern')
  const known = format !== undefined && Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined
  if (format !== undefined && known === undefined) {
    log.listed(
      'property',
      'format',
      [...path, 'format'],
      `the format ${JSON.stringify(format)} is none that JSON Schema judges`,
    )
  }
  const reason = pattern === undefined ? undefined : regexRefusal(pattern)
  if (reason !== undefined)
    log.listed('property', 'pattern', [...path, 'pattern'], `the pattern is refused: ${reason}`)
  return {
    ...picked(options, ['minLength', 'maxLength']),
    ...(pattern !== undefined && reason === undefined ? { pattern } : {}),
    ...(known === undefined ? {} : { format: known }),
  }
}

function integerOptions(options: Mapping): Schema {
  const bits = INTEGER_BITS[textOf(options, 'format') ?? '']
  if (bits === undefined) return textOf(options, 'format')?.startsWith('u') === true ? { minimum: 0 } : {}
  return { minimum: bits[0], maximum: bits[1] }
}

function limits(options: Mapping): Schema {
  return picked(options, ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'])
}

const TIME_FORMATS: Readonly<Record<string, string>> = { date: 'date', timestamp: 'date-time', time: 'time' }

/** Pictures of a date's layout that say what JSON Schema's formats say. */
const ISO_PICTURES: readonly RegExp[] = [/^yyyy-MM-dd$/, /^yyyy-MM-dd'?T'?HH:mm:ss(?:\.S+)?(?:X+|Z+|'Z')$/]

/** Times are text in ISO form, unless they are kept as numbers. */
function timeSchema({ log }: SchemaGathering, property: Mapping, options: Mapping, path: Path): Schema {
  for (const key of ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']) {
    if (Object.hasOwn(options, key))
      log.listed('property', key, [...path, key], 'JSON Schema can’t compare times')
  }
  const physical = textOf(property, 'physicalType') ?? ''
  if (/^(?:big|small|tiny)?int|^long|^number|^numeric|^epoch/i.test(physical)) return { type: 'integer' }
  const picture = textOf(options, 'format')
  if (picture !== undefined && !ISO_PICTURES.some((iso) => iso.test(picture))) {
    const reason = `the layout ${JSON.stringify(picture)} is none that JSON Schema judges`
    log.listed('property', 'format', [...path, 'format'], reason)
    return { type: 'string' }
  }
  return { type: 'string', format: TIME_FORMATS[textOf(property, 'logicalType') ?? ''] }
}

function nestedObject(gathering: SchemaGathering, property: Mapping, options: Mapping, path: Path): Schema {
  const nested = objectSchema(gathering, valueOf(property, 'properties'), [...path, 'properties'])
  const more = asList(valueOf(options, 'required')).filter((name) => typeof name === 'string')
  const required = [...new Set([...asList(nested['required']), ...more])]
  return {
    ...nested,
    ...(required.length > 0 ? { required } : {}),
    ...picked(options, ['minProperties', 'maxProperties']),
  }
}

function arraySchema(gathering: SchemaGathering, property: Mapping, options: Mapping, path: Path): Schema {
  const items = valueOf(property, 'items')
  return {
    type: 'array',
    ...picked(options, ['minItems', 'maxItems']),
    ...(valueOf(options, 'uniqueItems') === true ? { uniqueItems: true } : {}),
    ...(isMapping(items) ? { items: propertySchema(gathering, items, [...path, 'items']) } : {}),
  }
}

function mapSchema(gathering: SchemaGathering, property: Mapping, path: Path): Schema {
  const map = asMapping(valueOf(property, 'map'))
  const key = asMapping(valueOf(map, 'key'))
  const value = valueOf(map, 'value')
  const names = stringOptions(gathering, asMapping(valueOf(key, 'logicalTypeOptions')), [
    ...path,
    'map',
    'key',
  ])
  return {
    type: 'object',
    ...(Object.keys(names).length > 0 ? { propertyNames: names } : {}),
    ...(isMapping(value)
      ? { additionalProperties: propertySchema(gathering, value, [...path, 'map', 'value']) }
      : {}),
  }
}

function vectorSchema(options: Mapping): Schema {
  const dimensions = numberOf(options, 'dimensions')
  const length = dimensions === undefined ? {} : { minItems: dimensions, maxItems: dimensions }
  return { type: 'array', items: { type: 'number' }, ...length }
}

/** Options that are numbers, under the same names. */
function picked(options: Mapping, names: readonly string[]): Schema {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = numberOf(options, name)
      return value === undefined ? [] : [[name, value]]
    }),
  )
}
