import { describe, expect, test } from 'vitest'
import { contractText, type Import, importText, schemaOf } from './support.ts'

const importAvro = (schema: unknown, flags: readonly string[] = []): Promise<Import> =>
  importText('avro', typeof schema === 'string' ? schema : JSON.stringify(schema, undefined, 2), {
    name: 'orders.avsc',
    flags,
  })

function record(fields: readonly object[], more: object = {}) {
  return { type: 'record', name: 'Order', namespace: 'shop', fields, ...more }
}

/** The JSON Schema of a field of a type. */
async function typeOf(type: unknown): Promise<unknown> {
  const result = await importAvro(record([{ name: 'a', type }]))
  expect(result.problems).toEqual([])
  expect(result.validated).toContain('no problems')
  const { properties } = schemaOf(result) as { properties: { a: unknown } }
  return properties.a
}

describe('a type', () => {
  const date = { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T' }

  test.each([
    ['"null"', { type: 'null' }],
    ['"boolean"', { type: 'boolean' }],
    ['"int"', { type: 'integer', minimum: -2147483648, maximum: 2147483647 }],
    ['"long"', { type: 'integer' }],
    ['"double"', { type: 'number' }],
    ['"bytes"', { type: 'string' }],
    ['{"type":"string","avro.java.string":"String"}', { type: 'string' }],
    ['{"type":{"type":"string"}}', { type: 'string' }],
    ['["null","string"]', { type: ['string', 'null'] }],
    ['["string","null"]', { type: ['string', 'null'] }],
    ['["null"]', { type: 'null' }],
    ['["long"]', { type: 'integer' }],
    ['["null","string","boolean"]', { anyOf: [{ type: 'string' }, { type: 'boolean' }, { type: 'null' }] }],
    ['["string","boolean"]', { anyOf: [{ type: 'string' }, { type: 'boolean' }] }],
    ['{"type":"array","items":"string"}', { type: 'array', items: { type: 'string' } }],
    [
      '{"type":"map","values":["null","long"]}',
      { type: 'object', additionalProperties: { type: ['integer', 'null'] } },
    ],
    ['{"type":"int","logicalType":"date"}', { type: 'string', format: 'date' }],
    ['{"type":"long","logicalType":"timestamp-millis"}', { type: 'string', format: 'date-time' }],
    ['{"type":"long","logicalType":"timestamp-micros"}', { type: 'string', format: 'date-time' }],
    ['{"type":"long","logicalType":"local-timestamp-millis"}', date],
    [
      '{"type":"int","logicalType":"time-millis"}',
      { type: 'string', pattern: '^[0-9]{2}:[0-9]{2}:[0-9]{2}' },
    ],
    ['{"type":"string","logicalType":"uuid"}', { type: 'string', format: 'uuid' }],
    [
      '{"type":"bytes","logicalType":"decimal","precision":4,"scale":2}',
      { type: ['number', 'string'], pattern: String.raw`^-?[0-9]+(?:\.[0-9]+)?$` },
    ],
  ])('%s', async (type, expected) => {
    expect(await typeOf(JSON.parse(type))).toEqual(expected)
  })

  test('that nobody knows the logic of is what it is made of', async () => {
    const result = await importAvro(record([{ name: 'a', type: { type: 'string', logicalType: 'iban' } }]))
    expect(schemaOf(result)).toMatchObject({ properties: { a: { type: 'string' } } })
    expect(result.entries).toContainEqual(expect.objectContaining({ name: 'logicalType', outcome: 'listed' }))
  })
})

test('named types are defined once, by their full names, and may hold themselves and one another', async () => {
  const node = record([
    { name: 'left', type: ['null', 'Order'] },
    { name: 'state', type: { type: 'enum', name: 'State', symbols: ['NEW', 'PAID'] } },
    { name: 'before', type: 'shop.State' },
    { name: 'maybe', type: ['null', 'State'] },
    { name: 'hash', type: { type: 'fixed', name: 'other.MD5', size: 16 } },
    {
      name: 'line',
      type: {
        type: 'record',
        name: 'Line',
        namespace: 'lines',
        fields: [
          { name: 'next', type: ['null', 'Line'] },
          { name: 'order', type: 'shop.Order' },
        ],
      },
    },
  ])
  const result = await importAvro(node)
  expect(result.problems).toEqual([])
  expect(result.validated).toContain('no problems')
  expect(schemaOf(result)).toMatchObject({
    properties: {
      left: { anyOf: [{ $ref: '#' }, { type: 'null' }] },
      state: { $ref: '#/$defs/shop.State' },
      before: { $ref: '#/$defs/shop.State' },
      maybe: { anyOf: [{ $ref: '#/$defs/shop.State' }, { type: 'null' }] },
      hash: { $ref: '#/$defs/other.MD5' },
      line: { $ref: '#/$defs/lines.Line' },
    },
    $defs: {
      'shop.State': { type: 'string', enum: ['NEW', 'PAID'] },
      'other.MD5': { type: 'string' },
      'lines.Line': {
        properties: {
          next: { anyOf: [{ $ref: '#/$defs/lines.Line' }, { type: 'null' }] },
          order: { $ref: '#' },
        },
      },
    },
  })
})

test('a field with a default may be missing from older events, others may not', async () => {
  const fields = [
    { name: 'a', type: 'string' },
    { name: 'b', type: ['null', 'string'] },
    { name: 'c', type: ['null', 'string'], default: null },
  ]
  expect(schemaOf(await importAvro(record(fields)))).toMatchObject({ required: ['a', 'b'] })
})

test('documentation, tags and names are carried, aliases are listed', async () => {
  const fields = [
    { name: 'mail', type: 'string', doc: 'Where to write.', aliases: ['email'], 'confluent:tags': ['PII'] },
  ]
  const result = await importAvro(record(fields, { doc: 'An order.', aliases: ['Old'] }))
  expect(contractText(result)).toContain('topic: shop.Order\n')
  expect(contractText(result)).toContain('description: An order.\nfields:\n  mail:\n    pii: high\n')
  expect(schemaOf(result)).toMatchObject({
    properties: { mail: { description: 'Where to write.', type: 'string' } },
  })
  expect(JSON.stringify(schemaOf(result))).not.toContain('confluent')
  expect(result.entries.filter(({ outcome }) => outcome === 'listed').map(({ name }) => name)).toEqual([
    'aliases',
    'mail aliases',
  ])
})

test.each([
  ['a union at the top', ['null', record([{ name: 'a', type: 'string' }])]],
  ['a primitive', '"string"'],
  ['an enum', { type: 'enum', name: 'E', symbols: ['A'] }],
])('%s is a schema, too', async (_, schema) => {
  const result = await importAvro(schema)
  expect(result.exitCode).toBe(0)
  expect(result.validated).toContain('no problems')
})

describe('is not valid, and named with its place', () => {
  test.each([
    [
      'a type that is misspelt',
      record([{ name: 'a', type: 'strng' }]),
      'no type "strng"',
      'Did you mean `string`?',
      8,
    ],
    ['a type of another namespace', record([{ name: 'a', type: 'x.Y' }]), 'no type "x.Y"', 'Define', 8],
    ['a record without fields', { type: 'record', name: 'a' }, 'a record needs `fields`', 'specification', 1],
    [
      'an enum without symbols',
      record([{ name: 'a', type: { type: 'enum', name: 'E' } }]),
      '`symbols`',
      'specification',
      8,
    ],
    ['a type without a name', { type: 'record', fields: [] }, 'needs a `name`', 'Correct', 1],
    ['a name with a dash', record([], { name: 'a-b' }), 'needs a `name`', 'Correct', 3],
    ['a field without a name', record([{ type: 'string' }]), 'a field needs a `name`', 'specification', 6],
    ['a field without a type', record([{ name: 'a' }]), 'a type must be', 'specification', 6],
    ['a type that is a number', record([{ name: 'a', type: 5 }]), 'a type must be', 'specification', 8],
    ['an empty union', record([{ name: 'a', type: [] }]), 'at least one type', 'specification', 8],
    [
      'a union of unions',
      record([{ name: 'a', type: [['string']] }]),
      'may not hold a union',
      'specification',
      9,
    ],
  ])('%s', async (_, schema, message, hint, line) => {
    const { exitCode, problems, files } = await importAvro(schema)
    expect(exitCode).toBe(2)
    expect(files).toEqual({})
    expect(problems).toContainEqual(
      expect.objectContaining({
        code: 'IMPORT_INVALID',
        line,
        message: expect.stringContaining(message),
        hint: expect.stringContaining(hint),
      }),
    )
  })

  test('a type that is defined twice', async () => {
    const twice = ['a', 'b'].map((name) => ({ name, type: { type: 'enum', name: 'E', symbols: ['A'] } }))
    const { problems } = await importAvro(record(twice))
    expect(problems).toMatchObject([
      { line: 20, message: expect.stringContaining('already defined at 10:17') },
    ])
  })

  test('unless what is sound is enough', async () => {
    const fields = [
      { name: 'a', type: 'strng' },
      { name: 'b', type: 'string' },
    ]
    const result = await importAvro(record(fields), ['--skip-invalid'])
    expect(result.exitCode).toBe(0)
    expect(schemaOf(result)).toMatchObject({ properties: { a: {}, b: { type: 'string' } } })
  })
})

test.each([
  ['{"type": "record",}', 'IMPORT_NOT_JSON'],
  ['', 'IMPORT_NOT_JSON'],
  ['{"type":"record","name":"a","fields":[', 'IMPORT_NOT_JSON'],
  [`${'['.repeat(100_000)}`, 'IMPORT_NOT_JSON'],
  ['{"$schema":"https://json-schema.org/draft/2020-12/schema"}', 'IMPORT_WRONG_KIND'],
  ['true', 'IMPORT_INVALID'],
])('%.60s is refused: %s', async (text, code) => {
  const { exitCode, problems } = await importAvro(text)
  expect(exitCode).toBe(2)
  expect(problems[0]).toMatchObject({ code, line: 1 })
})
