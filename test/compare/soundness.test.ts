import { Ajv2020 } from 'ajv/dist/2020.js'
import { fc } from '../property.ts'
import { expect, test } from 'vitest'
import { compareExpressions } from '../../src/compare/expression/compare-expressions.ts'
import { compileExpression } from '../../src/expression/index.ts'
import { compareSchema } from './support.ts'

const CONTEXT = { nowMs: 0, variable: () => undefined }
const VALUES = [undefined, null, 0, 1, 2, 1.5]

/** Events of two fields, each of which may be missing. */
const EVENTS = VALUES.flatMap((a) => VALUES.map((b) => JSON.parse(JSON.stringify({ a, b })) as object))

const field = fc.constantFrom('a', 'b')
const number = fc.constantFrom(0, 1, 2)

const comparison = fc
  .tuple(field, fc.constantFrom('<', '<=', '>', '>=', '=', '!='), number)
  .map((one) => one.join(' '))
const atom = fc.oneof(
  comparison,
  comparison,
  fc
    .tuple(field, fc.uniqueArray(number, { minLength: 1 }))
    .map(([name, list]) => `${name} in [${list.join(', ')}]`),
  field.map((name) => `$exists(${name})`),
  fc.constantFrom('a < b', 'a <= b', 'b < a + 1', 'a = b', 'true', 'false'),
)

const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3 },
    atom,
    fc
      .tuple(tie('expression'), fc.constantFrom('and', 'or'), tie('expression'))
      .map((parts) => `(${parts.join(' ')})`),
    tie('expression').map((inner) => `$not(${inner})`),
    fc.tuple(comparison, tie('expression'), tie('expression')).map(([c, x, y]) => `(${c} ? ${x} : ${y})`),
  ),
}))

/** Half of the pairs are related as edits are: a part is added. Two that know nothing of one another are seldom tightened. */
const pair = fc.oneof(
  fc.tuple(expression, expression),
  fc
    .tuple(expression, fc.constantFrom('and', 'or'), atom)
    .map(([base, word, added]) => [base, `${base} ${word} ${added}`] as [string, string]),
)

/** Which events meet an expression. Null is of a type that `<` is not made for: such an event counts for neither side. */
function met(source: string): (boolean | undefined)[] {
  const compiled = compileExpression(source)
  return EVENTS.map((event) => {
    const value = compiled.evaluate(event, CONTEXT)
    return typeof value === 'boolean' || value === undefined ? value === true : undefined
  })
}

test('what is called tightened, loosened or the same is so for every event', () => {
  const seen = { same: 0, tightened: 0, loosened: 0, changed: 0 }
  fc.assert(
    fc.property(pair, ([base, head]) => {
      const direction = compareExpressions(base, head)
      seen[direction] += 1
      const [before, after] = [met(base), met(head)]
      for (const [index, isMetBefore] of before.entries()) {
        const isMetAfter = after[index]
        if (isMetBefore === undefined || isMetAfter === undefined) continue
        if (direction === 'tightened' || direction === 'same') expect(isMetAfter && !isMetBefore).toBe(false)
        if (direction === 'loosened' || direction === 'same') expect(isMetBefore && !isMetAfter).toBe(false)
      }
    }),
    { numRuns: 600 },
  )
  expect(seen.tightened).toBeGreaterThan(60)
  expect(seen.loosened).toBeGreaterThan(60)
})

const LEAVES = [null, true, 0, 1, 2, 1.5, '', 'x', 'xyz', [], [1], ['x'], [1, 1], {}]
const JSON_VALUES: readonly unknown[] = [
  ...LEAVES,
  ...LEAVES.map((a) => ({ a })),
  ...LEAVES.map((b) => ({ a: 1, b })),
  { c: 1 },
  { a: { a: 1 } },
  { a: { b: 'x' } },
]

const type = fc.constantFrom('null', 'boolean', 'integer', 'number', 'string', 'array', 'object')
const keyword = fc.oneof(
  fc.record({ type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })) }),
  fc.record({ minimum: number }),
  fc.record({ maximum: number }),
  fc.record({ exclusiveMinimum: number }),
  fc.record({ minLength: number }),
  fc.record({ maxLength: number }),
  fc.record({ minItems: number }),
  fc.record({ uniqueItems: fc.boolean() }),
  fc.record({ multipleOf: fc.constantFrom(0.5, 1, 2) }),
  fc.record({ enum: fc.uniqueArray(fc.constantFrom(null, 0, 1, 'x'), { minLength: 1 }) }),
  fc.record({ const: fc.constantFrom(0, 1, 'x') }),
  fc.record({ required: fc.subarray(['a', 'b'], { minLength: 1 }) }),
  fc.record({ maxProperties: number }),
)

const { schema } = fc.letrec<{ schema: unknown }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    fc.constantFrom({}, true, false),
    fc.array(keyword, { minLength: 1, maxLength: 2 }).map((parts) => Object.assign({}, ...parts) as object),
    fc
      .tuple(keyword, fc.record({ properties: fc.record({ a: tie('schema') }) }))
      .map((parts) => Object.assign({}, ...parts) as object),
    fc.record({ properties: fc.record({ a: tie('schema') }), additionalProperties: tie('schema') }),
    fc.record({ properties: fc.record({ b: tie('schema') }), additionalProperties: fc.constant(false) }),
    fc.record({ items: tie('schema') }),
    fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ oneOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ allOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ not: tie('schema') }),
    fc
      .tuple(keyword, fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }))
      .map((parts) => Object.assign({}, ...parts) as object),
  ),
}))

const schemaPair = fc.oneof(
  fc.tuple(schema, schema),
  fc
    .tuple(schema, fc.constantFrom('allOf', 'anyOf'), keyword)
    .map(([base, word, added]) => [base, { [word]: [base, added] }] as [unknown, unknown]),
)

const AJV = new Ajv2020({ strict: false, logger: false, validateSchema: false })

function admitted(source: unknown): boolean[] {
  const validate = AJV.compile(source as object)
  return JSON_VALUES.map((value) => validate(value))
}

test('the same of JSON Schemas', () => {
  const seen = new Map<string, number>()
  fc.assert(
    fc.property(schemaPair, ([base, head]) => {
      const direction = compareSchema(base, head)?.kind ?? 'same'
      seen.set(direction, (seen.get(direction) ?? 0) + 1)
      const [before, after] = [admitted(base), admitted(head)]
      const gained = JSON_VALUES.filter((_, index) => after[index] && !before[index])
      const lost = JSON_VALUES.filter((_, index) => before[index] && !after[index])
      if (direction === 'tightened' || direction === 'same') expect(gained).toEqual([])
      if (direction === 'loosened' || direction === 'same') expect(lost).toEqual([])
    }),
    { numRuns: 600 },
  )
  expect(seen.get('tightened')).toBeGreaterThan(20)
  expect(seen.get('loosened')).toBeGreaterThan(20)
})
