import { describe, expect, expectTypeOf, test } from 'vitest'
import { parse } from 'yaml'
import { parseContract } from '../../src/contract/parse.ts'
import { CONTRACT_SHAPE } from '../../src/contract/shape-contract.ts'
import { RULE_SHAPE } from '../../src/contract/shape-rule.ts'
import type { KeyShape, RecordShape, Shape, ValueOf } from '../../src/contract/shape.ts'
import { DEFAULT_ENCODING, DIMENSIONS, FORMATS, NUMBERS, SEVERITIES } from '../../src/model/contract.ts'
import type { Dimension, Format, Numbers, Severity } from '../../src/model/contract.ts'

function recordsIn(shape: Shape): RecordShape[] {
  if (shape.kind === 'record')
    return [shape, ...Object.values(shape.keys).flatMap(({ value }) => recordsIn(value))]
  return shape.kind === 'list' || shape.kind === 'mapping' ? recordsIn(shape.of) : []
}

const KEYS = recordsIn(CONTRACT_SHAPE).flatMap(({ name, keys }) =>
  Object.entries(keys).map(([key, shape]): [string, KeyShape] => [`${key} of ${name}`, shape]),
)

const BASE = {
  apiVersion: 'assay/v1',
  id: 'ads',
  version: '1.0.0',
  topic: 'ads',
  domain: 'ads',
  owner: 'team',
}

describe('the description of the contract language', () => {
  test.each(KEYS)('explains %s in sentences', (_, { description }) => {
    expect(description).toMatch(/^[A-Z].*\.$/)
  })

  test.each(KEYS)('gives an example of %s that YAML can read', (_, { example }) => {
    expect(parse(`key: ${example}`)).toHaveProperty('key')
  })

  const topLevel: Record<string, KeyShape> = CONTRACT_SHAPE.keys
  test.each(Object.entries(topLevel))('gives an example of `%s` that is right', (key, { example }) => {
    const others = { ...BASE, rules: [{ id: 'a', assert: 'a' }] }
    const lines = Object.entries({ ...others, [key]: undefined }).map(
      ([name, value]) => `${name}: ${JSON.stringify(value)}\n`,
    )
    const text = lines.filter((line) => !line.includes('undefined')).join('')
    expect(parseContract('example', `${text}${key}: ${example}\n`).problems).toEqual([])
  })

  const ruleLevel: Record<string, KeyShape> = RULE_SHAPE.keys
  test.each(Object.entries(ruleLevel))(
    'gives an example of a rule with `%s` that is right, or says that it is planned',
    (key, shape) => {
      const others = Object.entries({ id: 'a', ...(shape.group === undefined && { assert: 'a' }) })
      const rule = [...others.filter(([name]) => name !== key), [key, shape.example]]
      const head = Object.entries(BASE).map(([name, value]) => `${name}: ${value}\n`)
      const text = `${head.join('')}rules:\n  -\n${rule.map(([name, value]) => `    ${name}: ${value}\n`).join('')}`
      const { problems } = parseContract('example', text)
      expect(problems.map(({ code }) => code)).toEqual(shape.later ? ['FEATURE_NOT_SUPPORTED_YET'] : [])
    },
  )

  test('has the words of the model', () => {
    expect(RULE_SHAPE.keys.severity.value.choices.map(({ value }) => value)).toEqual(SEVERITIES)
    expect(RULE_SHAPE.keys.dimension.value.choices.map(({ value }) => value)).toEqual(DIMENSIONS)
    const { format, keyFormat, numbers } = CONTRACT_SHAPE.keys
    expect(new Set(format.value.choices.map(({ value }) => value))).toEqual(new Set(FORMATS))
    expect(new Set(numbers.value.choices.map(({ value }) => value))).toEqual(new Set(NUMBERS))
    expect({ format: format.default, keyFormat: keyFormat.default, numbers: numbers.default }).toEqual(
      DEFAULT_ENCODING,
    )
  })

  test('has the types of the model', () => {
    type RuleValues = ValueOf<typeof RULE_SHAPE>
    expectTypeOf<RuleValues['severity']['value']>().toEqualTypeOf<Severity>()
    expectTypeOf<RuleValues['dimension']['value']>().toEqualTypeOf<Dimension>()
    expectTypeOf<ValueOf<typeof CONTRACT_SHAPE>['format']['value']>().toEqualTypeOf<Format>()
    expectTypeOf<ValueOf<typeof CONTRACT_SHAPE>['keyFormat']['value']>().toEqualTypeOf<Format>()
    expectTypeOf<ValueOf<typeof CONTRACT_SHAPE>['numbers']['value']>().toEqualTypeOf<Numbers>()
  })
})
