import { parse } from 'yaml'
import { NOT_BLANK, SNAKE_CASE, TIME_SPAN } from '../../src/contract/shape-patterns.ts'
import type {
  ChoiceShape,
  EitherShape,
  KeyShape,
  ListShape,
  MappingShape,
  RecordShape,
  Shape,
  TextShape,
} from '../../src/contract/shape.ts'

type JsonSchema = Readonly<Record<string, unknown>>

/**
 * The JSON Schema (draft-07) of a file, for editors: what the parser refuses it refuses too, as far as JSON Schema can say it (it knows
 * no references between rules, no other files, and no expressions). Only standard keywords, so that strict validators take it.
 */
export function toJsonSchema(root: RecordShape, title: string): JsonSchema {
  return { $schema: 'http://json-schema.org/draft-07/schema#', title, ...schemaOf(root) }
}

function schemaOf(shape: Shape): JsonSchema {
  switch (shape.kind) {
    case 'text':
      return textSchema(shape)
    case 'expression':
      return { type: 'string', pattern: NOT_BLANK.regex }
    case 'path':
      return { type: 'string', pattern: shape.pattern.regex }
    case 'duration':
      return { type: 'string', pattern: TIME_SPAN.regex }
    case 'reference':
      return { type: 'string', pattern: SNAKE_CASE.regex }
    case 'number':
      return {
        type: shape.whole ? 'integer' : 'number',
        exclusiveMinimum: shape.above,
        exclusiveMaximum: shape.below,
      }
    case 'choice':
      return choiceSchema(shape)
    case 'list':
      return listSchema(shape)
    case 'mapping':
      return mappingSchema(shape)
    case 'record':
      return recordSchema(shape)
    case 'either':
      return eitherSchema(shape)
    case 'json':
      return shape.isMapping ? { type: 'object' } : {}
    case 'anything':
      return {}
  }
}

function textSchema({ pattern, maxLength }: TextShape): JsonSchema {
  return {
    type: 'string',
    ...(pattern && { pattern: pattern.regex }),
    ...(maxLength !== undefined && { maxLength }),
  }
}

function choiceSchema({ choices }: ChoiceShape): JsonSchema {
  const words = choices.flatMap(({ value, later }) => (later ? [] : value))
  const booleans = words.filter(isBoolean).map((word) => word === 'true')
  return booleans.length === 0 ? { type: 'string', enum: words } : { enum: [...booleans, ...words] }
}

/** A word that YAML reads as a boolean, where it stands without quotes. */
function isBoolean(word: string): boolean {
  return word === 'true' || word === 'false'
}

function eitherSchema({ short, long }: EitherShape): JsonSchema {
  return { anyOf: [schemaOf(short), schemaOf(long)] }
}

function listSchema({ of, nonEmpty }: ListShape): JsonSchema {
  return { type: 'array', items: schemaOf(of), ...(nonEmpty && { minItems: 1 }) }
}

function mappingSchema({ of, pattern, known, canBeEmpty }: MappingShape): JsonSchema {
  const values = schemaOf(of)
  const properties = Object.entries(known ?? {}).map(([name, description]) => [
    name,
    { description, ...values },
  ])
  const schema = {
    type: 'object',
    propertyNames: { pattern: pattern.regex },
    ...(known && { properties: Object.fromEntries(properties) }),
    additionalProperties: values,
  }
  return canBeEmpty ? { anyOf: [schema, { type: 'null' }] } : schema
}

/** Planned keys are left out, and so refused, as the parser refuses them. */
function recordSchema(shape: RecordShape): JsonSchema {
  const keys = Object.entries(shape.keys).filter(([, { later }]) => !later)
  const required = keys.flatMap(([key, known]) => (known.required ? key : []))
  const company = keys.flatMap(([key, { onlyWith }]) =>
    onlyWith === undefined ? [] : [[key, companySchema(shape, onlyWith)]],
  )
  const clashes = keys.flatMap(([key, { notWith }]) =>
    notWith === undefined ? [] : [{ not: { required: [notWith, key] } }],
  )
  const group = keys.filter(([, key]) => key.group !== undefined && key.group === shape.exactlyOne?.group)
  return {
    type: 'object',
    additionalProperties: false,
    ...(required.length > 0 && { required }),
    ...(group.length > 0 && { oneOf: group.map(([key]) => ({ required: [key] })) }),
    ...(shape.atLeastOne && { anyOf: shape.atLeastOne.of.map((key) => ({ required: [key] })) }),
    ...(company.length > 0 && { dependencies: Object.fromEntries(company) }),
    ...(clashes.length > 0 && { allOf: clashes }),
    properties: Object.fromEntries(keys.map(([key, known]) => [key, keySchema(key, known)])),
  }
}

/** One of the keys that must be there too, of those that are not planned only. */
function companySchema({ keys }: RecordShape, onlyWith: readonly string[]): JsonSchema | readonly string[] {
  const possible = onlyWith.filter((key) => !keys[key]?.later)
  return possible.length === 1 ? possible : { anyOf: possible.map((key) => ({ required: [key] })) }
}

function keySchema(key: string, known: KeyShape): JsonSchema {
  const { default: fallback, example } = known
  return {
    description: describe(known),
    ...(fallback !== undefined && { default: fallback }),
    examples: [exampleValue(key, example)],
    ...schemaOf(known.value),
  }
}

function exampleValue(key: string, example: string): unknown {
  const read: unknown = parse(`${key}: ${example}`)
  return typeof read === 'object' && read !== null ? Object.values(read)[0] : undefined
}

/** What a key means, and in words what its pattern says or its words mean: an editor shows this, not a regular expression. */
function describe({ description, value }: Pick<KeyShape, 'description' | 'value'>): string {
  if (value.kind === 'choice') return [description, ...meaningsOf(value)].join('\n')
  if (value.kind === 'either') return describe({ description, value: value.short })
  const says = saysOf(value)
  return says === undefined ? description : `${description} It must be ${says}.`
}

function meaningsOf({ choices }: ChoiceShape): string[] {
  return choices.flatMap(({ value, description, later }) => (later ? [] : `- \`${value}\`: ${description}`))
}

function saysOf(shape: Shape): string | undefined {
  if (shape.kind === 'duration') return TIME_SPAN.says
  return shape.kind === 'text' || shape.kind === 'path' ? shape.pattern?.says : undefined
}
