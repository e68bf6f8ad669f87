import { describe, expect, test } from 'vitest'
import { compareOne, compareSchema, oneContract } from './support.ts'

const STRING = { type: 'string' }
const NUMBER = { type: 'number' }

function withProperty(name: string, schema: unknown, more: object = {}) {
  return { type: 'object', properties: { [name]: schema }, ...more }
}

/** What changes, base, head. Each is tested both ways. */
const TIGHTENED: readonly (readonly [what: string, base: unknown, head: unknown])[] = [
  ['a property that is required', { type: 'object' }, { type: 'object', required: ['a'] }],
  ['a type that is narrower', withProperty('a', { type: ['string', 'null'] }), withProperty('a', STRING)],
  ['an integer for a number', withProperty('a', NUMBER), withProperty('a', { type: 'integer' })],
  ['a type where there was none', withProperty('a', {}), withProperty('a', STRING)],
  ['a value less in an enum', withProperty('a', { enum: ['x', 'y'] }), withProperty('a', { enum: ['x'] })],
  ['a const for an enum', withProperty('a', { enum: ['x', 'y'] }), withProperty('a', { const: 'y' })],
  ['an enum where there was none', withProperty('a', STRING), withProperty('a', { ...STRING, enum: ['x'] })],
  ['a higher minimum', withProperty('a', { minimum: 0 }), withProperty('a', { minimum: 1 })],
  ['a lower maximum', withProperty('a', { maximum: 9 }), withProperty('a', { maximum: 8 })],
  ['an exclusive minimum', withProperty('a', { minimum: 0 }), withProperty('a', { exclusiveMinimum: 0 })],
  ['a minimal length', withProperty('a', STRING), withProperty('a', { ...STRING, minLength: 2 })],
  ['a smaller maximal length', withProperty('a', { maxLength: 9 }), withProperty('a', { maxLength: 8 })],
  ['more items at least', withProperty('a', { minItems: 1 }), withProperty('a', { minItems: 2 })],
  ['fewer items at most', withProperty('a', { maxItems: 3 }), withProperty('a', { maxItems: 2 })],
  [
    'unique items',
    withProperty('a', { type: 'array' }),
    withProperty('a', { type: 'array', uniqueItems: true }),
  ],
  ['multiples of multiples', withProperty('a', { multipleOf: 5 }), withProperty('a', { multipleOf: 10 })],
  ['a pattern', withProperty('a', STRING), withProperty('a', { ...STRING, pattern: '^x' })],
  ['a format', withProperty('a', STRING), withProperty('a', { ...STRING, format: 'email' })],
  [
    'no other properties',
    withProperty('a', STRING),
    withProperty('a', STRING, { additionalProperties: false }),
  ],
  ['a property that is described', { type: 'object' }, withProperty('a', STRING)],
  [
    'a property that may not be there any more',
    withProperty('a', STRING, { additionalProperties: false }),
    { type: 'object', additionalProperties: false },
  ],
  ['demands on items', { items: {} }, { items: STRING }],
  ['demands on all other properties', { additionalProperties: {} }, { additionalProperties: STRING }],
  ['a property of a pattern', {}, { patternProperties: { '^x': STRING } }],
  ['names of properties', {}, { propertyNames: { pattern: '^[a-z]+$' } }],
  ['a part of allOf', { allOf: [NUMBER] }, { allOf: [NUMBER, { minimum: 0 }] }],
  ['a branch less of anyOf', { anyOf: [STRING, NUMBER] }, { anyOf: [STRING] }],
  [
    'a branch less of a oneOf of types',
    { oneOf: [STRING, NUMBER, { type: 'null' }] },
    { oneOf: [STRING, NUMBER] },
  ],
  ['a narrower branch', { anyOf: [STRING, NUMBER] }, { anyOf: [STRING, { ...NUMBER, minimum: 0 }] }],
  ['one branch in place of a choice', { anyOf: [STRING, { type: 'null' }] }, STRING],
  [
    'a choice by types in place of a wider list',
    { type: ['string', 'null', 'number'] },
    { anyOf: [STRING, NUMBER] },
  ],
  ['not, of more', { not: { enum: ['x'] } }, { not: { enum: ['x', 'y'] } }],
  ['not, where there was none', {}, { not: STRING }],
  ['a condition', {}, condition('a', ['b'])],
  ['a stricter consequence', condition('a', ['b']), condition('a', ['b', 'c'])],
  ['company that is required', { dependentRequired: { a: ['b'] } }, { dependentRequired: { a: ['b', 'c'] } }],
  ['a demand behind a reference', refersTo({ type: 'string' }), refersTo({ type: 'string', minLength: 1 })],
  ['a demand within a recursive schema', tree({}), tree({ minLength: 1 })],
  ['a demand beside a reference', beside({}), beside({ minLength: 1 })],
  ['nothing', withProperty('a', STRING), withProperty('a', false)],
  ['a tuple', { prefixItems: [STRING] }, { prefixItems: [STRING, NUMBER] }],
  ['one that contains', {}, { contains: STRING }],
]

/** As text: an object with the key `then` is taken for a promise. */
function condition(given: string, required: readonly string[]) {
  return `{"if":{"required":["${given}"]},"then":{"required":${JSON.stringify(required)}}}`
}

function refersTo(target: unknown) {
  return { ...withProperty('a', { $ref: '#/$defs/t' }), $defs: { t: target } }
}

function tree(name: object) {
  return {
    $defs: { node: { type: 'object', properties: { name, children: { items: { $ref: '#/$defs/node' } } } } },
    $ref: '#/$defs/node',
  }
}

function beside(more: object) {
  return { $defs: { t: STRING }, properties: { a: { $ref: '#/$defs/t', ...more } } }
}

const CHANGED: readonly (readonly [what: string, base: unknown, head: unknown])[] = [
  ['another type', withProperty('a', STRING), withProperty('a', NUMBER)],
  ['another pattern', withProperty('a', { pattern: 'a' }), withProperty('a', { pattern: 'b' })],
  ['another format', withProperty('a', { format: 'email' }), withProperty('a', { format: 'uri' })],
  ['another const', withProperty('a', { const: 1 }), withProperty('a', { const: 2 })],
  ['values that came and went', withProperty('a', { enum: [1, 2] }), withProperty('a', { enum: [2, 3] })],
  ['a property that is called otherwise', { required: ['a'] }, { required: ['b'] }],
  ['a range that moved', { minimum: 0, maximum: 5 }, { minimum: 1, maximum: 6 }],
  ['another condition', condition('a', ['c']), condition('b', ['c'])],
  ['a oneOf whose branches overlap', { oneOf: [STRING, {}] }, { oneOf: [STRING, { minLength: 1 }] }],
  ['another draft', {}, { $schema: 'http://json-schema.org/draft-07/schema#' }],
  ['a reference that leads nowhere', { $ref: '#/$defs/a' }, { $ref: '#/$defs/b' }],
]

const SAME: readonly (readonly [what: string, base: unknown, head: unknown])[] = [
  [
    'the layout of the file',
    '{"type":"object","required":["a"]}',
    '{\n  "required": [ "a" ],\n  "type": "object"\n}',
  ],
  ['titles, descriptions and examples', STRING, { ...STRING, title: 't', description: 'd', examples: ['x'] }],
  ['the order of required names', { required: ['a', 'b'] }, { required: ['b', 'a'] }],
  ['the order of an enum', { enum: [1, 2] }, { enum: [2, 1] }],
  ['a const for an enum of one', { enum: ['x'] }, { const: 'x' }],
  ['a list of one type', { type: 'string' }, { type: ['string'] }],
  ['a definition that nothing uses', STRING, { ...STRING, $defs: { unused: NUMBER } }],
  ['a definition that is moved', refersTo(STRING), { ...withProperty('a', STRING) }],
  ['a recursive schema', tree({ type: 'string' }), tree({ type: 'string' })],
  ['what demands nothing', withProperty('a', {}), withProperty('a', true)],
  ['other properties that are free anyway', {}, { additionalProperties: true }],
  ['a minimum that another one covers', { exclusiveMinimum: 0 }, { exclusiveMinimum: 0, minimum: 0 }],
  ['the order of branches', { anyOf: [STRING, NUMBER] }, { anyOf: [NUMBER, STRING] }],
]

describe.each(TIGHTENED)('%s', (_, base, head) => {
  test('is tightened', () => expect(compareSchema(base, head)?.kind).toBe('tightened'))
  test('is loosened the other way', () => expect(compareSchema(head, base)?.kind).toBe('loosened'))
})

test.each(CHANGED)('%s is changed: it can’t be told', (_, base, head) => {
  expect(compareSchema(base, head)?.kind).toBe('changed')
  expect(compareSchema(head, base)?.kind).toBe('changed')
})

test.each(SAME)('%s is no difference', (_, base, head) => {
  expect(compareSchema(base, head)).toBeUndefined()
  expect(compareSchema(head, base)).toBeUndefined()
})

test('what differs is named with its place in the event', () => {
  const base = { properties: { ad: { properties: { price: { minimum: 0 }, tags: { items: STRING } } } } }
  const head = {
    properties: {
      ad: { properties: { price: { minimum: 1 }, tags: { items: { ...STRING, enum: ['`x`|<b>'] } } } },
    },
  }
  expect(compareSchema(base, head)?.details.map(({ text }) => text)).toEqual([
    '`/ad/price`: `minimum` is 1, was 0',
    '`/ad/tags/*`: only `"ˋxˋ|<b>"` may be the value',
  ])
})

test('a document that another one refers to is compared with it', () => {
  const rules = [{ id: 'r', schema: './s.json' }]
  const main = { properties: { a: { $ref: './t.json#/$defs/x' } } }
  const versions = [{ minimum: 0 }, { minimum: 1 }].map((x) =>
    oneContract(rules, {}, { 's.json': main, 't.json': { $defs: { x } } }),
  )
  const [base, head] = versions as [(typeof versions)[0], (typeof versions)[0]]
  expect(compareOne(base, head)?.rules[0]).toMatchObject({
    kind: 'tightened',
    details: [{ text: '`/a`: `minimum` is 1, was 0' }],
  })
})

test('a file that was moved is metadata, if it says the same', () => {
  const base = oneContract([{ id: 'r', schema: './s.json' }], {}, { 's.json': STRING })
  const head = oneContract([{ id: 'r', schema: './t.json' }], {}, { 't.json': STRING })
  expect(compareOne(base, head)?.rules[0]).toMatchObject({ kind: 'metadata' })
})

function wide(minimum: number) {
  return {
    type: 'object',
    $defs: { n: { anyOf: [{ type: 'null' }, { type: 'number', minimum }, { $ref: '#' }] } },
    properties: Object.fromEntries(
      Array.from({ length: 5000 }, (_, index) => [`p${index}`, { $ref: '#/$defs/n', description: 'x' }]),
    ),
  }
}

test('thousands of properties, and references that go round, take no long time', () => {
  const startedMs = performance.now()
  expect(compareSchema(wide(0), wide(1))?.kind).toBe('tightened')
  expect(performance.now() - startedMs).toBeLessThan(5000)
})
