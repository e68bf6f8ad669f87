import type { Numbers } from '../../model/contract.ts'

/** A JSON Schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>

/**
 * Which events a schema tells of: all that the decoder can make of any bytes, or the usual ones, without what stands in for values that
 * can't be shown otherwise (integers beyond a double as text, dates beyond the calendar and enum values without a name as numbers).
 */
export type Events = 'all' | 'usual'

const DECIMAL = '^-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?$'
export const BASE64 = { type: 'string', contentEncoding: 'base64' } as const

/** What the decoder makes of 64-bit integers. */
export function longSchema(numbers: Numbers): JsonSchema {
  const text = { type: 'string', pattern: '^-?[0-9]+$' }
  if (numbers === 'string') return text
  return numbers === 'exact' ? { anyOf: [{ type: 'integer' }, text] } : { type: 'integer' }
}

/** What the decoder makes of decimals. */
export function decimalSchema(numbers: Numbers): JsonSchema {
  const text = { type: 'string', pattern: DECIMAL }
  if (numbers === 'string') return text
  return numbers === 'exact' ? { anyOf: [{ type: 'number' }, text] } : { type: 'number' }
}

/** Schemas of named types, each under `$defs` once, so that types which refer to themselves have an end. */
export class Definitions<Type> {
  readonly #references = new Map<Type, string>()
  readonly #found: Record<string, JsonSchema> = {}

  /** A reference to the type, of which the schema is made if it is not there yet. */
  refer(type: Type, name: string, make: () => JsonSchema): JsonSchema {
    const known = this.#references.get(type)
    if (known !== undefined) return { $ref: known }
    const reference = `#/$defs/${encodeURIComponent(name)}`
    this.#references.set(type, reference)
    this.#found[name] = make()
    return { $ref: reference }
  }

  /** The whole schema. */
  around(schema: JsonSchema): JsonSchema {
    const draft = 'https://json-schema.org/draft/2020-12/schema'
    return { $schema: draft, ...schema, ...(this.#references.size === 0 ? {} : { $defs: this.#found }) }
  }
}
