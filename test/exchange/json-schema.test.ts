import { describe, expect, test } from 'vitest'
import { contractText, type Import, importText, schemaOf } from './support.ts'

const importSchema = (schema: unknown, name = 'orders.schema.json'): Promise<Import> =>
  importText('json-schema', typeof schema === 'string' ? schema : JSON.stringify(schema, undefined, 2), {
    name,
  })

test('a schema becomes a contract with a schema rule', async () => {
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Order',
    type: 'object',
    properties: { id: { $ref: '#/definitions/id' }, mail: { type: 'string', 'confluent:tags': ['PII'] } },
    definitions: { id: { type: 'string', minLength: 1 } },
  }
  const result = await importSchema(schema)
  expect(result.validated).toContain('1 file, 1 rule: no problems\n')
  expect(contractText(result)).toContain('id: orders\nversion: 1.0.0\ntopic: orders\n')
  expect(contractText(result)).toContain('description: Order\nfields:\n  mail:\n    pii: high\n')
  expect(schemaOf(result)).toEqual({
    ...schema,
    properties: { id: { $ref: '#/definitions/id' }, mail: { type: 'string' } },
  })
  expect(result.entries.filter(({ outcome }) => outcome === 'listed')).toEqual([])
})

test('draft 4 is written as draft 7', async () => {
  const result = await importSchema({
    $schema: 'http://json-schema.org/draft-04/schema#',
    id: 'https://example.org/a',
    properties: { a: { minimum: 1, exclusiveMinimum: true }, b: { maximum: 2, exclusiveMaximum: false } },
  })
  expect(result.validated).toContain('no problems')
  expect(schemaOf(result)).toEqual({
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://example.org/a',
    properties: { a: { exclusiveMinimum: 1 }, b: { maximum: 2 } },
  })
})

test('what the validator would refuse is taken out and listed, with its place', async () => {
  const result = await importSchema({
    type: 'object',
    'x-team': 'a',
    properties: {
      a: { type: 'integer', format: 'int32', example: 1 },
      b: { type: 'string', pattern: '^(?!x)' },
      c: { type: 'string', nullable: true },
      format: { type: 'string', default: { format: 'x' } },
    },
  })
  expect(result.validated).toContain('no problems')
  expect(schemaOf(result)).toEqual({
    type: 'object',
    properties: {
      a: { type: 'integer' },
      b: { type: 'string' },
      c: { type: 'string' },
      format: { type: 'string', default: { format: 'x' } },
    },
  })
  const listed = result.entries.filter(({ kind }) => kind === 'property')
  expect(listed.map(({ name, line }) => [name, line])).toEqual([
    ['#/properties/a format', 7],
    ['#/properties/a example', 8],
    ['#/properties/b pattern', 12],
    ['#/properties/c nullable', 16],
    ['# x-team', 3],
  ])
})

test('a schema of 5,000 properties, and one that refers to itself', async () => {
  const properties = Object.fromEntries(
    Array.from({ length: 5000 }, (_, index) => [
      `p${index}`,
      { type: 'string', maxLength: index, 'x-n': index },
    ]),
  )
  const startedMs = performance.now()
  const result = await importSchema({
    properties: { ...properties, self: { $ref: '#' } },
    additionalProperties: false,
  })
  expect(result.exitCode).toBe(0)
  expect(result.validated).toContain('no problems')
  expect(result.entries).toHaveLength(5001)
  expect(result.entries[4999]).toMatchObject({ line: 4 + 4999 * 5 + 2 })
  expect(schemaOf(result)).toMatchObject({
    properties: { p0: true, self: true },
    additionalProperties: false,
  })
  expect(performance.now() - startedMs).toBeLessThan(20_000)
})

describe('is refused', () => {
  test.each([
    ['[1]', 'IMPORT_WRONG_KIND', 1],
    ['"a"', 'IMPORT_WRONG_KIND', 1],
    ['{\n  "type": "object"\n  "a": 1\n}', 'IMPORT_NOT_JSON', 3],
    ['{"type":"record","name":"A","fields":[]}', 'IMPORT_WRONG_KIND', 1],
    ['{"$ref":"./gone.json"}', 'IMPORT_UNUSABLE', null],
    ['{"$ref":"https://example.org/a.json"}', 'IMPORT_UNUSABLE', null],
    ['{"type":"strin"}', 'IMPORT_UNUSABLE', null],
    ['{"minLength":-1}', 'IMPORT_UNUSABLE', null],
    ['{"$ref":"#/definitions/gone"}', 'IMPORT_UNUSABLE', null],
  ])('%s: %s', async (text, code, line) => {
    const { exitCode, problems, files } = await importSchema(text)
    expect(exitCode).toBe(2)
    expect(files).toEqual({})
    expect(problems).toMatchObject([{ code, line }])
  })
})

test.each(['true', 'false', '{}'])('%s is a schema', async (text) => {
  expect(await importSchema(text)).toMatchObject({
    exitCode: 0,
    validated: expect.stringContaining('1 file, 1 rule: no problems\n') as string,
  })
})
