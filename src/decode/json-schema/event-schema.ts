import type { Numbers } from '../../model/contract.ts'
import type { RegistrySchema } from '../../model/schema.ts'
import { parseAvro } from '../avro/parse-avro.ts'
import { parseProtobuf } from '../protobuf/parse-protobuf.ts'
import type { MessagePlace, ProtoMessage } from '../protobuf/type.ts'
import { UnreadableSchema } from '../unreadable-schema.ts'
import { avroEvents } from './avro-events.ts'
import type { Events, JsonSchema } from './json-schema.ts'
import { protobufEvents } from './protobuf-events.ts'

/** What a schema is read for. */
export interface EventReading {
  readonly numbers: Numbers
  /** Which message of a Protobuf schema, by its full name; without it, the first one. */
  readonly message?: string | undefined
  readonly events?: Events
}

/**
 * A JSON Schema (draft 2020-12) of the events that records of a registry's schema are decoded to: what rules see, not what the bytes
 * are. Every event of the decoder matches it, unless only the usual ones are asked for. Of a JSON Schema it is that schema itself, with
 * its references as `$defs`.
 *
 * @throws UnreadableSchema
 */
export function eventSchema(
  schema: RegistrySchema,
  { numbers, message, events = 'all' }: EventReading,
): JsonSchema {
  switch (schema.kind) {
    case 'avro':
      return avroEvents(parseAvro(schema), shown(numbers, events), events)
    case 'protobuf':
      return protobufEvents(messageNamed(parseProtobuf(schema), message), shown(numbers, events), events)
    case 'json-schema':
      return withReferences(schema)
  }
}

/** Most integers are exact in any case. */
function shown(numbers: Numbers, events: Events): Numbers {
  return events === 'usual' && numbers === 'exact' ? 'safe' : numbers
}

function messageNamed(places: readonly MessagePlace[], name: string | undefined): ProtoMessage {
  const messages = messagesIn(places)
  const found = name === undefined ? messages[0] : messages.find((message) => message.name === name)
  if (found !== undefined) return found
  const known = messages.map((message) => message.name).slice(0, MAX_NAMED)
  throw new UnreadableSchema(
    known.length === 0
      ? 'defines no message'
      : `defines no message ${name}; the first of those that it does are ${known.join(', ')}`,
  )
}

const MAX_NAMED = 8

function messagesIn(places: readonly MessagePlace[]): ProtoMessage[] {
  return places.flatMap(({ message, nested }) => [message, ...messagesIn(nested)])
}

/** References are found by the name that the schema refers to them with, which each of them then has as its `$id`. */
function withReferences({ text, references }: RegistrySchema): JsonSchema {
  const schema = parseObject(text)
  if (references.length === 0) return schema
  const given = references.map(({ name, text: found }) => [name, { ...parseObject(found), $id: name }])
  return { ...schema, $defs: { ...(schema.$defs as object | undefined), ...Object.fromEntries(given) } }
}

function parseObject(text: string): JsonSchema {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonSchema
  } catch {
    // No JSON is no object either.
  }
  throw new UnreadableSchema('is no JSON Schema: it is no JSON object')
}
