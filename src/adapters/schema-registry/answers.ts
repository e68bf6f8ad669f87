import type { SchemaKind } from '../../model/schema.ts'
import type { HttpAnswer } from './request.ts'

/** A reference to another schema, as a registry names it. */
export interface Reference {
  readonly name: string
  readonly subject: string
  readonly version: number
}

/** What a registry keeps under an id, or under a subject and version. */
export interface StoredSchema {
  readonly kind: SchemaKind
  readonly text: string
  readonly references: readonly Reference[]
}

/** The same question will get the same answer: there is nothing that could be used. */
export class NotUsable extends Error {}

/** The question was not answered; it may be, later or elsewhere. */
export class Unavailable extends Error {}

const KINDS: Readonly<Record<string, SchemaKind>> = {
  AVRO: 'avro',
  PROTOBUF: 'protobuf',
  JSON: 'json-schema',
}

/** Statuses with which a registry says that something does not exist. */
const ABSENT = new Set([404, 410])

/**
 * The schema in an answer.
 *
 * @throws NotUsable if the registry says that there is none, or one that can't be read
 * @throws Unavailable if this is no registry's answer, or one that says nothing of the schema
 */
export function schemaIn({ status, body }: HttpAnswer, what: string): StoredSchema {
  if (status === 200) return storedSchema(parseJson(body), what)
  // A page for people is what a proxy, or a server at another path, answers: it says nothing of the schema.
  if (ABSENT.has(status) && !isPage(body)) throw new NotUsable(`the registry does not know ${what}`)
  throw new Unavailable(`status ${status}${isPage(body) ? ' with a web page' : ''}`)
}

function storedSchema(answer: unknown, what: string): StoredSchema {
  const { schema, schemaType, references } = (
    typeof answer === 'object' && answer !== null ? answer : {}
  ) as Record<string, unknown>
  if (typeof schema !== 'string') throw new Unavailable('status 200, but no schema in the answer')
  const type = typeof schemaType === 'string' ? schemaType : 'AVRO'
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined
  if (kind === undefined) throw new NotUsable(`${what} is of a kind that can’t be read`)
  return {
    kind,
    text: schema,
    references: Array.isArray(references) ? references.map((found) => toReference(found, what)) : [],
  }
}

function toReference(found: unknown, what: string): Reference {
  const { name, subject, version } = (typeof found === 'object' && found !== null ? found : {}) as Record<
    string,
    unknown
  >
  if (typeof name === 'string' && typeof subject === 'string' && typeof version === 'number')
    return { name, subject, version }
  throw new NotUsable(`${what} has a reference that can’t be read`)
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw new Unavailable('status 200, but the answer is no JSON')
  }
}

function isPage(body: string): boolean {
  return body.trimStart().startsWith('<')
}
