import type { ErrorObject } from 'ajv'
import type { SchemaViolation, SchemaViolations } from './rule-explanation.ts'
import type { ReadReference } from './schema-documents.ts'
import { compileThoroughly } from './schema-validator.ts'
import { describe } from './schema.ts'

const MAX_LISTED = 50
/** Characters of a list of allowed values that are told. */
const MAX_DETAIL = 200
/** Fails with what its branch says, which is in the list already. */
const IF = 'if'

/**
 * Everything that a schema refuses in an event, where a verdict names the first. Off the hot path: the schema is compiled anew, in a mode
 * in which a hostile event makes an error for each of its items. The schema is one that compiles.
 */
export function schemaViolations(
  from: string,
  reference: string,
  read: ReadReference,
  event: unknown,
): SchemaViolations {
  const validate = compileThoroughly(from, reference, read)
  const errors = validate(event) ? [] : (validate.errors ?? [])
  const told = errors.filter(({ keyword }) => keyword !== IF)
  const listed = told.slice(0, MAX_LISTED).map(toViolation)
  return { listed, omitted: told.length - listed.length }
}

function toViolation(error: ErrorObject): SchemaViolation {
  const detail = detailOf(error)
  const message = detail === undefined ? describe(error) : `${describe(error)} (${detail})`
  return { path: error.instancePath || '/', message, value: error.data }
}

/** What the validator's message leaves out, and its reader asks first. */
function detailOf({ keyword, params }: ErrorObject): string | undefined {
  switch (keyword) {
    case 'additionalProperties':
      return JSON.stringify(params['additionalProperty'])
    case 'unevaluatedProperties':
      return JSON.stringify(params['unevaluatedProperty'])
    case 'enum':
      return JSON.stringify(params['allowedValues']).slice(0, MAX_DETAIL)
    case 'const':
      return JSON.stringify(params['allowedValue']).slice(0, MAX_DETAIL)
    default:
      return undefined
  }
}
