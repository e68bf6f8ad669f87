import type { Path } from '../path.ts'
import { isMapping } from '../values.ts'

/** Keywords whose values hold one schema or a list of them. */
const SCHEMAS: ReadonlySet<string> = new Set(
  'items additionalItems unevaluatedItems unevaluatedProperties additionalProperties contains propertyNames not if then else allOf anyOf oneOf prefixItems contentSchema'.split(
    ' ',
  ),
)
/** Keywords whose values hold schemas by names that the author chose. */
const NAMED_SCHEMAS: ReadonlySet<string> = new Set(
  'properties patternProperties dependentSchemas dependencies definitions $defs'.split(' '),
)

/** Makes a schema anew from the inside out: `change` gets each schema whose own schemas have been changed. Iterative depth is the caller's. */
export function mapSchemas(
  schema: unknown,
  change: (schema: Readonly<Record<string, unknown>>, path: Path) => unknown,
  path: Path = [],
): unknown {
  if (!isMapping(schema)) return schema
  const entries = Object.entries(schema).map(([key, value]) => {
    const at = [...path, key]
    if (SCHEMAS.has(key)) return [key, mapOneOrMany(value, change, at)]
    return [key, NAMED_SCHEMAS.has(key) ? mapNamed(value, change, at) : value]
  })
  return change(Object.fromEntries(entries) as Record<string, unknown>, path)
}

type Change = Parameters<typeof mapSchemas>[1]

function mapOneOrMany(value: unknown, change: Change, path: Path): unknown {
  return Array.isArray(value)
    ? value.map((one, index) => mapSchemas(one, change, [...path, index]))
    : mapSchemas(value, change, path)
}

function mapNamed(value: unknown, change: Change, path: Path): unknown {
  if (!isMapping(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, mapSchemas(one, change, [...path, name])]),
  )
}
