import type { Rule } from '../model/contract.ts'
import { gatherSchemas } from './schema-documents.ts'
import { SchemaCompileError } from './schema-fault.ts'
import type { ReadReference } from './schema-documents.ts'

/** A field that a JSON Schema names as a property. */
export interface SchemaFieldPath {
  /** Names down to the field, without steps into arrays. */
  readonly path: readonly string[]
  /** Whether the path begins at the event. What stands in a definition may be used anywhere in it. */
  readonly isAbsolute: boolean
}

/** All fields that the schema of a rule names, with what it refers to; none if it can't be read or the rule has another check. */
export function schemaFieldsOf({ check }: Rule, read: ReadReference): readonly SchemaFieldPath[] {
  if (check.kind !== 'schema') return []
  try {
    const { file } = check.path.locate()
    const documents = gatherSchemas(file, check.path.text, read)
    return documents.flatMap(({ schema }, index) => fieldsIn(schema, index === 0))
  } catch (error) {
    if (error instanceof SchemaCompileError) return []
    throw error
  }
}

/** Keywords whose value is a schema of the same place. */
const SAME_PLACE = [
  'if',
  'then',
  'else',
  'not',
  'additionalProperties',
  'items',
  'contains',
  'unevaluatedProperties',
]
/** Keywords whose value is a list of such schemas. */
const SAME_PLACE_LISTS = ['allOf', 'anyOf', 'oneOf', 'items', 'prefixItems']
/** Keywords whose value holds such schemas by name. */
const SAME_PLACE_MAPS = ['patternProperties', 'dependentSchemas']
const DEFINITIONS = ['definitions', '$defs']

interface Pending extends SchemaFieldPath {
  readonly schema: unknown
}

/** Without recursion, so that depth is no danger. */
function fieldsIn(root: unknown, isAbsolute: boolean): SchemaFieldPath[] {
  const fields: SchemaFieldPath[] = []
  const pending: Pending[] = [{ schema: root, path: [], isAbsolute }]
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { schema, path } = next
    if (!isObject(schema)) continue
    const here = (child: unknown): Pending => ({ ...next, schema: child })
    const named = entriesOf(schema.properties).map(([name, child]) => ({
      schema: child,
      path: [...path, name],
      isAbsolute: next.isAbsolute,
    }))
    fields.push(...named.map((field) => ({ path: field.path, isAbsolute: field.isAbsolute })))
    pending.push(
      ...named,
      ...SAME_PLACE.map((keyword) => here(schema[keyword])),
      ...SAME_PLACE_LISTS.flatMap((keyword) => listOf(schema[keyword]).map(here)),
      ...SAME_PLACE_MAPS.flatMap((keyword) => valuesOf(schema[keyword]).map(here)),
      ...DEFINITIONS.flatMap((keyword) =>
        valuesOf(schema[keyword]).map((child) => ({ schema: child, path: [], isAbsolute: false })),
      ),
    )
  }
  return fields
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function entriesOf(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : []
}

function valuesOf(value: unknown): unknown[] {
  return isObject(value) ? Object.values(value) : []
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
