import type { ReadReference } from '../evaluate/schema-documents.ts'
import { SchemaCompileError } from '../evaluate/schema-fault.ts'
import type { Contract, LocatedText } from '../model/contract.ts'
import { changeField } from './types/change-field.ts'
import { meet } from './types/combine.ts'
import { ANY, isNever, UNKNOWN } from './types/type.ts'
import type { Type } from './types/type.ts'
import { readJsonSchema } from './schema/read-schema.ts'

/** A JSON Schema of events that stands in no file of the rules: a registry has it, or it is proposed. */
export interface EventSchema {
  /** What messages call it. */
  readonly path: string
  readonly text: string
  /** Where the files that it refers to are found; without it, there are none. */
  readonly files?: ReadReference
}

/** Reads the type of a JSON Schema, once for each text: contracts of one topic mostly share theirs. */
export class SchemaTypes {
  readonly #read: ReadReference
  readonly #types = new Map<string, Type>()

  constructor(read: ReadReference) {
    this.#read = read
  }

  /** The type of a schema that was read already. */
  typeOfSchema(schema: EventSchema): Type | undefined {
    const { path, text } = schema
    const key = `${path}\n${text}`
    const type = this.#types.get(key) ?? typeOrNothing(() => readJsonSchema(path, path, filesOf(schema)))
    if (type !== undefined) this.#types.set(key, type)
    return type
  }

  /** Undefined for a schema that can't be read, which is reported where it is compiled. */
  typeOf(named: LocatedText): Type | undefined {
    const from = named.locate().file
    const reference = named.text
    const found = this.#read(from, reference)
    if ('missing' in found) return undefined
    const key = `${found.path}\n${found.text}`
    const type = this.#types.get(key) ?? typeOrNothing(() => readJsonSchema(from, reference, this.#read))
    if (type !== undefined) this.#types.set(key, type)
    return type
  }
}

function typeOrNothing(read: () => Type): Type | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof SchemaCompileError) return undefined
    throw error
  }
}

/** How the documents of a schema are read: of its own path, the text that is there already. */
export function filesOf({ path, text, files }: EventSchema): ReadReference {
  return (from, reference) =>
    reference === path
      ? { path, text }
      : (files?.(from, reference) ?? { path: reference, missing: 'it is not among the references' })
}

/**
 * What is known of the events of a contract: all that its schema rules without a condition, its `schemaFile` and its schema of the registry
 * say, and that the paths under `fields` are there.
 */
export function eventTypeOf(contract: Contract, schemas: SchemaTypes, registered?: EventSchema): Type {
  const types = [
    ...(contract.schemaFile ? [schemas.typeOf(contract.schemaFile)] : []),
    ...(registered ? [schemas.typeOfSchema(registered)] : []),
    demandedBySchemas(contract, schemas),
  ]
  const event = types.filter((type) => type !== undefined).reduce(meet, ANY)
  // Schemas that contradict one another say nothing.
  return isNever(event) ? ANY : Object.keys(contract.fields).reduce(withPath, event)
}

/** What a contract itself demands of every event; undefined if that is nothing. */
export function demandedType(contract: Contract, schemas: SchemaTypes): Type | undefined {
  const demanded = demandedBySchemas(contract, schemas)
  if (demanded === undefined || isNever(demanded)) return undefined
  return Object.keys(contract.fields).reduce(withPath, demanded)
}

function demandedBySchemas({ rules }: Contract, schemas: SchemaTypes): Type | undefined {
  const types = rules.flatMap(({ check, when }) =>
    check.kind === 'schema' && !when ? (schemas.typeOf(check.path) ?? []) : [],
  )
  return types.length === 0 ? undefined : types.reduce(meet)
}

/** The type in which the field at a dotted path is described, if only by being named. */
function withPath(type: Type, path: string): Type {
  return changeField(type, path.split('.'), (field) =>
    field.standing === 'undescribed' || field.standing === 'open'
      ? { standing: 'described', type: UNKNOWN }
      : field,
  )
}
