import { describe, expect, test } from 'vitest'
import { asksForTime, eventPathsOf } from '../../src/expression/index.ts'

const pathsIn = (source: string) => eventPathsOf(source).map((path) => path.join('.'))

describe('the paths of an expression', () => {
  test.each([
    ['a.b > 0', ['a.b']],
    ['a.b + a.c + a.b', ['a.b', 'a.c']],
    ['$count(a.b[key="x"].c)', ['a.b.key', 'a.b.c']],
    ['a.b.$length($)', ['a.b']],
    ['$sum(items.(price * quantity)) = total', ['items.price', 'items.quantity', 'items', 'total']],
    ['$$.a.b', ['a.b']],
    ['a[$$.limit > b]', ['limit', 'a.b', 'a']],
    ['a.b^(>c).d', ['a.b.c', 'a.b.d']],
    ['a{b: $sum(c)}', ['a.b', 'a.c', 'a']],
    ['a.{"x": b}', ['a.b', 'a']],
    ['(list := a; $map(a.b, function($v){ $v.c > d }))'.replace('list', '$list'), ['a', 'a.b', 'd']],
    ['a ? b : c', ['a', 'b', 'c']],
    ['$x.y', []],
    ['a.*.b', ['a']],
    ['**.b', []],
    ['a.b ~> $sum', ['a.b']],
    ['$count(a.`strange name`)', ['a.strange name']],
    ['1 = 1', []],
  ])('%s', (source, expected) => {
    const bound = source.includes('$x') ? `($x := 1; ${source})` : source
    expect(pathsIn(bound)).toEqual(expected)
  })
})

describe('an expression asks for the time', () => {
  test.each([
    '$now() > a',
    '$toMillis(a) < $millis()',
    '$timestamp < 5',
    '$map(a, function($v){ $v < $millis() })',
  ])('with %s', (source) => expect(asksForTime(source)).toBe(true))

  test.each(['now > 5', 'a.`$now`', '"$now()" = a', '$toMillis(a) > 0', '($timestamp := 5; $timestamp > 4)'])(
    'not with %s',
    (source) => expect(asksForTime(source)).toBe(false),
  )
})
