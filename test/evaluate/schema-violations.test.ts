import { expect, test } from 'vitest'
import { schemaViolations } from '../../src/evaluate/schema-violations.ts'
import { readFrom } from './support.ts'

const violationsOf = (schema: unknown, event: unknown) =>
  schemaViolations('rules/a.contract.yaml', './a.json', readFrom({ 'rules/a.json': schema }), event)

test.each<[string, unknown, unknown, readonly string[]]>([
  ['none', { type: 'object' }, {}, []],
  ['all of them', { required: ['a', 'b'], minProperties: 1 }, {}, ['/', '/', '/']],
  [
    'with the place',
    { properties: { a: { items: { type: 'number' } } } },
    { a: [1, 'x', 2, null] },
    ['/a/1', '/a/3'],
  ],
  ['each branch that was tried', { anyOf: [{ type: 'string' }, { minimum: 5 }] }, 3, ['/', '/', '/']],
  ['but not that a branch was taken', JSON.parse('{"if":{"type":"number"},"then":{"minimum":5}}'), 3, ['/']],
])('lists what a schema refuses: %s', (_, schema, event, paths) => {
  const { listed, omitted } = violationsOf(schema, event)
  expect(listed.map(({ path }) => path)).toEqual(paths)
  expect(omitted).toBe(0)
})

test.each<[string, unknown, unknown, string]>([
  ['the name of a property', { additionalProperties: false }, { colour: 1 }, '("colour")'],
  ['and one that no part knows', { unevaluatedProperties: false }, { colour: 1 }, '("colour")'],
  ['the values of a list', { enum: ['a', 'b'] }, 'c', '(["a","b"])'],
  ['the one value', { const: 5 }, 6, '(5)'],
  ['where nothing is allowed', { properties: { a: false } }, { a: 1 }, 'the schema allows nothing here'],
])('tells what the validator leaves out: %s', (_, schema, event, detail) => {
  expect(violationsOf(schema, event).listed[0]?.message).toContain(detail)
})

test('lists no more than can be read, and counts the others', () => {
  const event = Array.from({ length: 1000 }, () => 'x')
  const { listed, omitted } = violationsOf({ items: { type: 'number' } }, event)
  expect([listed.length, omitted]).toEqual([50, 950])
})
