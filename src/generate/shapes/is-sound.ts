import { Ajv, type ValidateFunction } from 'ajv'
import type { Report } from '../finding.ts'
import type { JsonSchema } from './shape.ts'
import { wordingOf } from './wording.ts'

const validators = new WeakMap<JsonSchema, ValidateFunction>()

/** Whether a value has a shape; reports what is wrong with it, below `at`. */
export function isSound(shape: JsonSchema, value: unknown, at: string, report: Report): boolean {
  const validate =
    validators.get(shape) ??
    new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, verbose: true }).compile(shape)
  validators.set(shape, validate)
  if (validate(value)) return true
  for (const error of validate.errors ?? []) report(`${at}${error.instancePath}`, wordingOf(error))
  return false
}
