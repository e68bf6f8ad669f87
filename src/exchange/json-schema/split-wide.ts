import { asList, asMapping, type Mapping, valueOf } from '../values.ts'
import { mapSchemas } from './walk-schemas.ts'

/**
 * The validator nests the check of each property in that of the one before, and from some 1,500 on its code can't be parsed (ajv 8.20,
 * vocabularies/applicator/properties.ts).
 */
const MAX_PROPERTIES = 500

/**
 * Writes objects with very many properties as several parts that all hold, which says the same. The names stay where they were, for
 * `additionalProperties` looks at them. A schema with references into its `properties` is left as it is.
 *
 * @returns the schema, and whether it was written anew
 */
export function splitWide(schema: unknown): { readonly schema: unknown; readonly isSplit: boolean } {
  if (JSON.stringify(schema).includes('/properties/')) return { schema, isSplit: false }
  let isSplit = false
  const split = mapSchemas(schema, (one) => {
    const properties = Object.entries(asMapping(valueOf(one, 'properties')))
    if (properties.length <= MAX_PROPERTIES) return one
    isSplit = true
    return inParts(one, properties)
  })
  return { schema: split, isSplit }
}

function inParts(schema: Mapping, properties: readonly (readonly [string, unknown])[]): Mapping {
  const parts: object[] = []
  for (let start = 0; start < properties.length; start += MAX_PROPERTIES) {
    parts.push({ properties: Object.fromEntries(properties.slice(start, start + MAX_PROPERTIES)) })
  }
  return {
    ...schema,
    properties: Object.fromEntries(properties.map(([name]) => [name, true])),
    allOf: [...asList(valueOf(schema, 'allOf')), ...parts],
  }
}
