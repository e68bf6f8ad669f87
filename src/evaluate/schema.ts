import { Ajv } from 'ajv'
import type { ErrorObject, Options, ValidateFunction } from 'ajv'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { createSafeRegExp } from '../expression/index.ts'
import type { Verdict } from '../model/verdict.ts'
import type { Judge } from './compiled.ts'
import { FORMAT_CHECKS } from './formats.ts'
import { gatherSchemas, SchemaDocumentError } from './schema-documents.ts'
import type { ReadReference, SchemaDocument } from './schema-documents.ts'
import { UNIQUE_ITEMS } from './unique-items.ts'

/** Thrown for a schema that can't be compiled; the message says why, in one sentence. */
export class SchemaCompileError extends Error {
  override readonly name = 'SchemaCompileError'
}

const PASS: Verdict = { kind: 'pass' }

/** `code` is only used for standalone validators, which Assay does not make. */
const safeRegExp = Object.assign((pattern: string, flags: string) => createSafeRegExp(pattern, flags), {
  code: 'createSafeRegExp',
})

/**
 * - allErrors stays off on the hot path: a hostile array would make an error object for each of its items.
 * - Nothing changes the event (no defaults, no coercion): later rules judge it too.
 * - `$data` stays off: it lets the event choose a pattern (CVE-2025-69873).
 * - strict catches unknown keywords and formats when the schema is compiled; the checks that are only a matter of taste are off.
 */
const OPTIONS: Options = {
  allErrors: false,
  strict: true,
  strictTypes: false,
  strictTuples: false,
  strictRequired: false,
  allowUnionTypes: true,
  logger: false,
  formats: FORMAT_CHECKS,
  code: { regExp: safeRegExp },
}

/** The validator follows `$anchor` in references, but its strict mode does not know the word. */
const OPTIONS_WITH_ANCHOR: Options = { ...OPTIONS, keywords: ['$anchor'] }

const DRAFTS = [
  { pattern: /draft-07\/schema/, name: '7', create: () => new Ajv(OPTIONS) },
  { pattern: /draft\/2019-09\/schema/, name: '2019-09', create: () => new Ajv2019(OPTIONS_WITH_ANCHOR) },
  { pattern: /draft\/2020-12\/schema/, name: '2020-12', create: () => new Ajv2020(OPTIONS_WITH_ANCHOR) },
] as const

type Draft = (typeof DRAFTS)[number]

/**
 * A JSON Schema rule's judge. Drafts 7, 2019-09 and 2020-12 by the document's `$schema`; without one, 2020-12.
 *
 * Each schema gets a validator instance of its own: an instance keeps every schema it ever compiled (ajv issues 1413 and 2557), and a
 * rule set that is loaded anew must leave nothing behind.
 *
 * @throws SchemaCompileError
 */
export function schemaJudge(from: string, reference: string, read: ReadReference): Judge {
  const validate = compileSchema(from, reference, read)
  return (event) => {
    if (validate(event)) return PASS
    const error = validate.errors?.[0]
    return error === undefined
      ? { kind: 'error', code: 'SCHEMA_NO_REASON', message: 'the validator gave no reason' }
      : { kind: 'fail', reason: 'schema', path: error.instancePath || '/', message: describe(error) }
  }
}

function compileSchema(from: string, reference: string, read: ReadReference): ValidateFunction {
  try {
    const documents = gatherSchemas(from, reference, read)
    const [main, ...others] = documents as [SchemaDocument, ...SchemaDocument[]]
    const draft = draftOf(main)
    const ajv = draft.create()
    ajv.removeKeyword(UNIQUE_ITEMS.keyword as string).addKeyword(UNIQUE_ITEMS)
    for (const document of others) {
      refuseOtherDraft(document, main, draft)
      ajv.addSchema(document.schema, document.uri)
    }
    ajv.addSchema(main.schema, main.uri)
    const validate = ajv.getSchema(main.uri)
    if (validate === undefined) throw new SchemaCompileError(`${main.path} gave no validator`)
    if ('$async' in validate && validate.$async === true) {
      throw new SchemaCompileError(
        `${main.path} is an asynchronous schema ($async), which can't be judged on a stream`,
      )
    }
    return validate as ValidateFunction
  } catch (error) {
    if (error instanceof SchemaCompileError) throw error
    const message = error instanceof Error ? error.message : String(error)
    throw new SchemaCompileError(error instanceof SchemaDocumentError ? message : reword(message), {
      cause: error,
    })
  }
}

/** One validator reads all documents of a rule. A document that declares no draft is read as the one that refers to it. */
function refuseOtherDraft(document: SchemaDocument, main: SchemaDocument, draft: Draft): void {
  if (declaredDraft(document) === undefined) return
  const other = draftOf(document)
  if (other === draft) return
  const reason = `${document.path} is of draft ${other.name}, but ${main.path}, which leads to it, of draft ${draft.name}`
  throw new SchemaCompileError(`${reason}; declare the same \`$schema\` in both`)
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
  throw new SchemaCompileError(
    `${document.path} declares \`$schema: ${String(declared)}\`; known are the drafts ${known}`,
  )
}

/** What is wrong, without the event's value: messages of the validator name only what the schema says. */
function describe(error: ErrorObject): string {
  return error.keyword === 'false schema'
    ? 'the schema allows nothing here'
    : (error.message ?? `keyword ${error.keyword} failed`)
}

function reword(message: string): string {
  return message
    .replace(/^schema is invalid: data/, 'the schema is invalid: #')
    .replace(/^strict mode: /, '')
    .replace(/^can't resolve reference (\S+) from id \S+$/, 'the reference `$1` leads nowhere')
    .replace(/assay-rules:\/\/rules\//g, '')
}
