import { describe, expect, test } from 'vitest'
import { deepFreeze } from '../expression/support.ts'
import { schemaRefusal, schemaVerdict } from './support.ts'

const DRAFT_7 = 'http://json-schema.org/draft-07/schema#'
const DRAFT_2019 = 'https://json-schema.org/draft/2019-09/schema'
const DRAFT_2020 = 'https://json-schema.org/draft/2020-12/schema'
const SECRET = 'jean.dupont@example.org'

/** Generous for busy machines. */
const SOON_MS = 2000

describe('a schema is judged by its draft', () => {
  test.each([
    ['draft 7: items is a list of schemas', { $schema: DRAFT_7, items: [{ type: 'string' }] }, ['a', 1], [1]],
    [
      'draft 7: definitions',
      { $schema: DRAFT_7, $ref: '#/definitions/n', definitions: { n: { type: 'number' } } },
      1,
      'a',
    ],
    ['draft 7: dependencies', { $schema: DRAFT_7, dependencies: { a: ['b'] } }, { a: 1, b: 2 }, { a: 1 }],
    [
      'draft 2019-09: dependentRequired',
      { $schema: DRAFT_2019, dependentRequired: { a: ['b'] } },
      { a: 1, b: 2 },
      { a: 1 },
    ],
    [
      'draft 2019-09: unevaluatedProperties',
      { $schema: DRAFT_2019, properties: { a: true }, unevaluatedProperties: false },
      { a: 1 },
      { b: 1 },
    ],
    ['draft 2020-12: prefixItems', { $schema: DRAFT_2020, prefixItems: [{ type: 'string' }] }, ['a', 1], [1]],
    ['none means draft 2020-12', { prefixItems: [{ type: 'string' }], $defs: {} }, ['a'], [1]],
    [
      'what looks like a reference in data is none',
      { const: { $ref: 'http://a.example' } },
      { $ref: 'http://a.example' },
      1,
    ],
    [
      'a property may be named like a keyword',
      { properties: { default: { $ref: '#/$defs/n' } }, $defs: { n: { type: 'number' } } },
      { default: 1 },
      { default: 'one' },
    ],
  ])('%s', (_, schema, good, bad) => {
    expect(schemaVerdict(schema, deepFreeze(good))).toEqual({ kind: 'pass' })
    expect(schemaVerdict(schema, deepFreeze(bad))).toMatchObject({ kind: 'fail', reason: 'schema' })
  })

  test('true allows everything and false nothing', () => {
    expect(schemaVerdict(true, { a: 1 })).toEqual({ kind: 'pass' })
    expect(schemaVerdict(false, { a: 1 })).toMatchObject({
      kind: 'fail',
      message: 'the schema allows nothing here',
    })
  })
})

describe('a schema is refused', () => {
  test.each([
    [
      'an unknown draft',
      { $schema: 'http://json-schema.org/draft-04/schema#' },
      /declares `\$schema: .*draft-04.*7, 2019-09, 2020-12/,
    ],
    ['a $schema that is no text', { $schema: 7 }, /declares `\$schema: 7`/],
    ['invalid JSON', '{"type": ', /main\.schema\.json is not valid JSON: /],
    ['an empty file', '', /main\.schema\.json is not valid JSON: /],
    ['an array', [], /is not a JSON Schema: a schema is an object, true or false/],
    ['null', 'null', /is not a JSON Schema/],
    ['text', '"text"', /is not a JSON Schema/],
    ['an unknown keyword', { typ: 'object' }, /unknown keyword: "typ"/],
    ['a keyword of another draft', { $schema: DRAFT_7, prefixItems: [] }, /unknown keyword: "prefixItems"/],
    ['an unknown format', { format: 'postcode' }, /unknown format "postcode"/],
    ['a wrong type', { type: 'strin' }, /the schema is invalid: #\/type/],
    ['a wrong value of a keyword', { minLength: 'a' }, /the schema is invalid: #\/minLength/],
    [
      'a reference that leads nowhere',
      { $ref: '#/$defs/gone' },
      /the reference `#\/\$defs\/gone` leads nowhere/,
    ],
    [
      'a missing file',
      { $ref: './gone.schema.json' },
      /rules\/ads\/schemas\/gone\.schema\.json: there is no such file/,
    ],
    [
      'an address',
      { $ref: 'http://example.org/ad.json' },
      /the reference `http:\/\/example\.org\/ad\.json` leaves the rule files/,
    ],
    [
      'a secure address',
      { properties: { a: { $ref: 'https://example.org/ad.json#/a' } } },
      /leaves the rule files/,
    ],
    ['a file address', { $ref: 'file:///etc/passwd' }, /leaves the rule files/],
    ['look-around in a pattern', { pattern: '(?=a)' }, /pattern|look/i],
    ['a back-reference in a pattern', { pattern: '(a)\\1' }, /pattern|back/i],
    ['a broken pattern', { pattern: '(' }, /pattern|\(/i],
    ['a wrong value of uniqueItems', { uniqueItems: 1 }, /the schema is invalid: #\/uniqueItems/],
    ['an asynchronous schema', { $async: true }, /asynchronous/],
    [
      'data that chooses a keyword’s value',
      { properties: { a: { const: { $data: '1/b' } }, b: { minimum: { $data: '1/a' } } } },
      /#\/properties\/b\/minimum/,
    ],
  ])('%s', (_, schema, message) => {
    expect(schemaRefusal(schema)).toMatch(message)
  })

  test('if the contract’s own file is missing', () => {
    expect(schemaRefusal(undefined)).toMatch(
      /^rule "rule_0": rules\/ads\/schemas\/main\.schema\.json: there is no such file$/,
    )
  })

  test('if a file that it refers to is broken, naming that file', () => {
    expect(schemaRefusal({ $ref: './b.schema.json' }, { 'rules/ads/schemas/b.schema.json': '{' })).toMatch(
      /schemas\/b\.schema\.json is not valid JSON/,
    )
  })

  test('if it leads to a schema of another draft', () => {
    const others = { 'rules/ads/schemas/b.schema.json': { $schema: DRAFT_7 } }
    expect(schemaRefusal({ $ref: './b.schema.json' }, others)).toMatch(
      /b\.schema\.json is of draft 7, but .*main\.schema\.json.* of draft 2020-12/,
    )
    expect(schemaVerdict({ $schema: DRAFT_7, $ref: './b.schema.json' }, 1, others)).toEqual({ kind: 'pass' })
  })

  test('and no made-up address is shown', () => {
    const broken = [
      { $ref: './b.schema.json#/gone' },
      { $ref: './b.schema.json#anchor' },
      { $id: 'x', $ref: '#nowhere' },
    ]
    for (const schema of broken) {
      expect(schemaRefusal(schema, { 'rules/ads/schemas/b.schema.json': {} })).not.toContain('assay-rules')
    }
  })
})

describe('references among files', () => {
  test('lead to whole files, to parts of them by pointer and by anchor, from where each file stands', () => {
    const others = {
      'rules/ads/schemas/whole.schema.json': {
        type: 'object',
        properties: { x: { $ref: '../../shared/parts.schema.json#/$defs/positive' } },
      },
      'rules/shared/parts.schema.json': {
        $defs: {
          positive: { exclusiveMinimum: 0 },
          named: { $anchor: 'short', maxLength: 3 },
          back: { $ref: '../ads/schemas/word.schema.json' },
        },
      },
      'rules/ads/schemas/word.schema.json': { pattern: '^[a-z]+$' },
    }
    const schema = {
      properties: {
        whole: { $ref: './whole.schema.json' },
        short: { $ref: '../../shared/parts.schema.json#short' },
        word: { $ref: '../../shared/parts.schema.json#/$defs/back' },
      },
    }
    const good = { whole: { x: 1 }, short: 'abc', word: 'abc' }
    expect(schemaVerdict(schema, deepFreeze(good), others)).toEqual({ kind: 'pass' })
    expect(schemaVerdict(schema, { ...good, whole: { x: -1 } }, others)).toMatchObject({
      kind: 'fail',
      path: '/whole/x',
    })
    expect(schemaVerdict(schema, { ...good, short: 'abcd' }, others)).toMatchObject({
      kind: 'fail',
      path: '/short',
    })
    expect(schemaVerdict(schema, { ...good, word: '1' }, others)).toMatchObject({
      kind: 'fail',
      path: '/word',
    })
  })

  test('may go in circles', () => {
    const others = {
      'rules/ads/schemas/child.schema.json': {
        properties: { parent: { $ref: './main.schema.json' } },
        required: ['age'],
      },
    }
    const schema = { type: 'object', properties: { child: { $ref: './child.schema.json' } } }
    expect(schemaVerdict(schema, { child: { age: 1, parent: { child: { age: 2 } } } }, others)).toEqual({
      kind: 'pass',
    })
    expect(schemaVerdict(schema, { child: { age: 1, parent: { child: {} } } }, others)).toMatchObject({
      kind: 'fail',
      path: '/child/parent/child',
    })
  })

  test('may lead back into their own schema', () => {
    const schema = { properties: { next: { $ref: '#' } }, required: ['n'] }
    expect(schemaVerdict(schema, { n: 1, next: { n: 2 } })).toEqual({ kind: 'pass' })
    expect(schemaVerdict(schema, { n: 1, next: {} })).toMatchObject({ kind: 'fail', path: '/next' })
  })

  test('follow the $id of a schema, and the files stand where they did', () => {
    const others = {
      'rules/ads/schemas/n.schema.json': { $id: 'https://example.org/schemas/n.schema.json', type: 'number' },
    }
    const schema = {
      $id: 'https://example.org/schemas/main.schema.json',
      properties: { n: { $ref: 'n.schema.json' } },
    }
    expect(schemaVerdict(schema, { n: 1 }, others)).toEqual({ kind: 'pass' })
    expect(schemaVerdict(schema, { n: 'a' }, others)).toMatchObject({ kind: 'fail', path: '/n' })
  })

  test('may lead to a schema that is inside of the same file', () => {
    const schema = {
      $id: 'https://example.org/main.json',
      $defs: { n: { $id: 'n.json', type: 'number' } },
      properties: { n: { $ref: 'n.json' } },
    }
    expect(schemaVerdict(schema, { n: 'a' })).toMatchObject({ kind: 'fail', path: '/n' })
  })

  test('may lead to the meta-schema that comes with the validator', () => {
    expect(schemaVerdict({ $ref: DRAFT_2020 }, { type: 'object' })).toEqual({ kind: 'pass' })
    expect(schemaVerdict({ $ref: DRAFT_2020 }, { type: 7 })).toMatchObject({ kind: 'fail' })
  })

  test('with blanks and other letters in their names are found', () => {
    const others = { 'rules/ads/schemas/été 1.json': { type: 'number' } }
    expect(schemaVerdict({ properties: { n: { $ref: './été 1.json' } } }, { n: 'a' }, others)).toMatchObject({
      kind: 'fail',
    })
  })
})

describe('an event', () => {
  test('can’t choose how long a pattern takes', () => {
    const startedMs = performance.now()
    expect(schemaVerdict({ pattern: '^(a+)+$' }, `${'a'.repeat(100_000)}!`)).toMatchObject({ kind: 'fail' })
    expect(performance.now() - startedMs).toBeLessThan(SOON_MS)
  })

  test.each([
    ['numbers', (index: number) => index],
    ['texts', String],
    ['objects', (index: number) => ({ b: index, a: [index] })],
    ['null and lists', (index: number) => (index === 0 ? null : [index])],
  ])('can’t choose how long a search for equal %s takes', (_, itemOf) => {
    const items = Array.from({ length: 50_000 }, (__, index) => itemOf(index))
    const startedMs = performance.now()
    expect(schemaVerdict({ uniqueItems: true }, items)).toEqual({ kind: 'pass' })
    expect(schemaVerdict({ uniqueItems: true }, [...items, structuredClone(items[0])])).toMatchObject({
      kind: 'fail',
    })
    expect(performance.now() - startedMs).toBeLessThan(SOON_MS)
  })

  test('that is all wrong is judged as fast as one that is wrong once', () => {
    const event = Array.from({ length: 200_000 }, () => 'wrong')
    const startedMs = performance.now()
    expect(schemaVerdict({ items: { type: 'number' } }, event)).toMatchObject({ kind: 'fail', path: '/0' })
    expect(performance.now() - startedMs).toBeLessThan(SOON_MS)
  })

  test('is left as it is: no defaults, no coercion, nothing removed', () => {
    const schema = {
      properties: { n: { type: 'number' }, d: { default: 7 } },
      additionalProperties: true,
    }
    expect(schemaVerdict(schema, deepFreeze({ n: 1, more: true }))).toEqual({ kind: 'pass' })
    expect(schemaVerdict(schema, deepFreeze({ n: '1' }))).toMatchObject({ kind: 'fail', path: '/n' })
  })

  test.each([
    ['enum', { enum: ['a', 'b'] }],
    ['const', { const: 'a' }],
    ['pattern', { pattern: '^a$' }],
    ['format', { format: 'uuid' }],
    ['type', { type: 'number' }],
    ['maxLength', { maxLength: 3 }],
    ['oneOf', { oneOf: [{ type: 'number' }, { type: 'boolean' }] }],
    ['not', { not: { type: 'string' } }],
    ['if and else', { if: { type: 'number' }, else: false }],
  ])('is not quoted by %s', (_, schema) => {
    const verdict = schemaVerdict({ properties: { user: schema } }, { user: SECRET })
    expect(verdict).toMatchObject({ kind: 'fail', path: '/user' })
    expect(JSON.stringify(verdict)).not.toContain('jean')
  })

  test.each([
    ['additionalProperties', { additionalProperties: false }],
    ['unevaluatedProperties', { unevaluatedProperties: false }],
    ['propertyNames', { propertyNames: { maxLength: 3 } }],
    ['maxProperties', { maxProperties: 0 }],
  ])('has its keys left out by %s', (_, schema) => {
    const verdict = schemaVerdict(schema, { [SECRET]: 1 })
    expect(verdict).toMatchObject({ kind: 'fail' })
    expect(JSON.stringify(verdict)).not.toContain('jean')
  })
})

describe('equal items', () => {
  test.each([
    [
      'the order of keys counts for nothing',
      [
        { a: 1, b: [2] },
        { b: [2], a: 1 },
      ],
      'fail',
    ],
    ['0 and -0', [0, -0], 'fail'],
    ['a number and its text', [1, '1'], 'pass'],
    ['true and its text', [true, 'true'], 'pass'],
    ['null and its text', [null, 'null'], 'pass'],
    ['a list and its text', [[1], '[1]'], 'pass'],
    [
      'the order of a list counts',
      [
        [1, 2],
        [2, 1],
      ],
      'pass',
    ],
    ['texts with quotes', ['a","b', 'a', 'b'], 'pass'],
    ['nothing twice', [null, null], 'fail'],
    ['none', [], 'pass'],
  ])('%s', (_, items, kind) => {
    expect(schemaVerdict({ uniqueItems: true }, items).kind).toBe(kind)
    expect(schemaVerdict({ uniqueItems: false }, items).kind).toBe('pass')
  })
})

test('a long list of allowed values is no problem', () => {
  const schema = { enum: Array.from({ length: 300_000 }, (_, index) => `v${index}`) }
  expect(schemaVerdict(schema, 'v299999')).toEqual({ kind: 'pass' })
})

test('a schema that refers to itself without end is an error, not the end of the service', () => {
  // A plain `$ref` in a circle is refused when the rules are loaded; a dynamic one can only be followed.
  expect(schemaVerdict({ $dynamicAnchor: 'self', $dynamicRef: '#self' }, { n: 1 })).toEqual({
    kind: 'error',
    code: 'SCHEMA_FAILED',
    message: 'the validator could not judge the event',
  })
  expect(schemaVerdict({ properties: { child: { $ref: '#' } } }, { child: { child: {} } }).kind).toBe('pass')
})
