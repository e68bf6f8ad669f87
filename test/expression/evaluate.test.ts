import { describe, expect, test } from 'vitest'
import { type EvaluationContext, ExpressionFault, compileExpression } from '../../src/expression/index.ts'
import { CONTEXT, deepFreeze, faultOf, valueOf } from './support.ts'

describe('values', () => {
  const event = deepFreeze({
    ad: { price: 5, title: 'a car', images: [], tags: ['red'], items: [{ n: 1 }, { n: 2 }, { n: 3 }] },
  })

  test.each([
    ['ad.price > 0', true],
    ['ad.missing > 0', undefined],
    ['ad.missing = 1', false],
    ['ad.missing != 1', false],
    ['$not(ad.missing > 0)', undefined],
    ['ad.missing in ["a"]', false],
    ['$exists(ad.missing)', false],
    ['$count(ad.images)', 0],
    ['$sum(ad.images.$length($))', undefined],
    ['ad.images', []],
    ['ad.tags', ['red']],
    ['ad.tags[0]', 'red'],
    ['ad.items.n', [1, 2, 3]],
    ['ad.items[n = 2].n', 2],
    ['ad.items[n = 2].n[]', [2]],
    ['ad.items[n > 1].n', [2, 3]],
    ['ad.items[-1].n', 3],
    ['ad.items[n > 9].n', undefined],
    ['ad.items^(>n).n', [3, 2, 1]],
    ['ad.items#$i[$i = 1].n', 2],
    ['ad.items@$x.$x.n', [1, 2, 3]],
    ['ad.items.%.price', [5, 5, 5]],
    ['ad.items{$string(n): n}', { 1: 1, 2: 2, 3: 3 }],
    ['ad.images{"a": 1}', { a: 1 }],
    ['[$x := 1, $x]', [1, 1]],
    ['ad ~> |items|{"n": n * 10}, "x"|', { ...event.ad, items: [{ n: 10 }, { n: 20 }, { n: 30 }] }],
    ['$max([1..200000])', 200000],
    ['$sort([3,1,2])', [1, 2, 3]],
    ['ad.title ~> $uppercase', 'A CAR'],
    ['ad.nothing ?? "none"', 'none'],
    ['$contains(ad.title, /CAR/i) ?: "none"', true],
    ['($f := function($n){ $n <= 1 ? 1 : $n * $f($n - 1) }; $f(10))', 3628800],
    ['($f := function($n, $a){ $n = 0 ? $a : $f($n - 1, $a + $n) }; $f(1000, 0))', 500500],
    ['$type(null)', 'null'],
  ])('%s', (source, expected) => {
    expect(valueOf(source, event)).toEqual(expected)
  })

  test('a list of ten thousand items is sorted', () => {
    const items = Array.from({ length: 10_000 }, (_, index) => (index * 7919) % 10_000)
    expect(valueOf('$sort(items)[5000]', { items })).toBe(5000)
  })

  test('an event that is an array stays one input', () => {
    expect(valueOf('$count($)', [1, 2, 3])).toBe(3)
    expect(valueOf('$', [[1], [2]])).toEqual([[1], [2]])
    expect(valueOf('$$[1]', ['a', 'b'])).toBe('b')
    expect(valueOf('n', [{ n: 1 }, { n: 2 }])).toEqual([1, 2])
  })

  test.each([null, undefined, 5, 'text', true, []])('an event may be %j', (input) => {
    expect(valueOf('$exists(a.b)', input)).toBe(false)
  })

  test('a function as the value is a fault: it was not called', () => {
    expect(faultOf('$count', {})).toMatchObject({ code: 'EXPRESSION_YIELDS_FUNCTION', dataCaused: false })
    expect(faultOf('function($x){ $x }', {})).toMatchObject({ code: 'EXPRESSION_YIELDS_FUNCTION' })
  })
})

describe('the event is left as it is', () => {
  test.each([
    'a{"x": 1}',
    'a[]',
    'b.c[]',
    '$ ~> |b|{"c": 2}|',
    '$ ~> |$$.b|{"c": 2}|',
    '($all := $; $ ~> |$all.b|{"c": 2}, "d"|)',
    '$sort(list)',
    '$reverse(list)',
    '$append(list, 4)',
    '$merge([b, {"c": 9}])',
    '$sift(b, function($v){ true })',
    'list^($)',
    'list#$i',
  ])('%s', (source) => {
    const event = { a: [], b: { c: [1], d: 1 }, list: [3, 1, 2] }
    const before = structuredClone(event)
    compileExpression(source).evaluate(event, CONTEXT)
    expect(event).toStrictEqual(before)
  })

  test('a transform that reaches out of its copy is a fault', () => {
    const event = { b: { c: 1 } }
    expect(faultOf('$ ~> |$$.b|{"c": 2}|', event)).toMatchObject({
      code: 'EXPRESSION_OUTSIDE_COPY',
      dataCaused: false,
    })
    expect(event).toEqual({ b: { c: 1 } })
  })
})

describe('variables of the record', () => {
  test('are asked for only when the expression refers to them', () => {
    const asked: string[] = []
    const context: EvaluationContext = {
      nowMs: 0,
      variable(name) {
        asked.push(name)
        return name === 'headers' ? { origin: 'web' } : name
      },
    }
    expect(compileExpression('$headers.origin = "web" and $key = "key"').evaluate({}, context)).toBe(true)
    expect(asked.toSorted()).toEqual(['headers', 'key'])
  })

  test('a variable that can not be had is a fault, not an exception', () => {
    const context: EvaluationContext = {
      nowMs: 0,
      variable() {
        throw new Error('no key')
      },
    }
    const value = compileExpression('$key = 1').evaluate({}, context)
    expect(value).toBeInstanceOf(ExpressionFault)
    expect(value).toMatchObject({ code: 'EXPRESSION_INTERNAL', dataCaused: false })
  })
})

const at = (nowMs: number): EvaluationContext => ({ nowMs, variable: () => undefined })

describe('time', () => {
  test('$now() and $millis() show the time that was given', () => {
    expect(valueOf('$millis()', {}, at(1234))).toBe(1234)
    expect(valueOf('$now()', {}, at(Date.UTC(2025, 0, 2)))).toBe('2025-01-02T00:00:00.000Z')
  })

  test('time stands still within an evaluation', () => {
    const source = '($from := $millis(); $map([1..10000], function($v){ $v }); $millis() - $from)'
    expect(valueOf(source, {})).toBe(0)
  })

  test('a picture without a date takes the day from the time that was given', () => {
    const day = Date.UTC(2024, 1, 29)
    expect(valueOf('$toMillis("10:30", "[H]:[m]")', {}, at(day))).toBe(day + 10.5 * 3_600_000)
  })

  test('expressions and events are never mixed', () => {
    const first = compileExpression('$string(id) & "-" & $string($millis())')
    const second = compileExpression('$string(id) & "+" & $string($millis())')
    for (let id = 0; id < 100; id++) {
      const nested: EvaluationContext = { nowMs: id, variable: () => second.evaluate({ id: -id }, at(-id)) }
      expect(compileExpression('$string(id) & $key & $string($millis())').evaluate({ id }, nested)).toBe(
        `${id}${-id}+${-id}${id}`,
      )
      expect(first.evaluate({ id }, at(id))).toBe(`${id}-${id}`)
    }
  })
})

describe('hostile events', () => {
  const hostile: unknown = JSON.parse(
    '{"__proto__": {"polluted": 1}, "a": {"constructor": "own"}, "toString": 1}',
  )

  test.each([
    ['constructor', undefined],
    ['a.constructor', 'own'],
    ['a.hasOwnProperty', undefined],
    ['polluted', undefined],
    ['`__proto__`.polluted', 1],
    ['a.`__proto__`', undefined],
    ['$lookup($, "constructor")', undefined],
    ['$lookup(a, "__proto__")', undefined],
    ['toString', 1],
    ['a.toString', undefined],
    ['$exists("text".length)', false],
  ])('%s reads own fields only', (source, expected) => {
    expect(valueOf(source, hostile)).toEqual(expected)
  })

  test.each([
    '{"__proto__": {"polluted": 1}}',
    '$merge([$, {"__proto__": {"polluted": 1}}])',
    '$ ~> |a|{"__proto__": {"polluted": 1}}|',
    '$ ~> |a|{"constructor": {"prototype": {"polluted": 1}}}|',
    '$spread($)',
    '{"a": 1} ~> $each(function($v, $k){ {"__proto__": $v} })',
  ])('%s pollutes no prototype', (source) => {
    compileExpression(source).evaluate(hostile, CONTEXT)
    expect(Object.prototype).not.toHaveProperty('polluted')
    expect({}).not.toHaveProperty('polluted')
  })

  test.each(['_jsonata_lambda', '_jsonata_function'])('data with the mark %s is data', (mark) => {
    const event = { f: { [mark]: true, thunk: true, arguments: [], body: { type: 'value', value: 1 } }, n: 1 }
    expect(valueOf('f.thunk', event)).toBe(true)
    expect(valueOf('$type(f)', event)).toBe('object')
    expect(valueOf('$map([f], function($v){ $v.thunk })', event)).toBe(true)
    expect(faultOf('$contains("a", f)', event)).toMatchObject({ code: 'T0410' })
    expect(faultOf('1 ~> f', event)).toMatchObject({ code: 'T2006' })
  })

  test('an event as deep as the decoder lets through is no danger', () => {
    let deep: unknown = 1
    for (let depth = 0; depth < 20_000; depth++) deep = [deep]
    for (const source of ['**', '*', '$string($)', '$boolean($)', '$ = $$', '$distinct([$, [$]])']) {
      const value = compileExpression(source).evaluate(deep, CONTEXT)
      if (value instanceof ExpressionFault) expect(value.code).toBe('D1011')
    }
  })
})
