import type { ErrorCode } from '../errors/register.ts'
import { faultInJson, type JsonPlace, placeInJson } from './json-place.ts'

/** A JSON text that a rule leads to. */
export interface SchemaText {
  readonly path: string
  readonly text: string
}

/** A place in a JSON Schema file. */
export interface SchemaPlace extends SchemaText, JsonPlace {}

/** Thrown for a schema that can't be compiled: the message says why, in one sentence. */
export class SchemaCompileError extends Error {
  override readonly name = 'SchemaCompileError'
  readonly code: ErrorCode
  readonly hint: string
  /** Where in a schema file; undefined for a file that can't be read, and where the validator does not say. */
  readonly place: SchemaPlace | undefined

  constructor(code: ErrorCode, message: string, hint: string, place?: SchemaPlace, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.hint = hint
    this.place = place
  }
}

/**
 * The place of a keyword (or of a schema in a list).
 *
 * @param pointer parts of a JSON pointer, unescaped
 */
export function placeIn(document: SchemaText, pointer: readonly string[]): SchemaPlace | undefined {
  const place = placeInJson(document.text, pointer)
  return place && { path: document.path, text: document.text, ...place }
}

/** The first place at which a schema file is no JSON. */
export function faultIn(document: SchemaText): SchemaPlace | undefined {
  const place = faultInJson(document.text)
  return place && { path: document.path, text: document.text, ...place }
}

/** The parts of a JSON pointer as validators write it: `/properties/a~1b`, with or without a `#` before it. */
export function partsOf(pointer: string): string[] {
  return pointer
    .replace(/^#/, '')
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}
