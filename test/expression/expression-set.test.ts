import { describe, expect, test } from 'vitest'
import {
  type CompileOptions,
  type ExpressionFault,
  ExpressionSet,
  OUTCOME,
  type SetMember,
  compileExpression,
} from '../../src/expression/index.ts'
import { CONTEXT } from './support.ts'

const assertion = (source: string, options: CompileOptions = {}): SetMember => ({
  assertion: compileExpression(source, options),
})
const when = (condition: string, source?: string): SetMember => ({
  condition: compileExpression(condition),
  assertion: source === undefined ? undefined : compileExpression(source),
})

function outcomesOf(members: readonly SetMember[], event: unknown): string[] {
  const set = new ExpressionSet(members)
  set.evaluate(event, CONTEXT)
  return [...set.outcomes].map(nameOf)
}

function nameOf(outcome: number): string {
  return Object.entries(OUTCOME).find(([, value]) => value === outcome)?.[0] ?? String(outcome)
}

describe('outcomes', () => {
  test.each([
    ['true', assertion('n = 1')],
    ['false', assertion('n = 2')],
    ['noValue', assertion('missing')],
    ['notBoolean', assertion('n')],
    ['notBoolean', assertion('null')],
    ['fault', assertion('n > "x"')],
    ['fault', assertion('$sum')],
    ['notApplicable', when('n = 2', 'true')],
    ['notApplicable', when('missing', 'true')],
    ['conditionNotBoolean', when('n', 'true')],
    ['conditionFault', when('n > "x"', 'true')],
    ['true', when('n = 1')],
    ['true', when('n = 1', 'n < 5')],
    ['fault', when('n = 1', 'n > "x"')],
  ])('%s', (outcome, member) => {
    expect(outcomesOf([member], { n: 1 })).toEqual([outcome])
    expect(outcomesOf([assertion('true'), member, assertion('n > "y"')], { n: 1 })).toEqual([
      'true',
      outcome,
      'fault',
    ])
  })

  test('a member without parts holds', () => {
    expect(outcomesOf([{}], {})).toEqual(['true'])
    expect(outcomesOf([], {})).toEqual([])
  })

  test('suspended members are left out', () => {
    const set = new ExpressionSet([assertion('true'), assertion('true')])
    set.suspended[0] = 1
    set.evaluate({}, CONTEXT)
    expect([...set.outcomes]).toEqual([OUTCOME.suspended, OUTCOME.true])
  })
})

describe('what members have in common', () => {
  test('a part that fails says for each of them where it stands there', () => {
    const set = new ExpressionSet([assertion('$number(s) > 1'), assertion('true = ($number(s) > 1)')])
    set.evaluate({ s: 'x' }, CONTEXT)
    expect([set.detail(0), set.detail(1)].map((fault) => (fault as ExpressionFault).position)).toEqual([0, 8])
  })

  test('a part that one member does not reach is not evaluated for it', () => {
    const members = [assertion('n = 1 or $number(s) > 1'), assertion('$number(s) > 1')]
    expect(outcomesOf(members, { n: 1, s: 'x' })).toEqual(['true', 'fault'])
    expect(outcomesOf(members.toReversed(), { n: 1, s: 'x' })).toEqual(['fault', 'true'])
  })

  test('event variables are asked for once, and only if they are needed', () => {
    const asked: string[] = []
    const variable = (name: string) => asked.push(name)
    const set = new ExpressionSet([
      when('n = 1', '$exists($key)'),
      assertion('$exists($key)'),
      when('n = 2', '$exists($headers)'),
    ])
    set.evaluate({ n: 1 }, { nowMs: 0, variable })
    expect(asked).toEqual(['key'])
  })

  test('equal values that are made anew are not the same value', () => {
    expect(outcomesOf([assertion('[1] in [[1]]'), assertion('$exists([1])')], {})).toEqual(['false', 'true'])
  })
})

describe('budgets', () => {
  const SLOW = '$count([1..1e4].([1..1e4])) > 0'

  test('a member that exceeds its own leaves those of the others alone', () => {
    const members = [
      assertion(SLOW, { timeoutMs: 10 }),
      assertion('$sum([1..1000]) = 500500'),
      assertion(SLOW, { timeoutMs: 10 }),
    ]
    const set = new ExpressionSet(members)
    set.evaluate({}, CONTEXT)
    expect([...set.outcomes].map(nameOf)).toEqual(['fault', 'true', 'fault'])
    expect(set.detail(0)).toMatchObject({ code: 'D1012' })
  })

  test.each([
    ['($f := function($n){ $f($n + 1) }; $f(1))', 'D1012'],
    ['($f := function($n){ 1 + $f($n + 1) }; $f(1))', 'D1011'],
    ['$pad("x", 1e9)', 'EXPRESSION_STRING_TOO_LONG'],
    ['[1..1e9]', 'D2014'],
    ['$reduce([1..60], function($x, $i){ $x & $x }, "xx")', 'EXPRESSION_STRING_TOO_LONG'],
  ])('%s is a fault of its own', (source, code) => {
    const set = new ExpressionSet([assertion(source), assertion('true')])
    set.evaluate({}, CONTEXT)
    expect(set.detail(0)).toMatchObject({ code })
    expect(set.outcomes[1]).toBe(OUTCOME.true)
  })
})

describe('engines', () => {
  test('an expression says how it runs, and why', () => {
    expect(compileExpression('a.b > 1')).toMatchObject({ engine: 'emitted', engineReason: undefined })
    expect(compileExpression('a.b > 1', { engine: 'interpreter' })).toMatchObject({ engine: 'sync' })
    const deep = compileExpression('1 + 1', { stackDepth: 1 })
    expect(deep.engine).toBe('sync')
    expect(deep.engineReason).toContain('deep')
  })

  test('a part that can’t be compiled runs on the interpreter alone', () => {
    const source = '1 + $count($map(list, function($x){ ($string($x))[0] })) = 3'
    const mixed = compileExpression(source)
    expect(mixed.engine).toBe('mixed')
    expect(mixed.engineReason).toContain('tail call')
    expect(mixed.evaluate({ list: [1, 2] }, CONTEXT)).toBe(true)
    expect(outcomesOf([assertion(source), assertion('list[0] = 1')], { list: [1, 2] })).toEqual([
      'true',
      'true',
    ])
    // What it needs is a variable of the code around it: then all of it is interpreted.
    const whole = compileExpression('($f := function($x){ $x < 1 ? 1 : ($f($x - 1))[0] }; $f(3) = 1)')
    expect(whole).toMatchObject({ engine: 'sync' })
    expect(whole.evaluate({}, CONTEXT)).toBe(true)
  })

  test('a member can be left to the interpreter while the set is in use', () => {
    const set = new ExpressionSet([assertion('n > 1'), assertion('n > "x"')])
    set.useInterpreter(0)
    set.useInterpreter(1)
    set.evaluate({ n: 2 }, CONTEXT)
    expect([...set.outcomes].map(nameOf)).toEqual(['true', 'fault'])
    expect(set.detail(1)).toMatchObject({ code: 'T2009', position: 2 })
  })

  test('a member is judged by the interpreter for comparison, without a trace in the set', () => {
    const set = new ExpressionSet([when('n > 1', 'm')])
    set.evaluate({ n: 0 }, CONTEXT)
    expect(set.interpretMember(0, { n: 2, m: 5 }, CONTEXT)).toEqual({
      outcome: OUTCOME.notBoolean,
      detail: 5,
    })
    expect(set.outcomes[0]).toBe(OUTCOME.notApplicable)
    expect(() => set.interpretMember(7, {}, CONTEXT)).toThrow(RangeError)
  })
})

test('passing members allocate next to nothing', () => {
  const set = new ExpressionSet([
    assertion('a.b.c > 0'),
    assertion('s = "x" ? $exists(a.b) : true'),
    assertion('s in ["x", "y"]'),
    assertion('$length(s) >= 1 and $contains(s, /[a-z]/i)'),
    assertion('$not(s = "z" and s = "")'),
    assertion('$toMillis(t) < $millis()'),
  ])
  const event = { a: { b: { c: 1 } }, s: 'x', t: '2020-01-01T00:00:00Z' }
  for (let round = 0; round < 20_000; round++) set.evaluate(event, CONTEXT)
  const before = process.memoryUsage().heapUsed
  for (let round = 0; round < 20_000; round++) set.evaluate(event, CONTEXT)
  expect([...set.outcomes]).toEqual([0, 0, 0, 0, 0, 0])
  expect((process.memoryUsage().heapUsed - before) / 20_000).toBeLessThan(100)
})
