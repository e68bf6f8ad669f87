import { FORMAT_CHECKS } from '../../evaluate/formats.ts'
import type { ImportLog } from '../import-log.ts'
import { regexRefusal } from '../regex-refusal.ts'
import type { Path } from '../path.ts'
import { asMapping, isMapping, type Mapping } from '../values.ts'
import { mapSchemas } from './walk-schemas.ts'

/** Keywords of drafts 7, 2019-09 and 2020-12 that the validator knows. Others are refused when rules are loaded. */
const KNOWN: ReadonlySet<string> = new Set(
  [
    '$schema $id $ref $defs definitions $anchor $dynamicRef $dynamicAnchor $recursiveRef $recursiveAnchor $comment $vocabulary',
    'title description default examples deprecated readOnly writeOnly type enum const',
    'multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern format',
    'items additionalItems unevaluatedItems prefixItems maxItems minItems uniqueItems contains minContains maxContains',
    'properties patternProperties additionalProperties unevaluatedProperties propertyNames required',
    'maxProperties minProperties dependencies dependentRequired dependentSchemas',
    'allOf anyOf oneOf not if then else contentMediaType contentEncoding contentSchema nullable discriminator',
  ]
    .join(' ')
    .split(' '),
)

/** The validator takes `nullable` of OpenAPI only beside a `type`, and it says nothing in JSON Schema. */
const TAKEN_OUT: ReadonlySet<string> = new Set(['nullable', 'discriminator'])

/**
 * Takes out of a JSON Schema what the validator would refuse and no standard draft gives a meaning: each thing is listed, so that it is known
 * what is not judged. Draft 4 is written anew as draft 7.
 */
export function tidySchema(schema: unknown, log: ImportLog, path: Path = []): unknown {
  const isDraft4 = /draft-04\/schema/.test(String(asMapping(schema)['$schema'] ?? ''))
  return mapSchemas(schema, (one, at) => tidyOne(isDraft4 ? fromDraft4(one) : one, log, [...path, ...at]))
}

function tidyOne(schema: Mapping, log: ImportLog, path: Path): Mapping {
  // Tags of Confluent are read elsewhere.
  const entries = Object.entries(schema).filter(([key, value]) => {
    if (key === 'confluent:tags') return false
    const reason = reasonAgainst(key, value)
    if (reason !== undefined) log.listed('property', `${pointer(path)} ${key}`, [...path, key], reason)
    return reason === undefined
  })
  return Object.fromEntries(entries)
}

function reasonAgainst(key: string, value: unknown): string | undefined {
  if (TAKEN_OUT.has(key)) return `\`${key}\` is a word of OpenAPI, and says nothing in JSON Schema`
  if (!KNOWN.has(key)) return `\`${key}\` is no keyword of JSON Schema, and judges nothing`
  if (key === 'format' && !(typeof value === 'string' && Object.hasOwn(FORMAT_CHECKS, value))) {
    return `the format ${JSON.stringify(value)} is none that is judged`
  }
  if (key !== 'pattern' || typeof value !== 'string') return undefined
  const refusal = regexRefusal(value)
  return refusal === undefined ? undefined : `the pattern is not judged: ${refusal}`
}

/** Draft 4 writes `id`, and exclusive limits as a mark beside the limit. */
function fromDraft4(schema: Mapping): Mapping {
  const { id, exclusiveMinimum, exclusiveMaximum, ...rest } = schema
  return {
    ...rest,
    ...(typeof rest['$schema'] === 'string' ? { $schema: 'http://json-schema.org/draft-07/schema#' } : {}),
    ...(typeof id === 'string' ? { $id: id } : {}),
    ...(exclusiveMinimum === true ? { minimum: undefined, exclusiveMinimum: rest['minimum'] } : {}),
    ...(exclusiveMaximum === true ? { maximum: undefined, exclusiveMaximum: rest['maximum'] } : {}),
  }
}

function pointer(path: Path): string {
  return path.length === 0 ? '#' : `#/${path.join('/')}`
}

/** Whether a document is a schema at all. */
export function isSchema(value: unknown): boolean {
  return typeof value === 'boolean' || isMapping(value)
}
