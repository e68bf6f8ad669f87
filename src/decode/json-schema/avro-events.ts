import type { Numbers } from '../../model/contract.ts'
import type { AvroRecord, AvroType, Logical, Primitive } from '../avro/type.ts'
import { BASE64, decimalSchema, Definitions, longSchema } from './json-schema.ts'
import type { Events, JsonSchema } from './json-schema.ts'

/** A JSON Schema of what the decoder makes of an Avro type. */
export function avroEvents(type: AvroType, numbers: Numbers, events: Events): JsonSchema {
  const writer = new AvroWriter(numbers, events)
  return writer.definitions.around(writer.schema(type))
}

class AvroWriter {
  readonly definitions = new Definitions<AvroRecord>()
  readonly #numbers: Numbers
  readonly #events: Events

  constructor(numbers: Numbers, events: Events) {
    this.#numbers = numbers
    this.#events = events
  }

  schema(type: AvroType): JsonSchema {
    switch (type.kind) {
      case 'record':
        return this.definitions.refer(type, type.name, () => this.#record(type))
      case 'array':
        return { type: 'array', items: this.schema(type.items) }
      case 'map':
        return { type: 'object', additionalProperties: this.schema(type.values) }
      case 'union':
        return { anyOf: type.branches.map((branch) => this.schema(branch)) }
      case 'enum':
        return { type: 'string', enum: type.symbols }
      case 'fixed':
        return type.logical === undefined ? BASE64 : this.#logical(type.logical, 'fixed')
      default:
        return type.logical === undefined
          ? this.#primitive(type.kind)
          : this.#logical(type.logical, type.kind)
    }
  }

  /** All fields are there: the decoder reads each, and adds none. */
  #record({ fields }: AvroRecord): JsonSchema {
    return {
      type: 'object',
      properties: Object.fromEntries(fields.map(({ name, type }) => [name, this.schema(type)])),
      required: fields.map(({ name }) => name),
      additionalProperties: false,
    }
  }

  #primitive(kind: Primitive): JsonSchema {
    switch (kind) {
      case 'null':
      case 'boolean':
      case 'string':
        return { type: kind }
      case 'int':
        return { type: 'integer' }
      case 'long':
        return longSchema(this.#numbers)
      case 'bytes':
        return BASE64
      default:
        return { type: 'number' }
    }
  }

  #logical(logical: Logical, kind: string): JsonSchema {
    const beyondDates = kind === 'int' ? { type: 'integer' } : longSchema(this.#numbers)
    switch (logical.kind) {
      case 'decimal':
        return decimalSchema(this.#numbers)
      case 'uuid':
      case 'duration':
        return { type: 'string' }
      default:
        return this.#events === 'usual' ? { type: 'string' } : { anyOf: [{ type: 'string' }, beyondDates] }
    }
  }
}
