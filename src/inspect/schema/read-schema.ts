import { gatherSchemas } from '../../evaluate/schema-documents.ts'
import type { ReadReference } from '../../evaluate/schema-documents.ts'
import { meet, union, unionAll } from '../types/combine.ts'
import { minusConstants } from '../types/minus-constants.ts'
import { closed, withField } from '../types/objects.ts'
import { ABSENT, ANY, hasValue, NEVER, present } from '../types/type.ts'
import type { ObjectType, Type } from '../types/type.ts'
import { indexSchemas } from './index-schemas.ts'
import type { SchemaIndex } from './index-schemas.ts'
import { asSchema, listAt, mapAt, schemaAt, schemasAt, textAt, textsAt } from './keywords.ts'
import { enumType, ownType } from './own-type.ts'

/**
 * The type of the events that a JSON Schema allows (drafts 7, 2019-09 and 2020-12). Where a schema can't be followed exactly, the type is
 * wider than the schema, so that nothing is called impossible that is not.
 *
 * @throws SchemaCompileError if a document is missing or no JSON
 */
export function readJsonSchema(from: string, reference: string, read: ReadReference): Type {
  const documents = gatherSchemas(from, reference, read)
  const [main] = documents
  return main === undefined ? ANY : new SchemaReader(indexSchemas(documents)).read(main.schema)
}

class SchemaReader {
  readonly #index: SchemaIndex
  readonly #types = new Map<object, Type>()
  readonly #ownTypes = new Map<object, Type>()
  /** Schemas whose type is being found: one that needs itself for that could be anything. */
  readonly #reading = new Set<object>()
  /** Schemas being applied to one value: one that leads back to itself adds nothing. */
  #applying = new Set<object>()

  constructor(index: SchemaIndex) {
    this.#index = index
  }

  readonly read = (schema: object | boolean): Type => {
    if (typeof schema === 'boolean') return schema ? ANY : NEVER
    const known = this.#types.get(schema)
    if (known !== undefined) return known
    if (this.#reading.has(schema)) return ANY
    const type = this.#readAnew(schema)
    this.#types.set(schema, type)
    return type
  }

  /** Below a field or an item, a schema that is being applied above may well be applied again. */
  #readAnew(schema: object): Type {
    const outer = this.#applying
    this.#applying = new Set()
    this.#reading.add(schema)
    try {
      return this.#constrain(ANY, schema)
    } finally {
      this.#reading.delete(schema)
      this.#applying = outer
    }
  }

  /** What is left of a type under a schema. */
  #constrain(type: Type, schema: object | boolean): Type {
    if (typeof schema === 'boolean') return schema ? type : NEVER
    if (this.#applying.has(schema)) return type
    this.#applying.add(schema)
    try {
      return this.#constrainBy(type, schema)
    } finally {
      this.#applying.delete(schema)
    }
  }

  #constrainBy(type: Type, schema: object): Type {
    const constants = enumType(schema)
    let left = meet(type, this.#ownType(schema))
    if (constants) left = meet(left, constants)
    for (const target of this.#referencesOf(schema)) left = this.#constrain(left, target)
    for (const part of schemasAt(schema, 'allOf')) left = this.#constrain(left, part)
    for (const keyword of ['anyOf', 'oneOf']) left = this.#oneOf(left, schemasAt(schema, keyword))
    left = this.#conditional(left, schema)
    left = this.#dependent(left, schema)
    return schemaAt(schema, 'unevaluatedProperties') === false ? closedObjects(left) : left
  }

  #ownType(schema: object): Type {
    const own = this.#ownTypes.get(schema) ?? ownType(schema, this.read)
    this.#ownTypes.set(schema, own)
    return own
  }

  #referencesOf(schema: object): (object | boolean)[] {
    return ['$ref', '$dynamicRef'].flatMap((keyword) => {
      const reference = textAt(schema, keyword)
      return (reference !== undefined ? this.#index.resolve(schema, reference) : undefined) ?? []
    })
  }

  #oneOf(type: Type, options: readonly (object | boolean)[]): Type {
    if (options.length === 0) return type
    return unionAll(options.map((option) => this.#constrain(type, option)))
  }

  #conditional(type: Type, schema: object): Type {
    const condition = schemaAt(schema, 'if')
    if (condition === undefined) return type
    const met = this.#constrain(this.#constrain(type, condition), schemaAt(schema, 'then') ?? true)
    const unmet = this.#constrain(withoutMatches(type, condition), schemaAt(schema, 'else') ?? true)
    return union(met, unmet)
  }

  /** `dependentRequired`, and draft 7's `dependencies` with lists of names. */
  #dependent(type: Type, schema: object): Type {
    let left = type
    for (const keyword of ['dependentRequired', 'dependencies']) {
      const map = mapAt(schema, keyword) ?? {}
      for (const name of Object.keys(map)) {
        const required = textsAt(map, name)
        if (listAt(map, name).length > 0)
          left = union(withFields(left, [name, ...required]), without(left, name))
      }
    }
    return left
  }
}

/**
 * The type without the objects that certainly match a condition of the usual form: one field that has one of some constants. Of any other
 * condition, the whole type is left.
 */
function withoutMatches(type: Type, condition: object | boolean): Type {
  if (typeof condition === 'boolean') return condition ? NEVER : type
  const properties = mapAt(condition, 'properties') ?? {}
  const [name, ...others] = Object.keys(properties)
  const isUsual = Object.keys(condition).every((keyword) =>
    ['properties', 'required', 'type'].includes(keyword),
  )
  const field = name === undefined ? undefined : asSchema(Reflect.get(properties, name))
  const required = textsAt(condition, 'required')
  const constants = typeof field === 'object' ? constantsIn(field) : undefined
  if (name === undefined || others.length > 0 || !isUsual || !constants) return type
  if (required.some((each) => each !== name)) return type
  return changeField(type, name, (old) => {
    const rest = minusConstants(old, constants)
    return required.includes(name) ? rest : present(rest)
  })
}

function constantsIn(schema: object): readonly unknown[] | undefined {
  const isUsual = Object.keys(schema).every((keyword) => ['const', 'enum', 'type'].includes(keyword))
  if (!isUsual) return undefined
  if (Object.hasOwn(schema, 'const')) return [Reflect.get(schema, 'const')]
  return Object.hasOwn(schema, 'enum') ? listAt(schema, 'enum') : undefined
}

function changeField(type: Type, name: string, change: (old: Type) => Type): Type {
  return { ...type, objects: type.objects.flatMap((object) => changed(object, name, change)) }
}

function changed(object: ObjectType, name: string, change: (old: Type) => Type): ObjectType[] {
  const field = change(object.field(name).type)
  return hasValue(field) || field.isAbsent ? [withField(object, name, field)] : []
}

function withFields(type: Type, names: readonly string[]): Type {
  return names.reduce((left, name) => changeField(left, name, present), type)
}

function without(type: Type, name: string): Type {
  return changeField(type, name, (old) => (old.isAbsent ? ABSENT : NEVER))
}

function closedObjects(type: Type): Type {
  return { ...type, objects: type.objects.map(closed) }
}
