import { describe, expect, test } from 'vitest'
import { DATA_CAUSED_CODES } from '../../src/expression/index.ts'
import { faultOf, valueOf } from './support.ts'

interface Case {
  readonly code: string
  readonly source: string
  /** An event that the expression was written for, and one that does not keep to it. */
  readonly good: unknown
  readonly bad: unknown
}

const CASES: readonly Case[] = [
  { code: 'T0410', source: '$length(a) > 0', good: { a: 'text' }, bad: { a: 5 } },
  { code: 'T0411', source: 'a.$length() > 0', good: { a: 'text' }, bad: { a: 5 } },
  { code: 'T0412', source: '$sum(a) > 0', good: { a: [1, 2] }, bad: { a: [1, '2'] } },
  { code: 'T2001', source: 'a - 1 > 0', good: { a: 5 }, bad: { a: '5' } },
  { code: 'T2002', source: '1 + a > 0', good: { a: 5 }, bad: { a: '5' } },
  { code: 'T2003', source: '$count([a..5]) > 0', good: { a: 1 }, bad: { a: 1.5 } },
  { code: 'T2004', source: '$count([1..a]) > 0', good: { a: 2 }, bad: { a: '2' } },
  // Only a rule that takes a field for a function can raise it: there is no good event.
  { code: 'T2006', source: '1 ~> a', good: undefined, bad: { a: 1 } },
  { code: 'T2007', source: '$count(a^($)) > 0', good: { a: [1, 2] }, bad: { a: [1, '2'] } },
  { code: 'T2008', source: '$count(a^($)) > 0', good: { a: [1, 2] }, bad: { a: [true, false] } },
  { code: 'T2009', source: 'a > 0', good: { a: 5 }, bad: { a: '5' } },
  { code: 'T2010', source: 'a > 0', good: { a: 5 }, bad: { a: true } },
  { code: 'T2011', source: '$exists($ ~> |$|a|)', good: { a: {} }, bad: { a: 5 } },
  { code: 'T2012', source: '$exists($ ~> |$|{}, a|)', good: { a: 'x' }, bad: { a: 5 } },
  // Only a rule that binds $clone to a field can raise it: there is no good event.
  { code: 'T2013', source: '($clone := a; $ ~> |$|{}|)', good: undefined, bad: { a: 5 } },
  { code: 'D1001', source: '1 / a + 1 > 0', good: { a: 5 }, bad: { a: 0 } },
  { code: 'D1002', source: '-a < 0', good: { a: 5 }, bad: { a: 'x' } },
  { code: 'D3030', source: '$number(a) > 0', good: { a: '5' }, bad: { a: 'five' } },
  { code: 'D3110', source: '$toMillis(a) > 0', good: { a: '2025-01-01' }, bad: { a: 'yesterday' } },
  {
    code: 'D3136',
    source: '$toMillis(a, "[Y] [MNn] [D]") > 0',
    good: { a: '2025 May 1' },
    bad: { a: '2025 Mai 1' },
  },
]

describe('codes that the data causes', () => {
  test.each(CASES.filter(({ good }) => good !== undefined))(
    '$code does not come from a good event: $source',
    ({ source, good }) => {
      expect(valueOf(source, good)).toBe(true)
    },
  )

  test.each(CASES)('$code comes from the data: $source', ({ code, source, bad }) => {
    expect(faultOf(source, bad)).toMatchObject({ code, dataCaused: true })
  })

  test('the table is closed: one case for each code', () => {
    // T2005 and T2014 stand in no release of JSONata.
    expect([...DATA_CAUSED_CODES].toSorted()).toEqual(CASES.map(({ code }) => code).toSorted())
  })
})

describe('codes that say that the rule could not be judged', () => {
  test.each([
    ['$error("stop")', 'D3137', 'stop'],
    ['$assert(false, "not so")', 'D3141', 'not so'],
    ['$single([1, 2], function($v){ true })', 'D3138', '1 matching'],
    ['$formatBase(10, 99)', 'D3100', 'radix'],
    ['$match("abc", /x*/)', 'D1004', 'zero length'],
    ['{"a": 1, "a": 2}', 'D1009', 'same key'],
    ['{5: 1}', 'T1003', 'must evaluate to a string'],
    ['(5)(1)', 'T1006', 'non-function'],
    [
      '$formatNumber(1.5, "0.00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000")',
      'EXPRESSION_INTERNAL',
      'toFixed',
    ],
  ])('%s: %s', (source, code, text) => {
    const fault = faultOf(source, {})
    expect(fault).toMatchObject({ code, dataCaused: false })
    expect(fault.message).toContain(text)
  })
})

test.each(['$error(?)({"a": 1})', '$error(?)([1])', '$error(?)($sum)', '$assert(?, ?)(false, {"a": 1})'])(
  '%s is a fault like others, whatever it is given for a message',
  (source) => {
    expect(faultOf(source, {}).message).toMatch(/^(an? \w+|[^(]*)$/)
  },
)

describe('a fault says where it arose', () => {
  test.each([
    ['$not(a) and (1 + b) > 0', 15],
    ['a or $number(b) > 0', 5],
    ['$map([1], function($v){ $v + b })', 27],
    ['$sum($map([1], function($v){ $number(b) }))', 29],
    ['($f := function($v){ $number($v) }; $f(b))', 21],
    ['-b', 0],
    ['a or (true and (b ~> |$|{}|))', 11],
  ])('%s at %i', (source, position) => {
    expect(faultOf(source, { a: 0, b: 'x' }).position).toBe(position)
  })

  test('an earlier evaluation has no influence', () => {
    faultOf('                              $number(b)', { b: 'x' })
    expect(faultOf('$number(b)', { b: 'x' }).position).toBe(0)
  })
})

describe('a message holds no value of the event', () => {
  const event = { secret: 'jane@example.org', n: 5, list: ['jane@example.org'] }

  test.each([
    'secret > 5',
    'secret + 1',
    '1 - secret',
    '-secret',
    '$number(secret)',
    '$toMillis(secret)',
    '$sum(list)',
    '$length(list)',
    'list^($ = 1 ? 1 : $)[0] > 1',
    '$formatInteger(5, secret)',
    '{"a": 1, secret: 1, $string(secret): 2}',
    '$ ~> |$|secret|',
    '[secret..5]',
  ])('%s', (source) => {
    const fault = faultOf(source, event)
    expect(fault.message).not.toContain('jane')
    expect(fault.message).not.toMatch(/\{\{|undefined|at .*\.mjs/)
  })

  test('but types, and the texts of the rule itself', () => {
    expect(faultOf('secret > 5', event).message).toBe(
      'The two sides of > must have the same type, but are a string and a number',
    )
    expect(faultOf('$length(n)', event).message).toBe('Argument 1 of $length has the wrong type: a number')
  })
})
