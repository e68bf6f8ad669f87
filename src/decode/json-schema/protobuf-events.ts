import type { Numbers } from '../../model/contract.ts'
import type { ProtoField, ProtoMessage, Scalar } from '../protobuf/type.ts'
import { BASE64, decimalSchema, Definitions, longSchema } from './json-schema.ts'
import type { Events, JsonSchema } from './json-schema.ts'

const TEXT = { type: 'string' } as const
const ANYTHING = {} as const

/** What the messages stand for that are not shown as messages (`convert-well-known.ts`). */
const WELL_KNOWN: Readonly<Record<string, JsonSchema>> = {
  'google.protobuf.Timestamp': { type: ['string', 'object'] },
  'google.protobuf.Duration': TEXT,
  'google.protobuf.FieldMask': TEXT,
  'google.protobuf.Struct': { type: 'object' },
  'google.protobuf.ListValue': { type: 'array' },
  'google.protobuf.Value': ANYTHING,
  'google.protobuf.DoubleValue': { type: 'number' },
  'google.protobuf.FloatValue': { type: 'number' },
  'google.protobuf.Int32Value': { type: 'integer' },
  'google.protobuf.UInt32Value': { type: 'integer' },
  'google.protobuf.BoolValue': { type: 'boolean' },
  'google.protobuf.StringValue': TEXT,
  'google.protobuf.BytesValue': BASE64,
  'google.type.Date': { type: ['string', 'object'] },
  'google.type.TimeOfDay': { type: ['string', 'object'] },
}
/** An object for what no calendar has. */
const TIMES = new Set(['google.protobuf.Timestamp', 'google.type.Date', 'google.type.TimeOfDay'])
const LONGS = new Set(['google.protobuf.Int64Value', 'google.protobuf.UInt64Value'])

/** A JSON Schema of what the decoder makes of messages of one type. */
export function protobufEvents(message: ProtoMessage, numbers: Numbers, events: Events): JsonSchema {
  const writer = new ProtobufWriter(numbers, events)
  return writer.definitions.around(writer.message(message))
}

class ProtobufWriter {
  readonly definitions = new Definitions<ProtoMessage>()
  readonly #numbers: Numbers
  readonly #events: Events

  constructor(numbers: Numbers, events: Events) {
    this.#numbers = numbers
    this.#events = events
  }

  message(message: ProtoMessage): JsonSchema {
    const { name } = message
    if (this.#events === 'usual' && TIMES.has(name)) return TEXT
    if (Object.hasOwn(WELL_KNOWN, name)) return WELL_KNOWN[name] as JsonSchema
    if (LONGS.has(name)) return longSchema(this.#numbers)
    if (name === 'confluent.type.Decimal') return decimalSchema(this.#numbers)
    if (name === 'google.type.Decimal') return this.#decimalText()
    return this.definitions.refer(message, name, () => this.#fields(message))
  }

  /** Text that is no number stays as it is. */
  #decimalText(): JsonSchema {
    const decimal = decimalSchema(this.#numbers)
    return this.#events === 'usual' ? decimal : { anyOf: [decimal, TEXT] }
  }

  /** Fields that may be absent are those with presence; unknown fields are never shown. */
  #fields({ fields }: ProtoMessage): JsonSchema {
    const always = fields.filter(
      (field) => field.isRequired || !field.hasPresence || this.#isUsuallyThere(field),
    )
    return {
      type: 'object',
      properties: Object.fromEntries(fields.map((field) => [field.name, this.#field(field)])),
      required: always.map(({ name }) => name),
      additionalProperties: false,
    }
  }

  /** Protobuf has no way to say that a message is there: that it may be absent is the usual thing to be written of all of them. */
  #isUsuallyThere({ type }: ProtoField): boolean {
    return this.#events === 'usual' && typeof type === 'object' && type.kind === 'message'
  }

  #field({ type, isRepeated, mapKey }: ProtoField): JsonSchema {
    const value = this.#value(type)
    if (mapKey !== undefined) return { type: 'object', additionalProperties: value }
    return isRepeated ? { type: 'array', items: value } : value
  }

  #value(type: ProtoField['type']): JsonSchema {
    if (typeof type !== 'object') return this.#scalar(type)
    if (type.kind === 'message') return this.message(type)
    const named = { type: 'string', enum: [...type.names.values()] }
    // A producer with a later schema may send a number that this one has no name for.
    return this.#events === 'usual' ? named : { anyOf: [named, { type: 'integer' }] }
  }

  #scalar(type: Scalar): JsonSchema {
    switch (type) {
      case 'double':
      case 'float':
        return { type: 'number' }
      case 'bool':
        return { type: 'boolean' }
      case 'string':
        return TEXT
      case 'bytes':
        return BASE64
      default:
        return type.endsWith('64') ? longSchema(this.#numbers) : { type: 'integer' }
    }
  }
}
