/** A JSON Schema, as far as it is written here. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** An object with these keys and no others; those in `optional` may be left out. */
export function object(
  keys: Readonly<Record<string, JsonSchema>>,
  optional: readonly string[] = [],
): JsonSchema {
  return {
    type: 'object',
    additionalProperties: false,
    properties: keys,
    required: Object.keys(keys).filter((key) => !optional.includes(key)),
  }
}

export function oneOf(...values: readonly (string | number | boolean)[]): JsonSchema {
  return { enum: values }
}

export function listOf(items: JsonSchema, least = 1, most = 1000): JsonSchema {
  return { type: 'array', items, minItems: least, maxItems: most, uniqueItems: true }
}

/** Text with something in it. */
export const TEXT: JsonSchema = { type: 'string', pattern: '\\S', description: 'a text that is not empty' }
export const TEXT_OR_EMPTY: JsonSchema = { type: 'string' }
export const FLAG: JsonSchema = { type: 'boolean' }
export const NUMBER: JsonSchema = { type: 'number' }
export const ADDRESS: JsonSchema = {
  type: 'string',
  pattern: '^https?://[^\\s/]+',
  description: 'an address that begins with http:// or https://',
}
/** Tags of what is generated, as Datadog keeps them. */
export const TAG: JsonSchema = {
  type: 'string',
  pattern: '^(?:(?:contract|domain|dq_check|env|team|topic):[a-z0-9_\\-.:/]*[a-z0-9\\-./]|managed-by:assay)$',
  maxLength: 200,
  description:
    'managed-by:assay or a tag contract:, domain:, dq_check:, env:, team: or topic: in small letters',
}
/** A tag value, which is also what names are made of. */
export const TAG_VALUE: JsonSchema = {
  type: 'string',
  pattern: '^[a-z0-9_\\-.:/]+$',
  maxLength: 200,
  description: 'a name as in tags: small letters, digits and _ - . : /',
}
/** A name that formulas use. */
export const QUERY_NAME: JsonSchema = {
  type: 'string',
  pattern: '^[a-z][a-z0-9_]*$',
  description: 'a name of small letters, digits and _, a letter first',
}

export function whole(least: number, most: number): JsonSchema {
  return { type: 'integer', minimum: least, maximum: most }
}
