import type { RegistrySchema } from '../../model/schema.ts'
import { UnreadableSchema } from '../unreadable-schema.ts'
import { logicalOf } from './logical.ts'
import { PRIMITIVES } from './type.ts'
import type { AvroField, AvroRecord, AvroType, Primitive } from './type.ts'

/** No schema that people write nests so deeply without names; and the stack is enough for it. */
const MAX_SCHEMA_DEPTH = 200
const MAX_FIXED_BYTES = 2 ** 31 - 1

type Attributes = Readonly<Record<string, unknown>>

/**
 * An Avro schema as data, with its references.
 *
 * @throws UnreadableSchema
 */
export function parseAvro({ text, references }: Pick<RegistrySchema, 'text' | 'references'>): AvroType {
  const parser = new AvroParser()
  for (const reference of references) parser.parse(reference.text, `the reference ${reference.name}`)
  return parser.parse(text, 'it')
}

class AvroParser {
  readonly #named = new Map<string, AvroType>()

  parse(text: string, what: string): AvroType {
    let schema: unknown
    try {
      schema = JSON.parse(text)
    } catch {
      throw new UnreadableSchema(`is no Avro schema: ${what} is no JSON`)
    }
    return this.#type(schema, '', 0)
  }

  #type(schema: unknown, namespace: string, depth: number): AvroType {
    if (depth > MAX_SCHEMA_DEPTH) throw new UnreadableSchema(`nests deeper than ${MAX_SCHEMA_DEPTH} levels`)
    if (typeof schema === 'string') return this.#byName(schema, namespace, {})
    if (Array.isArray(schema)) return this.#union(schema, namespace, depth)
    if (typeof schema !== 'object' || schema === null) throw new UnreadableSchema('has a type that is none')
    return this.#complex(schema as Attributes, namespace, depth)
  }

  #byName(name: string, namespace: string, attributes: Attributes): AvroType {
    if (isPrimitive(name)) return { kind: name, logical: logicalOf(name, attributes) }
    const found = this.#named.get(fullName(name, namespace)) ?? this.#named.get(name)
    if (found === undefined) {
      throw new UnreadableSchema(`refers to the type ${name}, which neither it nor its references define`)
    }
    return found
  }

  #union(branches: readonly unknown[], namespace: string, depth: number): AvroType {
    if (branches.length === 0) throw new UnreadableSchema('has a union without branches')
    const types = branches.map((branch) => this.#type(branch, namespace, depth + 1))
    return { kind: 'union', branches: types }
  }

  #complex(schema: Attributes, namespace: string, depth: number): AvroType {
    const { type } = schema
    switch (type) {
      case 'record':
      case 'error':
        return this.#record(schema, namespace, depth)
      case 'enum':
        return this.#define(schema, namespace, (name) => ({
          kind: 'enum',
          name,
          symbols: symbolsOf(schema, name),
        }))
      case 'fixed':
        return this.#define(schema, namespace, (name) => ({
          kind: 'fixed',
          name,
          size: sizeOf(schema, name),
          logical: logicalOf('fixed', schema),
        }))
      case 'array':
        return { kind: 'array', items: this.#type(schema.items, namespace, depth + 1) }
      case 'map':
        return { kind: 'map', values: this.#type(schema.values, namespace, depth + 1) }
      default:
        return typeof type === 'string'
          ? this.#byName(type, namespace, schema)
          : this.#type(type, namespace, depth + 1)
    }
  }

  #record(schema: Attributes, namespace: string, depth: number): AvroType {
    const record: AvroRecord = { kind: 'record', name: nameOf(schema, namespace), fields: [] }
    this.#add(record.name, record)
    const { fields } = schema
    if (!Array.isArray(fields)) throw new UnreadableSchema(`has a record ${record.name} without fields`)
    const inner = namespaceOf(record.name)
    record.fields = fields.map((field) => this.#field(field, record.name, inner, depth))
    if (new Set(record.fields.map(({ name }) => name)).size < fields.length) {
      throw new UnreadableSchema(`has a record ${record.name} with the same field twice`)
    }
    return record
  }

  #field(field: unknown, record: string, namespace: string, depth: number): AvroField {
    const { name, type } = (typeof field === 'object' && field !== null ? field : {}) as Attributes
    if (typeof name !== 'string') throw new UnreadableSchema(`has a field without a name in ${record}`)
    return { name, type: this.#type(type, namespace, depth + 1) }
  }

  #define(schema: Attributes, namespace: string, make: (name: string) => AvroType): AvroType {
    const name = nameOf(schema, namespace)
    const type = make(name)
    this.#add(name, type)
    return type
  }

  #add(name: string, type: AvroType): void {
    if (this.#named.has(name)) throw new UnreadableSchema(`defines the type ${name} twice`)
    this.#named.set(name, type)
  }
}

function isPrimitive(name: string): name is Primitive {
  return PRIMITIVES.some((primitive) => primitive === name)
}

function nameOf({ name, namespace }: Attributes, enclosing: string): string {
  if (typeof name !== 'string' || name === '') throw new UnreadableSchema('has a named type without a name')
  return fullName(name, typeof namespace === 'string' ? namespace : enclosing)
}

function fullName(name: string, namespace: string): string {
  return name.includes('.') || namespace === '' ? name : `${namespace}.${name}`
}

function namespaceOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('.')))
}

function symbolsOf({ symbols }: Attributes, name: string): readonly string[] {
  if (Array.isArray(symbols) && symbols.every((symbol) => typeof symbol === 'string')) return symbols
  throw new UnreadableSchema(`has an enum ${name} without symbols`)
}

function sizeOf({ size }: Attributes, name: string): number {
  if (Number.isSafeInteger(size) && Number(size) >= 0 && Number(size) <= MAX_FIXED_BYTES) return Number(size)
  throw new UnreadableSchema(`has a fixed type ${name} without a size`)
}
