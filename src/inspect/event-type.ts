import type { ReadReference } from '../evaluate/schema-documents.ts'
import { SchemaCompileError } from '../evaluate/schema-fault.ts'
import type { Contract, LocatedText } from '../model/contract.ts'
import { changeField } from './types/change-field.ts'
import { meet } from './types/combine.ts'
import { ANY, isNever, UNKNOWN } from './types/type.ts'
import type { Type } from './types/type.ts'
import { readJsonSchema } from './schema/read-schema.ts'

/** Reads the type of a JSON Schema, once for each text: contracts of one topic mostly share theirs. */
export class SchemaTypes {
  readonly #read: ReadReference
  readonly #types = new Map<string, Type>()

  constructor(read: ReadReference) {
    this.#read = read
  }

  /** Undefined for a schema that can't be read, which is reported where it is compiled. */
  typeOf(named: LocatedText): Type | undefined {
    const from = named.locate().file
    const reference = named.text
    const found = this.#read(from, reference)
    if ('missing' in found) return undefined
    const key = `${found.path}\n${found.text}`
    const type = this.#types.get(key) ?? this.#typeAnew(from, reference)
    if (type !== undefined) this.#types.set(key, type)
    return type
  }

  #typeAnew(from: string, reference: string): Type | undefined {
    try {
      return readJsonSchema(from, reference, this.#read)
    } catch (error) {
      if (error instanceof SchemaCompileError) return undefined
      throw error
    }
  }
}

/**
 * What is known of the events of a contract: all that its schema rules without a condition and its `schemaFile` say, and that the paths
 * under `fields` are there.
 */
export function eventTypeOf(contract: Contract, schemas: SchemaTypes): Type {
  const references = [
    ...(contract.schemaFile ? [contract.schemaFile] : []),
    ...contract.rules.flatMap(({ check, when }) => (check.kind === 'schema' && !when ? [check.path] : [])),
  ]
  const types = references.flatMap((reference) => schemas.typeOf(reference) ?? [])
  const event = types.reduce(meet, ANY)
  // Schemas that contradict one another say nothing.
  return isNever(event) ? ANY : Object.keys(contract.fields).reduce(withPath, event)
}

/** The type in which the field at a dotted path is described, if only by being named. */
function withPath(type: Type, path: string): Type {
  return changeField(type, path.split('.'), (field) =>
    field.standing === 'undescribed' || field.standing === 'open'
      ? { standing: 'described', type: UNKNOWN }
      : field,
  )
}
