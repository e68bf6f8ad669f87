import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { eventSchema } from '../../src/decode/json-schema/event-schema.ts'
import { UnreadableSchema } from '../../src/decode/unreadable-schema.ts'
import { NUMBERS } from '../../src/model/contract.ts'
import type { RegistrySchema } from '../../src/model/schema.ts'
import { avro, CORPUS, decoder, protobuf } from './corpus.ts'

const ajv = () =>
  new Ajv2020({
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    formats: {},
    logger: false,
  })

function schemaOf(schemas: Readonly<Record<string, RegistrySchema>>, message?: string) {
  return eventSchema(schemas[1] as RegistrySchema, { numbers: 'safe', message })
}

/** Which message of its schema a record of the corpus holds. */
const MESSAGES: Readonly<Record<string, string>> = {
  'protobuf: the second message': 'shop.Cancelled',
  'protobuf: an empty message': 'shop.Heartbeat',
  'protobuf: a nested message': 'shop.Order.Line',
}

describe('what other clients wrote matches the schema of its events', () => {
  // JSON Schemas of a registry are passed on as they are, in the drafts of their authors.
  const records = CORPUS.records.filter(
    ({ case: name }) => !name.startsWith('json-schema') && name !== 'avro: numbers',
  )
  test.each(records)('$case', ({ case: name, schema_id, value_base64 }) => {
    for (const numbers of NUMBERS) {
      const decoded = decoder(CORPUS.schemas, 'auto', numbers).decode(Buffer.from(value_base64, 'base64'))
      const reading = { numbers, message: MESSAGES[name] }
      const schema = eventSchema(CORPUS.schemas[schema_id] as RegistrySchema, reading)
      const validate = ajv().compile(schema)
      expect(validate(decoded.kind === 'event' && decoded.value), JSON.stringify(validate.errors)).toBe(true)
    }
  })
})

test('Avro: what may be absent, what may be null, and types that refer to themselves', () => {
  const node = {
    type: 'record',
    name: 'a.Node',
    fields: [
      { name: 'v', type: 'int' },
      { name: 'next', type: ['null', 'a.Node'] },
    ],
  }
  expect(schemaOf(avro(node))).toEqual({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $ref: '#/$defs/a.Node',
    $defs: {
      'a.Node': {
        type: 'object',
        properties: {
          v: { type: 'integer' },
          next: { anyOf: [{ type: 'null' }, { $ref: '#/$defs/a.Node' }] },
        },
        required: ['v', 'next'],
        additionalProperties: false,
      },
    },
  })
})

test('Protobuf: presence, enums and the message that is asked for', () => {
  const text =
    'syntax = "proto3"; message A { int64 a = 1; optional int32 b = 2; A c = 3; repeated E e = 4; enum E { X = 0; Y = 1; } } message B {}'
  expect(schemaOf(protobuf(text))).toMatchObject({
    $defs: {
      A: {
        properties: {
          a: { type: 'integer' },
          b: { type: 'integer' },
          c: { $ref: '#/$defs/A' },
          e: { type: 'array', items: { anyOf: [{ type: 'string', enum: ['X', 'Y'] }, { type: 'integer' }] } },
        },
        required: ['a', 'e'],
      },
    },
  })
  expect(schemaOf(protobuf(text), 'B')).toMatchObject({ $ref: '#/$defs/B' })
})

test('JSON Schema: itself, with its references', () => {
  const schema: RegistrySchema = {
    kind: 'json-schema',
    text: '{"type":"object","properties":{"m":{"$ref":"money.json"}}}',
    references: [{ name: 'money.json', text: '{"type":"object","required":["cents"]}' }],
  }
  const validate = ajv().compile(eventSchema(schema, { numbers: 'safe' }))
  expect([validate({ m: { cents: 1 } }), validate({ m: {} })]).toEqual([true, false])
})

test.each([
  ['avro', '"Missing"'],
  ['protobuf', 'message'],
  ['json-schema', 'true'],
  ['json-schema', '{'],
] as const)('a schema of %s that can’t be read: %s', (kind, text) => {
  expect(() => eventSchema({ kind, text, references: [] }, { numbers: 'safe' })).toThrow(UnreadableSchema)
})

test('a message that a Protobuf schema does not define, and one that defines none', () => {
  expect(() => schemaOf(protobuf('message A { message B {} }'), 'C')).toThrow(
    'defines no message C; the first of those that it does are A, A.B',
  )
  expect(() => schemaOf(protobuf('syntax = "proto3";'))).toThrow('defines no message')
})

test('the usual events: without what stands in for values that can’t be shown otherwise', () => {
  const record = {
    type: 'record',
    name: 'a',
    fields: [
      { name: 'id', type: 'long' },
      { name: 'at', type: { type: 'long', logicalType: 'timestamp-millis' } },
    ],
  }
  const usual = { numbers: 'exact', events: 'usual' } as const
  expect(eventSchema(avro(record)[1] as RegistrySchema, usual)).toMatchObject({
    $defs: { a: { properties: { id: { type: 'integer' }, at: { type: 'string' } } } },
  })
  const text = 'message A { optional E e = 1; enum E { X = 0; } }'
  expect(eventSchema(protobuf(text)[1] as RegistrySchema, usual)).toMatchObject({
    $defs: { A: { properties: { e: { type: 'string', enum: ['X'] } } } },
  })
})
