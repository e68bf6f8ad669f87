import type { ErrorObject } from 'ajv'
import type { Verdict } from '../model/verdict.ts'
import type { ReadReference } from './schema-documents.ts'
import { compileValidator } from './schema-validator.ts'

/** A JSON Schema ready to run. */
export interface SchemaCheck {
  /** Undefined if the validator itself failed: a schema that refers to itself without end exhausts the stack. Never throws. */
  matches(event: unknown): boolean | undefined
  /** Why `matches` did not give true, the last time. */
  explain(): Verdict
}

/**
 * Compiles the schema of a rule.
 *
 * @throws SchemaCompileError
 */
export function compileSchema(from: string, reference: string, read: ReadReference): SchemaCheck {
  const validate = compileValidator(from, reference, read)
  return {
    matches: (event) => {
      try {
        return validate(event)
      } catch {
        validate.errors = null
        return undefined
      }
    },
    explain: () => explain(validate.errors?.[0]),
  }
}

function explain(error: ErrorObject | undefined): Verdict {
  return error === undefined
    ? { kind: 'error', code: 'SCHEMA_FAILED', message: 'the validator could not judge the event' }
    : { kind: 'fail', reason: 'schema', path: error.instancePath || '/', message: describe(error) }
}

/** What is wrong, without the event's value: messages of the validator name only what the schema says. */
export function describe(error: ErrorObject): string {
  return error.keyword === 'false schema'
    ? 'the schema allows nothing here'
    : (error.message ?? `keyword ${error.keyword} failed`)
}
