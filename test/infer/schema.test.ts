import { describe, expect, test } from 'vitest'
import { toSchema } from '../../src/infer/json-schema.ts'
import { jsonText } from '../../src/infer/json-text.ts'
import { summarise } from '../../src/infer/summarise.ts'

const schemaOf = (events: readonly unknown[]) => toSchema(summarise(events))

/** The schema of one field, from its values in so many events. */
const fieldOf = (values: readonly unknown[], name = 'x') =>
  (schemaOf(values.map((value) => ({ [name]: value }))) as { properties: Record<string, unknown> })
    .properties[name]

const repeat = <T>(values: readonly T[], times: number) => Array.from({ length: times }, () => values).flat()

test.each<[string, readonly unknown[], unknown]>([
  ['a text', ['a', 'b'], { type: 'string' }],
  ['whole numbers', [1, 20], { type: 'integer' }],
  ['other numbers', [1, 2.5], { type: 'number' }],
  ['true and false', [true, false], { type: 'boolean' }],
  ['nothing but null', [null, null], { type: 'null' }],
  ['something or null', ['a', null], { type: ['null', 'string'] }],
  ['several types', ['a', 1, [true]], { type: ['array', 'integer', 'string'], items: { type: 'boolean' } }],
  ['lists', [['a'], ['b', 'c'], []], { type: 'array', items: { type: 'string' } }],
  ['empty lists', [[], []], { type: 'array' }],
  ['an empty object', [{}], { type: 'object', properties: {} }],
  [
    'dates with a time',
    ['2026-03-02T08:00:00Z', '2026-03-02T08:00:00.123+02:00'],
    { type: 'string', format: 'date-time' },
  ],
  ['dates', ['2026-03-02'], { type: 'string', format: 'date' }],
  ['UUIDs', ['eafb8b18-e880-4c54-aa57-d3f17510b745'], { type: 'string', format: 'uuid' }],
  ['mail addresses', ['a@example.org'], { type: 'string', format: 'email' }],
  ['web addresses', ['https://a.example/b'], { type: 'string', format: 'uri' }],
  ['dates, but for one', ['2026-03-02', 'soon'], { type: 'string' }],
  ['what only looks like an address', ['note: this'], { type: 'string' }],
])('%s', (_, values, schema) => {
  expect(fieldOf(values)).toEqual(schema)
})

test('what is in every object is required, also inside of lists and of objects that are not always there', () => {
  const events = [
    { a: 1, o: { p: 1, q: 2 }, l: [{ r: 1 }, { r: 1, s: 1 }] },
    { a: null, o: { p: 1 } },
    { a: 1 },
  ]
  expect(schemaOf(events)).toMatchObject({
    required: ['a'],
    properties: {
      o: { required: ['p'], properties: { q: {} } },
      l: { items: { required: ['r'], properties: { s: {} } } },
    },
  })
})

test('nothing is closed to new fields, and no length or range is guessed', () => {
  const text = JSON.stringify(schemaOf(repeat([{ n: 5, t: 'abc', l: [1, 2] }], 100)))
  expect(text).not.toMatch(/additionalProperties|minimum|maximum|minLength|maxLength|minItems|pattern/)
})

describe('numbers', () => {
  test.each<[string, readonly number[], unknown]>([
    ['amount', [1, 2], { type: 'number' }],
    ['totalPrice', [1, 2], { type: 'number' }],
    ['lat', [48.8, -12], { type: 'number', minimum: -90, maximum: 90 }],
    ['lng', [2, 179], { type: 'number', minimum: -180, maximum: 180 }],
    ['lat', [4880], { type: 'number' }],
    ['retries', [1, 2], { type: 'integer' }],
  ])('%s %j', (name, values, schema) => {
    expect(fieldOf(values, name)).toEqual(schema)
  })
})

describe('a closed set of values', () => {
  test.each<[string, string, readonly unknown[], unknown]>([
    ['of a status seen often', 'status', repeat(['active', 'paused'], 20), { enum: ['active', 'paused'] }],
    [
      'or null',
      'status',
      [...repeat(['on', 'off'], 20), null],
      { type: ['null', 'string'], enum: ['off', 'on', null] },
    ],
    ['of one type', 'event_type', repeat(['ad.published'], 30), { const: 'ad.published' }],
    [
      'of a field with another name, seen very often',
      'size',
      repeat(['S', 'M', 'L'], 50),
      { enum: ['L', 'M', 'S'] },
    ],
  ])('%s', (_, name, values, schema) => {
    expect(fieldOf(values, name)).toMatchObject(schema as object)
  })

  test.each<[string, string, readonly string[]]>([
    ['few events', 'status', repeat(['active', 'paused'], 5)],
    ['one value came once', 'status', [...repeat(['active', 'paused'], 20), 'sold']],
    ['many values', 'status', repeat([...'abcdefghijkl'], 20)],
    ['another name, seen often', 'category', repeat(['cars', 'bikes'], 20)],
    ['one value of what may have more', 'currency', repeat(['EUR'], 100)],
    ['a name that tells of ever new ones', 'sku', repeat(['a-1', 'a-2'], 200)],
    ['sentences', 'status', repeat(['it is fine', 'it is not'], 50)],
    ['personal data', 'city', repeat(['Lyon', 'Paris'], 100)],
  ])('is not taken from %s', (_, name, values) => {
    expect(fieldOf(values, name)).toEqual({ type: 'string' })
  })
})

const numbered = (name: (index: number) => string, count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [name(index), { n: index }]))

describe('an object whose names are data is a map', () => {
  test.each<[string, (index: number) => string]>([
    ['numbers', (index) => String(index)],
    ['days', (index) => `2026-03-0${index + 1}`],
    ['ids', (index) => `u-${1000 + index}`],
    ['UUIDs', (index) => `eafb8b18-e880-4c54-aa57-00000000000${index}`],
  ])('%s', (_, name) => {
    expect(fieldOf([numbered(name, 3)])).toEqual({
      type: 'object',
      additionalProperties: { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } },
    })
  })

  test('names that are many, and rare', () => {
    const events = Array.from({ length: 40 }, (_, index) => ({
      [`w${'abcdefghij'[index % 10]}${'abcd'[index % 4]}${index > 19 ? 'x' : 'y'}x`]: index,
    }))
    expect(fieldOf(events)).toHaveProperty('additionalProperties')
  })

  test('maps in maps', () => {
    expect(fieldOf([{ 1: { 2: true, 3: false }, 4: {} }])).toEqual({
      type: 'object',
      additionalProperties: { type: 'object', additionalProperties: { type: 'boolean' } },
    })
  })

  test('but not a record, however many fields it has', () => {
    const record = Object.fromEntries(
      Array.from({ length: 80 }, (_, index) => [`field${'abc'[index % 3]}${'x'.repeat(index)}`, 1]),
    )
    expect(fieldOf([record, record])).not.toHaveProperty('additionalProperties')
  })
})

test('items are named like their list', () => {
  const events = repeat([{ tags: ['a'] }, { tags: ['b'] }], 100)
  expect(schemaOf(events)).toMatchObject({ properties: { tags: { items: { type: 'string' } } } })
  expect(JSON.stringify(schemaOf(events))).not.toContain('enum')
})

test('events that are no objects have a schema too', () => {
  expect(schemaOf(['a', 'b'])).toEqual({ type: 'string' })
  expect(schemaOf([[1], [2]])).toEqual({ type: 'array', items: { type: 'integer' } })
  expect(schemaOf([1, 'a'])).toEqual({ type: ['integer', 'string'] })
})

test('a hostile sample is bounded', () => {
  const wide = Array.from({ length: 50 }, (_, event) =>
    Object.fromEntries(
      Array.from({ length: 1000 }, (__, index) => [`${'ab'[event % 2]}x${event}_${index}y`, index]),
    ),
  )
  let deep: unknown = 1
  for (let level = 0; level < 90; level++) deep = { a: deep, b: 'x' }
  expect(JSON.stringify(schemaOf([...wide, deep])).length).toBeLessThan(200_000)
})

test('the schema is laid out to be read', () => {
  expect(jsonText({ a: { type: 'string' }, b: ['x'], c: {} })).toBe(
    '{\n  "a": { "type": "string" },\n  "b": ["x"],\n  "c": {}\n}',
  )
  const value = schemaOf([{ a: [{ b: 'x' }], c: 1 }])
  expect(JSON.parse(jsonText(value))).toEqual(value)
})
