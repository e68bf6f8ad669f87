import { describe, expect, test } from 'vitest'
import { deepFreeze } from '../expression/support.ts'
import { compiledContract, judge } from './support.ts'
import type { RuleText } from './support.ts'

const EVENT = deepFreeze({ n: 1 })

const PASS = 'n = 1'
const FAIL = 'n = 2'
const ERROR = 'n'
const SKIP = { when: 'false', assert: 'true' }

/** A rule of severity error, unless another is given. */
function rule(assert: string, severity = 'error'): RuleText {
  return { assert, severity }
}

describe('the result of an event', () => {
  test.each([
    ['pass: all rules pass', [rule(PASS), rule(PASS, 'warning')], 'pass'],
    ['pass: all rules are skipped', [SKIP, SKIP], 'pass'],
    ['fail: a rule of severity error failed', [rule(PASS), rule(FAIL)], 'fail'],
    ['fail: goes before warn', [rule(FAIL, 'warning'), rule(FAIL)], 'fail'],
    ['fail: goes before error, whatever the order', [rule(ERROR), rule(FAIL)], 'fail'],
    ['fail: goes before error, the other way round', [rule(FAIL), rule(ERROR)], 'fail'],
    ['warn: a rule of severity warning failed', [rule(PASS), rule(FAIL, 'warning')], 'warn'],
    ['warn: rules of severity error are all skipped', [SKIP, rule(FAIL, 'warning')], 'warn'],
    ['warn: one broken rule hides no warning', [rule(ERROR), rule(PASS), rule(FAIL, 'warning')], 'warn'],
    ['pass: one broken rule hides no good data', [rule(ERROR), rule(PASS)], 'pass'],
    ['pass: a broken rule of severity warning', [rule(PASS), rule(ERROR, 'warning')], 'pass'],
    ['pass: a broken rule of severity warning alone', [rule(ERROR, 'warning')], 'pass'],
    ['error: no rule of severity error could judge', [rule(ERROR), rule(ERROR)], 'error'],
    ['error: none could judge, others were skipped', [rule(ERROR), SKIP], 'error'],
    ['error: rules of severity warning don’t make up for it', [rule(ERROR), rule(PASS, 'warning')], 'error'],
    ['error: goes before warn', [rule(ERROR), rule(FAIL, 'warning')], 'error'],
    ['pass: a failed info rule', [rule(PASS), rule(FAIL, 'info')], 'pass'],
    ['pass: a failed info rule alone', [rule(FAIL, 'info')], 'pass'],
    ['error: a passed info rule doesn’t help', [rule(ERROR), rule(PASS, 'info')], 'error'],
    ['pass: a broken info rule', [rule(ERROR, 'info')], 'pass'],
  ])('%s', (_, rules, result) => {
    expect(judge(compiledContract(rules), EVENT).result).toBe(result)
  })
})

test('all rules are judged, whatever the others say, each in its place', () => {
  const contract = compiledContract([
    rule(FAIL),
    rule(ERROR),
    SKIP,
    rule('gone = 1'),
    rule(PASS, 'info'),
    rule(FAIL),
  ])
  expect(judge(contract, EVENT).verdicts.map(({ kind }) => kind)).toEqual([
    'fail',
    'error',
    'skip',
    'fail',
    'pass',
    'fail',
  ])
})

test('verdicts of an event before are written over', () => {
  const contract = compiledContract([rule('n = 1'), rule('n = 2')])
  const first = judge(contract, { n: 1 })
  const second = judge(contract, { n: 2 })
  expect(first.verdicts.map(({ kind }) => kind)).toEqual(['pass', 'fail'])
  expect(second.verdicts.map(({ kind }) => kind)).toEqual(['fail', 'pass'])
})

test.each([[null], [true], [7], ['text'], [[]], [[{ n: 1 }, { n: 2 }]], [{}]])(
  'any event can be judged: %j',
  (event) => {
    const contract = compiledContract(
      [rule('$exists($)'), rule('a.b.c > 1'), { schema: './any.schema.json' }],
      { 'rules/ads/any.schema.json': true },
    )
    expect(judge(contract, deepFreeze(event)).verdicts).toHaveLength(3)
  },
)
