import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { FORMAT_CHECKS } from '../../src/evaluate/formats.ts'

const SCHEMAS = join(import.meta.dirname, 'corpus/schemas')

type Schema = Record<string, unknown>

/** A random number below `below`, the same for the same seed (mulberry32). */
export function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

/** Events that AJV finds valid: made at random along the schema, and thrown away if they are not. */
export function sampleEvents(name: string, count: number, random: (below: number) => number): unknown[] {
  const schema = readSchema(name)
  const validate = validatorOf(schema)
  const events: unknown[] = []
  for (let tries = 0; events.length < count && tries < count * 50; tries++) {
    const event = make(schema, schema, random, 0)
    if (validate(event)) events.push(event)
  }
  return events
}

function validatorOf(schema: Schema) {
  const options = { strict: false, logger: false, formats: FORMAT_CHECKS } as const
  const draft = String(schema['$schema'])
  const ajv = draft.includes('2020')
    ? new Ajv2020(options)
    : draft.includes('2019')
      ? new Ajv2019(options)
      : new Ajv(options)
  ajv.addSchema(readSchema('customer'), 'customer.schema.json')
  return ajv.compile(schema)
}

function readSchema(name: string): Schema {
  return JSON.parse(readFileSync(join(SCHEMAS, `${name}.schema.json`), 'utf8')) as Schema
}

function make(
  schema: Schema | boolean,
  root: Schema,
  random: (below: number) => number,
  depth: number,
): unknown {
  if (typeof schema === 'boolean') return pick([1, 'x', null, true, {}, []], random)
  const reference = schema['$ref']
  if (typeof reference === 'string') return makeReferenced(reference, root, random, depth)
  if ('const' in schema) return schema['const']
  if (Array.isArray(schema['enum'])) return pick(schema['enum'], random)
  const options = schema['oneOf'] ?? schema['anyOf']
  const parts = [
    ...((schema['allOf'] ?? []) as Schema[]),
    ...(Array.isArray(options) ? [pick(options as Schema[], random)] : []),
  ].map((part) => make(part, root, random, depth))
  if (parts.length === 1 && schema['properties'] === undefined) return parts[0]
  if (parts.length > 0) return Object.assign({}, ...parts, makeObject(schema, root, random, depth))
  const { type } = schema
  return makeOfType(Array.isArray(type) ? pick(type, random) : type, schema, root, random, depth)
}

function makeReferenced(
  reference: string,
  root: Schema,
  random: (below: number) => number,
  depth: number,
): unknown {
  if (!reference.startsWith('#')) {
    const other = readSchema(reference.replace(/^\.\/|\.schema\.json$/g, ''))
    return make(other, other, random, depth)
  }
  const target = reference
    .slice(2)
    .split('/')
    .reduce<unknown>((value, key) => (value as Schema)[key], root)
  return make(target as Schema, root, random, depth)
}

function makeOfType(
  type: unknown,
  schema: Schema,
  root: Schema,
  random: (below: number) => number,
  depth: number,
): unknown {
  switch (type) {
    case 'null':
      return null
    case 'boolean':
      return random(2) === 0
    case 'integer':
    case 'number':
      return makeNumber(schema, type === 'integer', random)
    case 'string':
      return makeText(schema, random)
    case 'array':
      return makeList(schema, root, random, depth)
    default:
      return makeObject(schema, root, random, depth)
  }
}

function makeNumber(schema: Schema, isInteger: boolean, random: (below: number) => number): number {
  const min = Number(schema['minimum'] ?? -5)
  const max = Number(schema['maximum'] ?? min + pick([1, 10, 100_000], random))
  const number = pick([min, max, min + (max - min) * (random(1000) / 1000)], random)
  return isInteger ? Math.round(number) : number
}

const TEXTS = [
  '',
  'a',
  'year',
  'color',
  'new',
  'x y z',
  'Gray 12',
  '2024-05-06T07:08:09Z',
  '12345678901234',
  '0',
  'o-1',
  'main',
]
const BY_FORMAT: Readonly<Record<string, readonly string[]>> = {
  uuid: ['8f14e45f-ceea-467f-a0e6-1b2c3d4e5f60'],
  'date-time': ['2024-05-06T07:08:09Z', '2031-01-01T00:00:00.5+02:00'],
  date: ['2024-05-06', '1999-12-31'],
  email: ['a@example.org'],
  uri: ['https://example.org/1.jpg', 'ftp://x'],
}
const BY_PATTERN: Readonly<Record<string, readonly string[]>> = {
  '^u-[0-9]+$': ['u-1', 'u-77'],
  '^[0-9]{14}$': ['01234567890123', '12345678901234'],
  '^ad-[0-9]+$': ['ad-1', 'ad-200'],
  '^[A-Z]{3}$': ['EUR', 'CHF'],
  '^[0-9]{5}$': ['75001'],
  '^[A-Z]{2}$': ['FR', 'CH', 'US'],
  '^o-[0-9]{6}$': ['o-000000', 'o-123456'],
  '^[0-9]{4}$': ['0000', '4242'],
  '^\\d+\\.\\d+$': ['1.0', '2.15'],
}

function makeText(schema: Schema, random: (below: number) => number): string {
  const { format, pattern } = schema
  if (typeof format === 'string') return pick(BY_FORMAT[format] ?? TEXTS, random)
  if (typeof pattern === 'string') return pick(BY_PATTERN[pattern] ?? TEXTS, random)
  if (schema['minLength'] === 8) return pick(['abcdef01', 'zzzzzzzz'], random)
  return pick(TEXTS, random)
}

function makeList(schema: Schema, root: Schema, random: (below: number) => number, depth: number): unknown[] {
  const { items } = schema
  if (Array.isArray(items)) return (items as Schema[]).map((item) => make(item, root, random, depth + 1))
  const length = depth > 3 ? 0 : Number(schema['minItems'] ?? 0) + pick([0, 0, 1, 2, 3], random)
  return Array.from({ length }, () => make((items ?? true) as Schema, root, random, depth + 1))
}

function makeObject(schema: Schema, root: Schema, random: (below: number) => number, depth: number): Schema {
  const required = (schema['required'] ?? []) as string[]
  const entries = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>)
    .filter(([name]) => required.includes(name) || random(2) === 0)
    .map(([name, value]) => [name, make(value, root, random, depth + 1)])
  const byPattern = schema['patternProperties'] ? { t1: random(100), t2: random(100) } : {}
  const more =
    schema['additionalProperties'] && typeof schema['additionalProperties'] === 'object'
      ? { restarts: random(20) }
      : {}
  return { ...Object.fromEntries(entries), ...byPattern, ...more }
}

function pick<T>(values: readonly T[], random: (below: number) => number): T {
  return values[random(values.length)] as T
}
