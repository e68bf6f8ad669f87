import { describe, expect, test } from 'vitest'
import { RuleChecker } from '../../src/evaluate/check-rules.ts'
import { parseContract } from '../../src/contract/parse.ts'
import { schemaRefusal, schemaVerdict } from './support.ts'

const HEAD = 'apiVersion: assay/v1\nid: a\nversion: 1.0.0\ntopic: a\ndomain: a\nowner: a\n'

/** What is wrong with two rules that share a schema: place and code. */
function placesIn(schema: string): string[] {
  const { contract } = parseContract(
    'x.contract.yaml',
    `${HEAD}rules:\n  - { id: a, schema: ./a.json }\n  - { id: b, schema: ./a.json }\n`,
  )
  const checker = new RuleChecker((_, reference) => ({ path: reference, text: schema }))
  return checker
    .check(contract?.rules ?? [])
    .map(({ at, code }) => `${at?.file}:${at?.line}:${at?.column} ${code}`)
}

describe('a fault of a schema', () => {
  test.each([
    ['no JSON', '{\n  "type": "object",\n}', './a.json:3:1 SCHEMA_INVALID'],
    ['an unknown keyword', '{\n  "items": { "typ": "object" }\n}', './a.json:2:14 SCHEMA_INVALID'],
    [
      'a keyword’s wrong value',
      '{\n  "items": [ {}, { "minLength": "a" } ]\n}',
      './a.json:2:3 SCHEMA_INVALID',
    ],
    [
      'a bad pattern',
      '{\n  "properties": {\n    "a": { "pattern": "(" }\n  }\n}',
      './a.json:3:12 SCHEMA_INVALID',
    ],
    ['a bad name of patterns', '{\n  "patternProperties": { "(": {} }\n}', './a.json:2:3 SCHEMA_INVALID'],
    ['a lost reference', '{\n  "not": { "$ref": "#/$defs/a" }\n}', './a.json:2:12 SCHEMA_REFERENCE'],
    [
      'a reference into the network',
      '{\n  "$ref": "https://a.example/b"\n}',
      './a.json:2:3 SCHEMA_REFERENCE',
    ],
  ])('stands in the schema’s file, for each rule: %s', (_, schema, place) => {
    expect(placesIn(schema)).toEqual([place, place])
  })

  test('is told by each rule in its own name', () => {
    const { contract } = parseContract('x.contract.yaml', `${HEAD}rules:\n  - { id: a, schema: ./a.json }\n`)
    const checker = new RuleChecker((_, reference) => ({ path: reference, missing: 'there is no such file' }))
    expect(checker.check(contract?.rules ?? [])).toMatchObject([
      {
        code: 'SCHEMA_NOT_FOUND',
        message: 'rule "a": ./a.json: there is no such file',
        at: { line: 8, column: 22 },
      },
    ])
  })
})

describe('a schema that refers to itself', () => {
  const TREE = { type: 'object', properties: { children: { type: 'array', items: { $ref: '#' } } } }

  test('below a property or an item is a tree', () => {
    expect(schemaVerdict(TREE, { children: [{ children: [] }] })).toEqual({ kind: 'pass' })
    expect(schemaVerdict(TREE, { children: [{ children: 1 }] })).toMatchObject({ kind: 'fail' })
  })

  test('by anchors and twice is none either, as long as there is no circle', () => {
    const schema = {
      allOf: [{ $ref: '#priced' }, { $ref: '#/$defs/priced' }, { $ref: '#/$defs/named' }],
      $defs: { priced: { $anchor: 'priced', required: ['price'] }, named: { allOf: [{ $ref: '#priced' }] } },
    }
    expect(schemaVerdict(schema, { price: 1 })).toEqual({ kind: 'pass' })
  })

  test.each([
    ['at once', { $ref: '#' }],
    ['by an anchor', { $anchor: 'a', $ref: '#a' }],
    [
      'over definitions',
      { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { anyOf: [{ $ref: '#/$defs/a' }] } } },
    ],
    ['in a condition', { properties: { a: { if: { $ref: '#/properties/a' } } } }],
    ['in a negation', { not: { $ref: '#' } }],
  ])('without a step into the event is refused: %s', (_, schema) => {
    expect(schemaRefusal(schema)).toContain('is circular')
  })

  test('over files is refused', () => {
    const others = { 'rules/ads/schemas/b.schema.json': { allOf: [{ $ref: './main.schema.json' }] } }
    expect(schemaRefusal({ allOf: [{ $ref: './b.schema.json' }] }, others)).toContain('is circular')
  })
})
