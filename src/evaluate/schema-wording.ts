import type { ErrorObject } from 'ajv'
import { nearest } from '../model/did-you-mean.ts'
import { FORMAT_CHECKS } from './formats.ts'
import type { SchemaDocument } from './schema-documents.ts'
import { partsOf, placeIn, SchemaCompileError, type SchemaPlace } from './schema-fault.ts'

/** A schema that breaks the rules of its draft, in words for its author. Of several errors the innermost one says most. */
export function invalidSchema(document: SchemaDocument, errors: readonly ErrorObject[]): SchemaCompileError {
  const [first, ...others] = errors
  const error = others.reduce(
    (best, other) => (depthOf(other) > depthOf(best) ? other : best),
    first ?? UNKNOWN,
  )
  const { instancePath, message, keyword } = error
  const allowed: unknown = keyword === 'enum' ? error.params['allowedValues'] : undefined
  const list = Array.isArray(allowed) ? `: ${allowed.map((value) => `\`${String(value)}\``).join(', ')}` : ''
  const text = `${document.path}: the schema is invalid: #${instancePath} ${message ?? 'is wrong'}${list}`
  const hint = 'Correct the value of this keyword as the JSON Schema draft that the file declares asks for.'
  return new SchemaCompileError('SCHEMA_INVALID', text, hint, placeIn(document, partsOf(instancePath)))
}

const UNKNOWN: ErrorObject = { instancePath: '', keyword: '', schemaPath: '', params: {} }

function depthOf({ instancePath }: Pick<ErrorObject, 'instancePath'>): number {
  return instancePath.split('/').length
}

/** What the validator refused while it compiled, in words for the schema's author, at the place that its message leads to. */
export function refusedByValidator(
  error: unknown,
  documents: readonly SchemaDocument[],
  keywords: readonly string[],
): SchemaCompileError {
  const said = (error instanceof Error ? error.message : String(error)).replace(/^strict mode: /, '')
  return (
    unknownKeyword(said, documents, keywords) ??
    unknownFormat(said, documents) ??
    lostReference(said, documents) ??
    badPattern(said, documents) ??
    new SchemaCompileError('SCHEMA_INVALID', said.replaceAll('assay-rules://rules/', ''), GENERAL_HINT)
  )
}

const GENERAL_HINT =
  'A schema must be valid JSON Schema of draft 7, 2019-09 or 2020-12, with known keywords and formats, and patterns without look-around or back-references.'

function unknownKeyword(
  said: string,
  documents: readonly SchemaDocument[],
  keywords: readonly string[],
): SchemaCompileError | undefined {
  const keyword = /^unknown keyword: "(.*)"$/s.exec(said)?.[1]
  if (keyword === undefined) return undefined
  const meant = nearest(keyword, keywords)
  const hint =
    meant === undefined
      ? 'Remove it, or correct its name: unknown keywords check nothing.'
      : `Did you mean \`${meant}\`?`
  const place = find(documents, (schema) => (Object.hasOwn(schema, keyword) ? keyword : undefined))
  return new SchemaCompileError(
    'SCHEMA_INVALID',
    `${nameOf(place, documents)}: unknown keyword: "${keyword}"`,
    hint,
    place,
  )
}

function unknownFormat(said: string, documents: readonly SchemaDocument[]): SchemaCompileError | undefined {
  const format = /^unknown format "(.*)" ignored/s.exec(said)?.[1]
  if (format === undefined) return undefined
  const known = Object.keys(FORMAT_CHECKS)
  const meant = nearest(format, known)
  const hint =
    meant === undefined
      ? `Known are ${known.map((name) => `\`${name}\``).join(', ')}.`
      : `Did you mean \`${meant}\`?`
  const place = find(documents, (schema) => (schema['format'] === format ? 'format' : undefined))
  return new SchemaCompileError(
    'SCHEMA_INVALID',
    `${nameOf(place, documents)}: unknown format "${format}"`,
    hint,
    place,
  )
}

function lostReference(said: string, documents: readonly SchemaDocument[]): SchemaCompileError | undefined {
  const target = /^can't resolve reference (.*) from id \S*$/s.exec(said)?.[1]
  if (target === undefined) return undefined
  const place = find(documents, (schema) =>
    ['$ref', '$dynamicRef'].find((keyword) => schema[keyword] === target),
  )
  const message = `${nameOf(place, documents)}: the reference \`${target}\` leads nowhere`
  const hint = 'Correct it, or add what it refers to: a JSON pointer such as `#/$defs/price`.'
  return new SchemaCompileError('SCHEMA_REFERENCE', message, hint, place)
}

/** The message of `createSafeRegExp` begins with the pattern. */
function badPattern(said: string, documents: readonly SchemaDocument[]): SchemaCompileError | undefined {
  const isSaid = (pattern: unknown) => typeof pattern === 'string' && said.includes(`/${pattern}/`)
  const place =
    find(documents, (schema) => (isSaid(schema['pattern']) ? 'pattern' : undefined)) ??
    find(documents, (schema) => {
      const names = Object.keys(Object(schema['patternProperties']))
      return names.some(isSaid) ? 'patternProperties' : undefined
    })
  if (!place) return undefined
  const message = `${place.path}: the pattern can't be used: ${said}`
  return new SchemaCompileError(
    'SCHEMA_INVALID',
    message,
    "Patterns have JavaScript's syntax, without look-around and back-references.",
    place,
  )
}

/** The first schema of which a keyword is asked for, as the place of that keyword. */
function find(
  documents: readonly SchemaDocument[],
  keywordOf: (schema: Readonly<Record<string, unknown>>) => string | undefined,
): SchemaPlace | undefined {
  for (const document of documents) {
    for (const { schema, pointer } of document.nodes) {
      const keyword = keywordOf(schema)
      if (keyword !== undefined) return placeIn(document, [...pointer, keyword])
    }
  }
  return undefined
}

function nameOf(place: SchemaPlace | undefined, documents: readonly SchemaDocument[]): string {
  return place?.path ?? documents[0]?.path ?? ''
}
