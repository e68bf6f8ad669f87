import type { Numbers } from '../../model/contract.ts'
import type { RegistrySchema } from '../../model/schema.ts'
import { parseAvro } from '../avro/parse-avro.ts'
import { messageAt } from '../protobuf/message-index.ts'
import { parseProtobuf } from '../protobuf/parse-protobuf.ts'
import { UnreadableSchema } from '../unreadable-schema.ts'
import { avroEvents } from './avro-events.ts'
import type { JsonSchema } from './json-schema.ts'
import { protobufEvents } from './protobuf-events.ts'

/**
 * A JSON Schema (draft 2020-12) of the events that records of a registry's schema are decoded to: what rules see, not what the bytes
 * are. Every event of the decoder matches it. Of a JSON Schema it is that schema itself, with its references as `$defs`.
 *
 * @param index which message of a Protobuf schema: the way to it, from the outermost one inwards
 * @throws UnreadableSchema
 */
export function eventSchema(
  schema: RegistrySchema,
  numbers: Numbers,
  index: readonly number[] = [0],
): JsonSchema {
  switch (schema.kind) {
    case 'avro':
      return avroEvents(parseAvro(schema), numbers)
    case 'protobuf':
      return protobufEvents(messageAt(parseProtobuf(schema), index), numbers)
    case 'json-schema':
      return withReferences(schema)
  }
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
