import { describe, expect, test } from 'vitest'
import { SchemaCompileError } from '../../src/evaluate/schema-fault.ts'
import { readJsonSchema } from '../../src/inspect/schema/read-schema.ts'
import { describe as inWords } from '../../src/inspect/types/describe.ts'
import type { Field, Type } from '../../src/inspect/types/type.ts'

type Files = Readonly<Record<string, unknown>>

function read(schema: unknown, others: Files = {}): Type {
  const files: Files = { 'main.json': schema, ...others }
  return readJsonSchema('x.contract.yaml', './main.json', (_, reference) => {
    const path = reference.replace(/^\.\//, '')
    const content = files[path]
    return content === undefined
      ? { path, missing: 'there is no such file' }
      : { path, text: JSON.stringify(content) }
  })
}

function fieldIn(type: Type, path: string): Field {
  const fields = path.split('.').reduce<{ type: Type; field?: Field }>(
    ({ type: holder }, name) => {
      const found = holder.objects.map((object) => object.field(name))
      const [field] = found
      if (field === undefined) throw new Error(`nothing has a field ${name}`)
      return { type: field.type, field }
    },
    { type },
  )
  return fields.field as Field
}

/** What a field may be, in words; a question mark for one that may be missing. */
function words(type: Type, path: string): string {
  const field = fieldIn(type, path)
  return `${inWords(field.type)}${field.type.isAbsent ? '?' : ''}`
}

const conditional = (condition: object, met: object, unmet: object | boolean = true) =>
  Object.fromEntries([['if', condition], ['then', met] as const, ['else', unmet]])

const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more })

describe('the type of a field', () => {
  test.each([
    [{ type: 'string' }, 'text?'],
    [{ type: ['string', 'null'] }, 'text or null?'],
    [{ type: 'number', nullable: true }, 'a number or null?'],
    [{ type: 'boolean' }, 'true or false?'],
    [{ const: 'x' }, '"x"?'],
    [{ enum: ['a', 1, null, true] }, 'one of "a", 1, true, null?'],
    [{ type: 'string', enum: ['a', 1] }, '"a"?'],
    [{ enum: [{ a: 1 }, [2]] }, 'an object or a list?'],
    [{ anyOf: [{ type: 'string' }, { type: 'array' }] }, 'text or a list?'],
    [{ oneOf: [{ const: 1 }, { const: 2 }] }, 'one of 1, 2?'],
    [{ allOf: [{ type: ['string', 'number'] }, { type: ['number', 'null'] }] }, 'a number?'],
    [{ allOf: [{ enum: [1, 2, 3] }, { minimum: 2 }] }, 'one of 2, 3?'],
    [{ minLength: 3 }, 'text?'],
    [{ minimum: 3 }, 'a number?'],
    [{ items: { type: 'string' } }, 'a list?'],
    [{ required: ['a'] }, 'an object?'],
    [{}, 'anything?'],
    [true, 'anything?'],
    [false, 'no value?'],
    [{ $ref: '#/$defs/word' }, 'text?'],
    [{ $ref: '#word' }, 'text?'],
    [{ $ref: 'https://example.org/word.json' }, 'text?'],
    [{ $ref: '#/$defs/lost' }, 'anything?'],
    [{ $ref: '#/$defs/a~1b' }, 'a number?'],
    [{ $ref: '#/$defs/round' }, 'anything?'],
    [{ $ref: '#/$defs/again' }, 'anything?'],
    [conditional({ const: 1 }, { const: 1 }, { type: 'string' }), 'text or a number?'],
  ])('%j is %s', (schema, expected) => {
    const $defs = {
      word: { $anchor: 'word', type: 'string' },
      other: { $id: 'https://example.org/word.json', type: 'string' },
      'a/b': { type: 'number' },
      round: { $ref: '#/$defs/round' },
      again: { anyOf: [{ $ref: '#/$defs/again' }, { $ref: '#/$defs/again' }] },
    }
    expect(words(read(object({ f: schema }, { $defs })), 'f')).toBe(expected)
  })

  test('that is required is there', () => {
    expect(words(read(object({ f: { type: 'string' } }, { required: ['f'] })), 'f')).toBe('text')
  })

  test('may be described in a file beside, which leads on to another', () => {
    const files = {
      'parts/a.json': { $ref: '../b.json#/definitions/b' },
      'b.json': { definitions: { b: object({ c: { type: 'string' } }) } },
    }
    const schema = object({ f: { $ref: './parts/a.json' } })
    const from: Files = { ...files, 'a.json': files['parts/a.json'], '../b.json': files['b.json'] }
    expect(words(read(schema, from), 'f.c')).toBe('text?')
  })

  test('of a draft 7 dependency is there where the other one is', () => {
    const schema = object({ a: { type: 'string' }, b: { type: 'string' } }, { dependencies: { a: ['b'] } })
    const kinds = read(schema).objects.map((kind) => ['a', 'b'].map((name) => kind.field(name).type.isAbsent))
    expect(kinds).toEqual([
      [false, false],
      [true, true],
    ])
  })
})

describe('the standing of a field', () => {
  const A = { a: { type: 'string' } }

  test.each([
    ['of an object that says nothing', { type: 'object' }, 'b', 'open'],
    ['of an object with other fields', object(A), 'b', 'undescribed'],
    ['of an object that allows all', object(A, { additionalProperties: true }), 'b', 'open'],
    ['of a closed object', object(A, { additionalProperties: false }), 'b', 'excluded'],
    ['of a map', object(A, { additionalProperties: { type: 'number' } }), 'b', 'described'],
    [
      'by its name',
      object({}, { patternProperties: { '^x_': {} }, additionalProperties: false }),
      'x_1',
      'described',
    ],
    [
      'by another name',
      object({}, { patternProperties: { '^x_': {} }, additionalProperties: false }),
      'y',
      'excluded',
    ],
    ['that is refused', object({ b: false }), 'b', 'excluded'],
    [
      'that one part closes',
      { allOf: [object(A, { additionalProperties: false }), object({ b: {} })] },
      'b',
      'excluded',
    ],
    ['that one part describes', { allOf: [object(A), object({ b: {} })] }, 'b', 'described'],
    [
      'beside combined parts',
      { allOf: [object(A), object({ b: {} })], unevaluatedProperties: false },
      'c',
      'excluded',
    ],
    [
      'of combined parts',
      { allOf: [object(A), object({ b: {} })], unevaluatedProperties: false },
      'b',
      'described',
    ],
  ])('%s', (_, schema, name, standing) => {
    expect(fieldIn(read(schema), name).standing).toBe(standing)
  })

  test('an inherited name of JavaScript is no field', () => {
    const type = read(object(A))
    expect(fieldIn(type, 'constructor').standing).toBe('undescribed')
    expect(fieldIn(type, '__proto__').standing).toBe('undescribed')
  })
})

describe('variants', () => {
  const schema = object(
    { kind: { enum: ['a', 'b', 'c'] }, x: { type: 'string' }, y: { type: 'string' } },
    {
      required: ['kind'],
      allOf: [
        conditional({ properties: { kind: { const: 'a' } }, required: ['kind'] }, { required: ['x'] }),
        conditional({ properties: { kind: { const: 'b' } }, required: ['kind'] }, { required: ['y'] }),
      ],
    },
  )

  test('of conditions are kept apart, and those that can’t be are left out', () => {
    const kinds = read(schema).objects.map((kind) => [
      inWords(kind.field('kind').type),
      kind.field('x').type.isAbsent,
      kind.field('y').type.isAbsent,
    ])
    expect(kinds.toSorted()).toEqual([
      ['"a"', false, true],
      ['"b"', true, false],
      ['"c"', true, true],
    ])
  })

  test('of many conditions come to one kind of object', () => {
    const names = Array.from({ length: 12 }, (_, index) => `f${index}`)
    const allOf = names.map((name) => conditional({ required: [name] }, { required: [`${name}x`] }))
    expect(read({ type: 'object', allOf }).objects.length).toBeLessThanOrEqual(16)
  })
})

describe('schemas that are large or lead round in circles', () => {
  test('of 5,000 fields are read as far as they are asked for', () => {
    const properties = Object.fromEntries(
      Array.from({ length: 5000 }, (_, index) => [`field_${index}`, { $ref: '#/$defs/part' }]),
    )
    const type = read({ ...object(properties), $defs: { part: object({ a: { enum: ['x', 'y'] } }) } })
    expect(words(type, 'field_4999.a')).toBe('one of "x", "y"?')
  })

  test('may contain themselves', () => {
    const node = object({
      value: { type: 'number' },
      next: { $ref: '#' },
      others: { type: 'array', items: { $ref: '#' } },
    })
    const type = read(node)
    expect(words(type, 'next.next.next.value')).toBe('a number?')
    expect(fieldIn(type, 'others').type.lists?.item().objects).toHaveLength(1)
  })

  test('may contain themselves among constants by which kinds differ', () => {
    const node = object(
      { kind: { enum: ['a', 'b'], allOf: [{ $ref: '#' }] } },
      { allOf: [{ $ref: '#/$defs/other' }] },
    )
    const type = read({
      ...node,
      $defs: { other: object({ kind: { enum: ['b'], anyOf: [{ $ref: '#' }, {}] } }) },
    })
    expect(type.objects.length).toBeLessThanOrEqual(1)
  })

  test('may be nested ninety levels deep', () => {
    const deep = Array.from({ length: 90 }).reduce((inner) => object({ a: inner }), { type: 'string' })
    expect(words(read(deep), Array.from({ length: 90 }, () => 'a').join('.'))).toBe('text?')
  })
})

test.each([
  ['a missing file', { $ref: './lost.json' }],
  ['no schema', ['x']],
  ['another place', { $ref: 'https://example.org/x.json' }],
])('%s is refused', (_, schema) => {
  expect(() => read(schema)).toThrow(SchemaCompileError)
})

test.each([
  [{ type: 5 }],
  [{ properties: [] }],
  [{ required: 'a' }],
  [{ enum: 'a' }],
  [{ items: 5 }],
  [{ allOf: {} }],
  [{ if: 5 }],
  [{ $ref: 5 }],
  [{ minimum: 'x', maximum: {} }],
  [{ patternProperties: { '(': {} } }],
  [{ type: 'string', pattern: '(?<=a)b' }],
  [{ dependencies: { a: 5 } }],
])('a schema that is none (%j) does no harm', (schema) => {
  expect(() => read(object({ a: schema, ...schema }))).not.toThrow()
})
