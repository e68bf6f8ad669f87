import { closedSet } from './closed-set.ts'
import { type JsonType, type Summary, isAlwaysThere, nameOf } from './summary.ts'
import { hasWord } from './words.ts'

/** A JSON Schema, as far as it is made here. */
export type Schema = Record<string, unknown>

/** Numbers of these names are measured, so that the next one may have a fraction though the sample has none. */
const MEASURED = [
  'amount',
  'price',
  'total',
  'cost',
  'fee',
  'gross',
  'net',
  'tax',
  'rate',
  'ratio',
  'score',
  'weight',
  'lat',
  'lng',
  'lon',
  'latitude',
  'longitude',
  'percent',
  'value',
  'balance',
  'duration',
  'size',
]

/**
 * What all values of a sample have in common, as a JSON Schema: types, what is always there, formats, closed sets. Unknown fields are
 * allowed, for the producer may add some; lengths and ranges are left open, for a sample doesn't know them.
 */
export function toSchema(summary: Summary): Schema {
  const types = [...summary.types.keys()].map((type) => schemaType(type, summary)).sort()
  if (types.length === 0) return {}
  return {
    type: types.length === 1 ? types[0] : types,
    ...textKeywords(summary, types),
    ...numberKeywords(summary),
    ...(summary.types.has('array') && summary.items && !summary.isMap
      ? { items: toSchema(summary.items) }
      : {}),
    ...(summary.types.has('object') ? objectKeywords(summary) : {}),
  }
}

function schemaType(type: JsonType, summary: Summary): string {
  const isInteger = summary.allIntegers && !hasWord(nameOf(summary), MEASURED)
  return type === 'number' && isInteger ? 'integer' : type
}

function textKeywords(summary: Summary, types: readonly string[]): Schema {
  if (!summary.types.has('string')) return {}
  const [format] = summary.formats
  if (format !== undefined) return { format }
  const values = closedSet(summary)
  if (values === undefined) return {}
  if (types.includes('null')) return { enum: [...values, null] }
  return values.length === 1 ? { const: values[0] } : { enum: values }
}

function numberKeywords(summary: Summary): Schema {
  const { minimum, maximum } = summary
  const name = nameOf(summary)
  const limit = hasWord(name, ['lat', 'latitude']) ? 90 : hasWord(name, ['lng', 'lon', 'longitude']) ? 180 : 0
  return minimum >= -limit && maximum <= limit && limit > 0 ? { minimum: -limit, maximum: limit } : {}
}

function objectKeywords(summary: Summary): Schema {
  if (summary.isMap)
    return summary.items === undefined ? {} : { additionalProperties: toSchema(summary.items) }
  const fields = [...summary.fields]
  const required = fields.filter(([, field]) => isAlwaysThere(field, summary)).map(([name]) => name)
  return {
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(fields.map(([name, field]) => [name, toSchema(field)])),
  }
}
