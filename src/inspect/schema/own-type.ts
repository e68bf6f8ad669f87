import { unionAll } from '../types/combine.ts'
import { constantsType } from '../types/constants.ts'
import { ANY, BOOLEAN, listType, NEVER, NULL, numberType, objectType, textType } from '../types/type.ts'
import type { Numbers, Type } from '../types/type.ts'
import { listAt, numberAt, schemaAt, schemasAt, textAt, valueAt } from './keywords.ts'
import { schemaObject } from './schema-object.ts'

/** Gives the type of a schema within another. */
export type ReadSchema = (schema: object | boolean) => Type

/** Keywords that only speak of one type: a schema with them and without `type` is meant for that type. */
const MEANT_FOR: readonly (readonly [type: string, keywords: readonly string[]])[] = [
  [
    'object',
    [
      'properties',
      'required',
      'additionalProperties',
      'patternProperties',
      'unevaluatedProperties',
      'minProperties',
    ],
  ],
  ['array', ['items', 'prefixItems', 'minItems', 'maxItems', 'contains', 'uniqueItems']],
  ['string', ['minLength', 'maxLength', 'pattern', 'format']],
  ['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
]

/** What the keywords of a schema say by themselves, without those that combine it with other schemas. */
export function ownType(schema: object, read: ReadSchema): Type {
  if (Object.hasOwn(schema, 'const')) return constantsType([valueAt(schema, 'const')])
  const types = typesOf(schema)
  const byType = types.length > 0 ? unionAll(types.map((type) => typeOf(type, schema, read))) : ANY
  return valueAt(schema, 'nullable') === true && types.length > 0 ? unionAll([byType, NULL]) : byType
}

/** The constants of `enum`, which are met with the other keywords. */
export function enumType(schema: object): Type | undefined {
  return Object.hasOwn(schema, 'enum') ? constantsType(listAt(schema, 'enum')) : undefined
}

function typesOf(schema: object): readonly string[] {
  const declared = valueAt(schema, 'type')
  if (typeof declared === 'string') return [declared]
  if (Array.isArray(declared)) return declared.filter((type) => typeof type === 'string')
  return MEANT_FOR.flatMap(([type, keywords]) =>
    keywords.some((keyword) => Object.hasOwn(schema, keyword)) ? [type] : [],
  )
}

function typeOf(type: string, schema: object, read: ReadSchema): Type {
  switch (type) {
    case 'null':
      return NULL
    case 'boolean':
      return BOOLEAN
    case 'integer':
    case 'number':
      return numberType(numbersIn(schema, type === 'integer'))
    case 'string':
      return textOf(schema)
    case 'array':
      return listOf(schema, read)
    case 'object':
      return objectType(schemaObject(schema, read))
    default:
      return ANY
  }
}

function numbersIn(schema: object, isInteger: boolean): Partial<Numbers> {
  const above = numberAt(schema, 'exclusiveMinimum') ?? -Infinity
  const below = numberAt(schema, 'exclusiveMaximum') ?? Infinity
  const least = numberAt(schema, 'minimum') ?? -Infinity
  const most = numberAt(schema, 'maximum') ?? Infinity
  const step = numberAt(schema, 'multipleOf')
  return {
    min: Math.max(above, least),
    max: Math.min(below, most),
    isMinOpen: above >= least && above !== -Infinity,
    isMaxOpen: below <= most && below !== Infinity,
    isInteger: isInteger || (step !== undefined && Number.isInteger(step)),
  }
}

function textOf(schema: object): Type {
  const format = textAt(schema, 'format')
  const pattern = textAt(schema, 'pattern')
  const minLength = numberAt(schema, 'minLength') ?? 0
  const maxLength = numberAt(schema, 'maxLength') ?? Infinity
  if (minLength > maxLength) return NEVER
  return textType({
    minLength,
    maxLength,
    formats: format === undefined ? [] : [format],
    patterns: pattern === undefined ? [] : [pattern],
  })
}

/** Items of a tuple are taken together: which is at which place is not kept. */
function listOf(schema: object, read: ReadSchema): Type {
  const isOldTuple = Array.isArray(valueAt(schema, 'items'))
  const tuple = schemasAt(schema, isOldTuple ? 'items' : 'prefixItems')
  const rest = schemaAt(schema, isOldTuple ? 'additionalItems' : 'items')
  const last = rest === false ? tuple.length : Infinity
  return listType(() => unionAll([...tuple, ...(rest === false ? [] : [rest ?? true])].map(read)), {
    minItems: numberAt(schema, 'minItems') ?? 0,
    maxItems: Math.min(numberAt(schema, 'maxItems') ?? Infinity, last),
  })
}
