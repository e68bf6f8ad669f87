import type { ErrorObject } from 'ajv'

/** What a value breaks of its shape, for people; a pattern is told by the `description` beside it, if errors are verbose. */
export function wordingOf({ keyword, message, params, parentSchema, data }: ErrorObject): string {
  if (keyword === 'additionalProperties')
    return `has a key \`${String(params.additionalProperty)}\` that does not belong here`
  if (keyword === 'enum') return `must be one of ${(params.allowedValues as unknown[]).join(', ')}`
  const meant: unknown = parentSchema?.description
  if (keyword === 'pattern' && typeof meant === 'string')
    return `must be ${meant}, and is ${JSON.stringify(data)}`
  return message ?? keyword
}
