import type { ErrorObject } from 'ajv'

/** What a value breaks of its shape, for people. */
export function wordingOf({ keyword, message, params }: ErrorObject): string {
  if (keyword === 'additionalProperties')
    return `has a key \`${String(params.additionalProperty)}\` that does not belong here`
  if (keyword === 'enum') return `must be one of ${(params.allowedValues as unknown[]).join(', ')}`
  return message ?? keyword
}
