import { meet } from '../types/combine.ts'
import { matchesPattern } from '../types/facets.ts'
import { ABSENT, ANY, isNever, NEVER, orAbsent } from '../types/type.ts'
import type { Field, ObjectType, Type } from '../types/type.ts'
import { asSchema, mapAt, schemaAt, textsAt, valueAt } from './keywords.ts'

/** Objects with more fields than this are not told apart by their constants. */
const MAX_DECISIVE_FIELDS = 64

/** The objects of a schema, by the keywords on fields. */
export function schemaObject(schema: object, read: (schema: object | boolean) => Type): ObjectType {
  const properties = mapAt(schema, 'properties') ?? {}
  const patterns = Object.entries(mapAt(schema, 'patternProperties') ?? {})
  const required = new Set(textsAt(schema, 'required'))
  const rest = schemaAt(schema, 'additionalProperties')
  const names = Object.keys(properties)
  const fields = new Map<string, Field>()
  return { field, names: () => names, decisive: () => decisiveOf(properties, names) }

  function field(name: string): Field {
    const known = fields.get(name) ?? readField(name)
    fields.set(name, known)
    return known
  }

  function readField(name: string): Field {
    const described = schemasOf(name)
    const type = described.map(read).reduce(meet, ANY)
    const standing = described.length > 0 ? 'described' : standingOfRest()
    if (standing === 'excluded' || isNever(type)) {
      return { standing: 'excluded', type: required.has(name) ? NEVER : ABSENT }
    }
    return { standing, type: required.has(name) ? type : orAbsent(type) }
  }

  /** All schemas that a field of this name must match. */
  function schemasOf(name: string): (object | boolean)[] {
    const own = Object.hasOwn(properties, name) ? asSchema(valueAt(properties, name)) : undefined
    const byPattern = patterns.flatMap(([pattern, value]) =>
      matchesPattern(pattern, 'u', name) ? (asSchema(value) ?? []) : [],
    )
    const all = [...(own === undefined ? [] : [own]), ...byPattern]
    return all.length === 0 && typeof rest === 'object' ? [rest] : all
  }

  function standingOfRest(): Field['standing'] {
    if (rest === false) return 'excluded'
    // A schema that lists no names describes nothing, whatever it demands of them.
    return names.length === 0 || rest === true ? 'open' : 'undescribed'
  }
}

function decisiveOf(properties: object, names: readonly string[]): readonly string[] {
  if (names.length > MAX_DECISIVE_FIELDS) return []
  return names.filter((name) => {
    const schema = asSchema(valueAt(properties, name))
    return typeof schema === 'object' && (Object.hasOwn(schema, 'const') || Object.hasOwn(schema, 'enum'))
  })
}
