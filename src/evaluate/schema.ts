import type { ErrorObject } from 'ajv'
import type { Verdict } from '../model/verdict.ts'
import type { Judge } from './compiled.ts'
import type { ReadReference } from './schema-documents.ts'
import { compileValidator } from './schema-validator.ts'

const PASS: Verdict = { kind: 'pass' }

/**
 * A JSON Schema rule's judge.
 *
 * @throws SchemaCompileError
 */
export function schemaJudge(from: string, reference: string, read: ReadReference): Judge {
  const validate = compileValidator(from, reference, read)
  return (event) => {
    if (validate(event)) return PASS
    const error = validate.errors?.[0]
    return error === undefined
      ? { kind: 'error', code: 'SCHEMA_NO_REASON', message: 'the validator gave no reason' }
      : { kind: 'fail', reason: 'schema', path: error.instancePath || '/', message: describe(error) }
  }
}

/** What is wrong, without the event's value: messages of the validator name only what the schema says. */
function describe(error: ErrorObject): string {
  return error.keyword === 'false schema'
    ? 'the schema allows nothing here'
    : (error.message ?? `keyword ${error.keyword} failed`)
}
