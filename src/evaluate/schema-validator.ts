import { Ajv, type Options, type ValidateFunction } from 'ajv'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { createSafeRegExp } from '../expression/index.ts'
import { FORMAT_CHECKS } from './formats.ts'
import { refuseCircles } from './schema-cycle.ts'
import { gatherSchemas, refersToDraft } from './schema-documents.ts'
import type { ReadReference, SchemaDocument } from './schema-documents.ts'
import { placeIn, SchemaCompileError } from './schema-fault.ts'
import { invalidSchema, refusedByValidator } from './schema-wording.ts'
import { UNIQUE_ITEMS } from './unique-items.ts'

/** `code` is only used for standalone validators, which Assay does not make. */
const safeRegExp = Object.assign((pattern: string, flags: string) => createSafeRegExp(pattern, flags), {
  code: 'createSafeRegExp',
})

/**
 * - allErrors stays off on the hot path: a hostile array would make an error object for each of its items.
 * - Nothing changes the event (no defaults, no coercion): later rules judge it too.
 * - `$data` stays off: it lets the event choose a pattern (CVE-2025-69873).
 * - strict catches unknown keywords and formats when the schema is compiled; the checks that are only a matter of taste are off.
 * - A schema is held against its draft before, by a validator that is kept: each instance would compile the draft anew.
 */
const OPTIONS: Options = {
  allErrors: false,
  strict: true,
  strictTypes: false,
  strictTuples: false,
  strictRequired: false,
  allowUnionTypes: true,
  logger: false,
  validateSchema: false,
  formats: FORMAT_CHECKS,
  code: { regExp: safeRegExp },
}

/** Longer code may nest too deeply for the engine to read, which is to be found out; that begins at about ten times as much. */
const SURELY_READABLE = 64 * 1024

/** Code that is thrown away need not be tidied up, nor be read by the engine where it is of the usual length. */
const CHECK_OPTIONS: Options = {
  ...OPTIONS,
  code: {
    ...OPTIONS.code,
    optimize: false,
    process: (code) => (code.length < SURELY_READABLE ? 'return () => true' : code),
  },
}

/** Everything that is wrong with an event, and what stands there: for one event that somebody looks at. */
const THOROUGH_OPTIONS: Options = { ...OPTIONS, allErrors: true, verbose: true }

/** The validator follows `$anchor` in references, but its strict mode does not know the word. */
const ANCHOR = { keywords: ['$anchor'] }

const DRAFTS = [
  { pattern: /draft-07\/schema/, name: '7', create: (options: Options) => new Ajv(options) },
  {
    pattern: /draft\/2019-09\/schema/,
    name: '2019-09',
    create: (options: Options) => new Ajv2019({ ...options, ...ANCHOR }),
  },
  {
    pattern: /draft\/2020-12\/schema/,
    name: '2020-12',
    create: (options: Options) => new Ajv2020({ ...options, ...ANCHOR }),
  },
] as const

type Draft = (typeof DRAFTS)[number]

/** Validators that are only asked whether schemas are of their draft: that leaves nothing behind in them. */
const draftValidators = new Map<Draft, Ajv>()

function draftValidator(draft: Draft): Ajv {
  const validator = draftValidators.get(draft) ?? createValidator(draft)
  draftValidators.set(draft, validator)
  return validator
}

function createValidator(draft: Draft, options: Options = OPTIONS): Ajv {
  const ajv = draft.create(options)
  ajv.removeKeyword(UNIQUE_ITEMS.keyword as string).addKeyword(UNIQUE_ITEMS)
  return ajv
}

/**
 * Compiles a schema with all that it refers to. Drafts 7, 2019-09 and 2020-12 by the document's `$schema`; without one, 2020-12.
 *
 * Each schema gets a validator instance of its own: an instance keeps every schema it ever compiled (ajv issues 1413 and 2557), and a
 * rule set that is loaded anew must leave nothing behind.
 *
 * @throws SchemaCompileError
 */
export function compileValidator(from: string, reference: string, read: ReadReference): ValidateFunction {
  return compile(from, reference, read, OPTIONS)
}

/**
 * Finds out whether a schema could be compiled, at less cost.
 *
 * @throws SchemaCompileError
 */
export function checkSchema(from: string, reference: string, read: ReadReference): void {
  compile(from, reference, read, CHECK_OPTIONS)
}

/**
 * Compiles a schema that tells all errors of an event, with its values. Not for the hot path.
 *
 * @throws SchemaCompileError
 */
export function compileThoroughly(from: string, reference: string, read: ReadReference): ValidateFunction {
  return compile(from, reference, read, THOROUGH_OPTIONS)
}

function compile(from: string, reference: string, read: ReadReference, options: Options): ValidateFunction {
  try {
    return compileDocuments(gatherSchemas(from, reference, read), options)
  } catch (error) {
    throw error instanceof EvalError ? codeGenerationForbidden(error) : error
  }
}

/** The validator compiles schemas to JavaScript, and has no other way. */
function codeGenerationForbidden(cause: EvalError): SchemaCompileError {
  return new SchemaCompileError(
    'SCHEMA_NEEDS_CODE_GENERATION',
    'a schema is compiled to JavaScript, and Node was told not to make code from strings',
    'Start Node without --disallow-code-generation-from-strings, or write the rule as an assertion: expressions are judged without it too.',
    undefined,
    { cause },
  )
}

function compileDocuments(documents: readonly SchemaDocument[], options: Options): ValidateFunction {
  const [main, ...others] = documents as [SchemaDocument, ...SchemaDocument[]]
  const draft = draftOf(main)
  for (const document of others) refuseOtherDraft(document, main, draft)
  refuseAsynchronous(main)
  for (const document of documents) refuseInvalid(draftValidator(draft), document)
  refuseCircles(documents)
  // Only a draft that was compiled for validating is compiled by its own, laxer rules.
  const ajv = createValidator(draft, { ...options, validateSchema: refersToDraft(documents) })
  try {
    for (const document of [...others, main]) ajv.addSchema(document.schema, document.uri)
    return ajv.getSchema(main.uri) as ValidateFunction
  } catch (error) {
    if (error instanceof EvalError) throw error
    throw refusedByValidator(error, documents, Object.keys(ajv.RULES.keywords))
  }
}

function refuseInvalid(ajv: Ajv, document: SchemaDocument): void {
  if (ajv.validateSchema(document.schema) !== true) throw invalidSchema(document, ajv.errors ?? [])
}

function refuseAsynchronous(document: SchemaDocument): void {
  const { path, schema } = document
  if (typeof schema === 'boolean' || !('$async' in schema) || schema.$async !== true) return
  const message = `${path} is an asynchronous schema ($async), which can't be judged on a stream`
  const hint = 'Remove `$async`.'
  throw new SchemaCompileError('SCHEMA_INVALID', message, hint, placeIn(document, ['$async']))
}

/** One validator reads all documents of a rule. A document that declares no draft is read as the one that refers to it. */
function refuseOtherDraft(document: SchemaDocument, main: SchemaDocument, draft: Draft): void {
  if (declaredDraft(document) === undefined) return
  const other = draftOf(document)
  if (other === draft) return
  const message = `${document.path} is of draft ${other.name}, but ${main.path}, which leads to it, of draft ${draft.name}`
  const hint = 'Declare the same `$schema` in both.'
  throw new SchemaCompileError('SCHEMA_INVALID', message, hint, placeIn(document, ['$schema']))
}

function declaredDraft({ schema }: SchemaDocument): unknown {
  return typeof schema === 'object' && '$schema' in schema ? schema.$schema : undefined
}

function draftOf(document: SchemaDocument): Draft {
  const declared = declaredDraft(document)
  if (declared === undefined) return DRAFTS[2]
  const draft =
    typeof declared === 'string' ? DRAFTS.find(({ pattern }) => pattern.test(declared)) : undefined
  if (draft !== undefined) return draft
  const known = DRAFTS.map(({ name }) => name).join(', ')
  const message = `${document.path} declares \`$schema: ${String(declared)}\`; known are the drafts ${known}`
  const hint = 'Declare `"$schema": "https://json-schema.org/draft/2020-12/schema"`, say.'
  throw new SchemaCompileError('SCHEMA_INVALID', message, hint, placeIn(document, ['$schema']))
}
