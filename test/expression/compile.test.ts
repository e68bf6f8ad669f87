import { describe, expect, test } from 'vitest'
import { compileExpression } from '../../src/expression/index.ts'
import { refusalOf } from './support.ts'

describe('a mistake in the syntax says where it is', () => {
  test.each([
    ['foo +', 'S0207', 5, 'ends too early'],
    ['ad.price.amount >> 0', 'S0211', 17, '">"'],
    ['a == b', 'S0211', 3, 'write ='],
    ['a && b', 'S0211', 3, 'write and'],
    ['ad.1', 'S0213', 3, 'items[1]'],
    ['a[0', 'S0203', 3, '"]"'],
    ['(a; b', 'S0203', 5, '")"'],
    ['a b', 'S0201', 2, '"b"'],
    ['f(a; b)', 'S0202', 3, '")"'],
    ['x := 1', 'S0212', 0, '$name'],
    ['ad = "abc', 'S0101', 8, 'quote'],
    ['"\\q"', 'S0103', 2, 'backslash'],
    ['1e999', 'S0102', 0, '1e999'],
    ['/* never closed', 'S0106', 0, '*/'],
    ['$contains(a, /abc)', 'S0302', 17, 'closing slash'],
    ['$contains(a, /a{2,1}/)', 'EXPRESSION_REGEX', 13, 'numbers out of order'],
    ['%.x', 'S0217', 0, 'parent'],
    ['', 'S0207', 0, 'ends too early'],
  ])('%s: %s at %i', (source, code, offset, text) => {
    const refusal = refusalOf(source)
    expect(refusal).toMatchObject({ name: 'ExpressionSyntaxError', code, offset })
    expect(`${refusal.message} ${refusal.hint}`).toContain(text)
    expect(refusal.length).toBeGreaterThan(0)
  })

  test('a token is underlined as it stands, quotes included', () => {
    expect(refusalOf('a  "two words"')).toMatchObject({ code: 'S0201', offset: 3, length: 11 })
  })
})

describe('names', () => {
  test.each([
    ['$cuont(ad.images)', 'EXPRESSION_UNKNOWN_FUNCTION', 0, 'Did you mean $count?'],
    ['1 < count(ad.images)', 'EXPRESSION_UNKNOWN_FUNCTION', 4, 'Did you mean $count(…)?'],
    ['ad.frobnicate(1)', 'EXPRESSION_UNKNOWN_FUNCTION', 3, 'begin with $'],
    ['a ~> $trmi', 'EXPRESSION_UNKNOWN_VARIABLE', 5, 'Did you mean $trim?'],
    ['a ~> $trmi()', 'EXPRESSION_UNKNOWN_FUNCTION', 5, 'Did you mean $trim?'],
    ['$topci = "a"', 'EXPRESSION_UNKNOWN_VARIABLE', 0, 'Did you mean $topic?'],
    ['$price > 0', 'EXPRESSION_UNKNOWN_VARIABLE', 0, 'written without $'],
    ['$topic("a")', 'EXPRESSION_UNKNOWN_FUNCTION', 0, ''],
    ['($y := 1; ($x := 2); $x)', 'EXPRESSION_UNKNOWN_VARIABLE', 21, ''],
    ['items[$itme > 1]', 'EXPRESSION_UNKNOWN_VARIABLE', 6, ''],
    ['items^(>$nope)', 'EXPRESSION_UNKNOWN_VARIABLE', 8, ''],
    ['items{kind: $nope}', 'EXPRESSION_UNKNOWN_VARIABLE', 12, ''],
    ['{"a": [1, $nope]}', 'EXPRESSION_UNKNOWN_VARIABLE', 10, ''],
    ['$map(items, function($v){ $w })', 'EXPRESSION_UNKNOWN_VARIABLE', 26, ''],
    ['$ ~> |ad|{"a": $nope}|', 'EXPRESSION_UNKNOWN_VARIABLE', 15, ''],
  ])('%s: %s at %i', (source, code, offset, hint) => {
    const refusal = refusalOf(source)
    expect(refusal).toMatchObject({ code, offset })
    expect(refusal.hint).toContain(hint)
  })

  test.each([
    '($x := 1; $x)',
    '($f := function($n){ $n = 0 ? 0 : $g($n - 1) }; $g := function($n){ $f($n) }; $f(3))',
    'items@$i.orders#$n[$i.id = $n]',
    'items#$n[$n > 1]',
    '$map(items, function($v, $i, $all){ $v })',
    '$sum($map(items, $number))',
    '$string(?)("a")',
    'items.($x := price; $x * 2)',
    '$now() & $string($millis())',
    '$$.ad.title = $.ad.title',
  ])('%s binds all that it uses', (source) => {
    expect(compileExpression(source).source).toBe(source)
  })

  test('only the variables of a record that are referred to are reported', () => {
    const { variables } = compileExpression('$key = ad.id and $map([1], function($v){ $v + $offset })')
    expect([...variables].toSorted()).toEqual(['key', 'offset'])
  })
})

describe('refused functions', () => {
  test.each([
    '$eval("1")',
    '$eval',
    '($e := $eval; $e("1"))',
    '$map(["1"], $eval)',
    '"1" ~> $eval',
    '"1" ~> $eval()',
    '($trim ~> $eval)("1")',
    '$eval(?)("1")',
    '$eval("1", ?)',
    '[$eval][0]("1")',
    '{"a": $eval}',
    '(true ? $eval : $trim)("1")',
    'items[$eval("true")]',
    'items^($eval("price"))',
    'items{$eval("kind"): 1}',
    '$ ~> |$|{"x": $eval("1")}|',
    '($x := $eval("1"); $eval := 1; $x)',
    '(function($f){ $f("1") })($eval)',
    '$eval ?: 1',
  ])('%s', (source) => {
    expect(refusalOf(source)).toMatchObject({ code: 'EXPRESSION_REFUSED_FUNCTION' })
  })

  test.each(['$random() < 0.5', '$shuffle(items)', '$uuid()'])('%s is not reproducible', (source) => {
    expect(refusalOf(source)).toMatchObject({ code: 'EXPRESSION_REFUSED_FUNCTION', offset: 0 })
    expect(refusalOf(source).message).toContain('same verdict')
  })
})

describe('regular expressions', () => {
  test.each([
    ['$contains(a, /x(?=y)/)', 13, 8, 'look-around'],
    ['$contains(a, /(?<!y)x/i)', 13, 10, 'look-around'],
    ['$match(a, /(a)b\\1/)', 10, 8, 'back-reference'],
    ['$match(a, /(?<n>a)b\\k<n>/)', 10, 15, 'back-reference'],
    ['$match(a, /^(?:(a)|b)*$/)', 10, 14, 'group'],
    ['$match(a, /(a*)*b/)', 10, 8, 'empty'],
    ['$contains(a, /a{1001}/)', 13, 9, '1000'],
  ])('%s is refused at %i', (source, offset, length, text) => {
    const refusal = refusalOf(source)
    expect(refusal).toMatchObject({ code: 'EXPRESSION_REGEX', offset, length })
    expect(refusal.message).toContain(text)
    expect(refusal.hint).not.toBe('')
  })
})
