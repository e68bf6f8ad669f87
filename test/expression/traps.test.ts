import { describe, expect, test } from 'vitest'
import { type CaseOutcome, type FuzzCase, runOurs, runUpstream } from './fuzz/outcome.ts'

const EVENT = {
  a: { b: [{ c: 1 }, { c: 2, d: 'x' }], e: [] },
  one: [7],
  nested: [[1, 2], [3]],
  s: 'text',
  n: 5,
  list: [3, 1, 2],
  people: [
    { name: 'Ann', age: 35, pets: ['cat'] },
    { name: 'Bob', age: 30 },
    { name: 'Cy', age: 35, pets: ['dog', 'fish'] },
  ],
}

/**
 * Each case runs as generated code, on the synchronous interpreter, and on upstream: all three must agree. In brackets, what a reader may
 * want to know of the trap.
 */
const TRAPS: Readonly<Record<string, readonly string[]>> = {
  'a sequence collapses once for each node that it comes through': [
    'a.b[c=1]',
    '(a.b[c=1])',
    '((a.b[c=1]))',
    '[a.b[c=1]]',
    '($x := a.b[c=1]; $x)',
    '$map([1], function($v){ [$v] })',
    '$map([[1]], function($v){ $v })',
    'a.b[c=9]',
    'a.b[c=1][]',
    '(a.b[c=1])[]',
    '($x := $keys({"a": 1}); [$x])',
  ],
  'the value of a tail call is not collapsed, and its context is that of the caller': [
    '($f := function($x){ $map([$x], function($v){ $v }) }; $g := function($x){ $f($x) }; $g(1))',
    '($g := function(){ $length() }; "abc".$g())',
    '($f := function(){ $string() }; $map(["a"], $f))',
    '($f := function($n){ $n = 0 ? "done" : $f($n - 1) }; $f(1000))',
    '($f := function($n){ $n = 0 ? $number("x") : $f($n - 1) }; $f(3))',
    '($even := function($n){ $n = 0 ? true : $odd($n - 1) }; $odd := function($n){ $n = 0 ? false : $even($n - 1) }; $even(51))',
    '($g := function($f){ $type($f) }; $h := function(){ $g($sum) }; $h())',
  ],
  'a tail call that is filtered or grouped keeps upstream’s oddities': [
    '($f := function($x){ {"p": $x} }; $g := function($x){ ($f($x))[p] }; $g(1))',
    '($f := function($x){ [{"k": "a", "v": $x}] }; $g := function($x){ $f($x){k: v} }; $g(1))',
    '($f := function($x){ [$x] }; $g := function($x){ ($f($x))[0] }; $g(1))',
  ],
  'a last step of one list gives the list itself': [
    'one',
    'a.e',
    'nested',
    'nested[0]',
    'nested.$',
    '$.nested[1]',
    'people.pets',
    'people[0].pets',
    '{"x": one}.x',
    '($x := {"s": people.name}; $x.s)',
  ],
  'constructed lists in paths stay whole': [
    'people.[name, age]',
    '[1, 2].[$, 3]',
    '[people].name',
    'people.[name][0]',
    'a.b.[c][]',
    '[[1, 2], [3]].$',
    'people.([name])',
    '[]',
    '[].x',
    '[1, 2][5].x[]',
  ],
  'filters: positions, lists of positions, no input': [
    'list[0]',
    'list[-1]',
    'list[1.7]',
    'list[[0, 2]]',
    'list[[]]',
    'list[$ > 1]',
    'missing[true]',
    'missing[0]',
    'list[n > 3]',
    'list["x"]',
    'list[null]',
    'list[true][0]',
    '[1..5][[0..1]]',
    'nested[0][1]',
    'list[1 / 0]',
  ],
  'comparisons of what is missing or of other types': [
    'missing = missing',
    'missing != 1',
    'missing < true',
    'n < true',
    'n < s',
    'missing < 1',
    'null = null',
    '[1] = [1]',
    '{"a": [1]} = {"a": [1]}',
    '1 in [1, 2]',
    '[1] in [[1]]',
    'missing in [1]',
    's in "text"',
    'n in n',
    'true and (1 + s)',
    's and $number(s)',
    'false or -s',
    '(missing or $uppercase(n)) and true',
    'n and (s and 1 < s)',
  ],
  'infinity fails where it is used next, NaN is no number': [
    '1 / 0 = 1 / 0',
    '1 / 0 + 1',
    '0 / 0 + 1',
    '-(1 / 0)',
    '$boolean(1 / 0)',
    '$not(1 / 0)',
    '1 / 0 ? 1 : 2',
    'list[1 / 0]',
    'n and 1 / 0',
    '1 / 0 > 5',
    '-s',
    '-missing',
  ],
  'truth of lists, objects and functions': [
    '[0] ? 1 : 2',
    '[0, 0] ? 1 : 2',
    '[0, 1] ? 1 : 2',
    '[[], [1]] ? 1 : 2',
    '{} ? 1 : 2',
    '{"a": 0} ? 1 : 2',
    '$sum ? 1 : 2',
    '"" or "0"',
    '$boolean([$sum])',
    '$not(missing)',
  ],
  'signatures: context, lists of one, first that fits': [
    's.$length()',
    'n.$length()',
    '$length(n)',
    '$sum(5)',
    '$sum(["a"])',
    '$sum(missing)',
    '$count(null)',
    '$count($sum)',
    '$exists()',
    '$pad(s)',
    '$substring("abc", 1, 1, 1)',
    '(function($x)<n:n>{ $x })("a")',
    '"b".(function($x, $y)<s-s:s>{ $x & $y })("a")',
    '$number([1])',
    '$number(true)',
    '$number("0x1f")',
    '$number("1e3")',
    '$number(" 1")',
    '$toMillis("2025-02-30T10:00:00Z")',
    '$toMillis("2025-02-28T10:00:00.123Z")',
    '$toMillis("2025-01-01")',
    '$toMillis("0001-01-01T00:00:00Z")',
    '$toMillis(n)',
  ],
  'functions as arguments are functions of another kind': [
    '$type($sum)',
    '$string($sum)',
    '$string(function(){ 1 })',
    '$map([1, 2], $string)',
    '$map([1, 2], function($v, $i, $l){ $v * $i + $count($l) })',
    '$reduce([1, 2, 3], function($x, $y, $i, $l){ $x + $y + $i + $count($l) })',
    '$reduce([1], function($x){ $x })',
    '$filter(list, $boolean)',
    '{"f": $sum}.f([1, 2])',
    '($f := function($g){ $g(2) }; $f(function($x){ $x * 2 }))',
    '$substring(?, 1)("abc")',
    '(function($a, $b){ $a - $b })(?, 1)(5)',
    '$sum(?, ?)',
    'nothing(?)',
    'sum(?)',
    'sum(list)',
    'n(1)',
    '$sum ~> $string',
    '($inc := function($x){ $x + 1 }; ($inc ~> $inc)(1))',
    '5 ~> $string ~> $length',
    '5 ~> n',
  ],
  'data that looks like a function is data, and inherited properties are none': [
    'toString',
    'a.constructor',
    '`__proto__`',
    's.length',
    'list.length',
    'list.`0`',
    '($f := function($x){ $x }; $f.body)',
    '$lookup(a, "hasOwnProperty")',
  ],
  'a name is bound from the moment that := has run': [
    '($x := 1; ($y := $x; $x := 2; $y + $x))',
    '($f := function(){ $x }; $x := 1; $f())',
    '($x := 1; $f := function(){ $x }; $x := 2; $f())',
    '($x := $x; $x)',
    '(true or ($x := 1); $x)',
    '(n > 3 ? ($x := 1) : 0; $x)',
    '($x := 1; list.($x := $; $x); $x)',
    '($count := 5; $count)',
    '($string := function($v){ "own" }; $string(1))',
    '(($x := 1); $x)',
    '($f := function($x){ ($x := $x + 1; $x) }; $f(1) + $f(5))',
    'list[$x := 1]',
    '($x := 0; list.($x := $x + $))',
  ],
  'places of errors do not come from earlier calls': [
    '$number("x")',
    '[$string(1), $number("x")][1]',
    '($f := $number; $f("x"))',
    '$map(["x"], $number)',
    '$map([1], function($v){ $v + "x" })',
  ],
  'grouping an empty list makes one object': [
    'a.e{"x": 1}',
    '[]{"x": $}',
    'missing{"x": 1}',
    '(a.e{"x": 1}; $count(a.e))',
  ],
  'tuples: positions, joins, parents': [
    'people@$p.pets.{"n": $p.name, "pet": $}',
    'people#$i[$i > 0].name',
    'people#$i.name[$i = 1]',
    'people.pets.%.name',
    'a.b.%.b.c',
    'people@$p.people@$q[$p.age = $q.age].{"p": $p.name, "q": $q.name}',
    'people^(age)#$i.{"i": $i, "n": name}',
    'people#$i{$string(age): $i}',
    'people@$p{$p.name: $p.age}',
    'people.pets#$i.(%.name & $i)',
    '($i := 9; people#$i.name[$i = 1] & $i)',
    'people@$p.($p := 5; $p)',
  ],
  'regular expressions: each evaluation begins anew, empty matches fail': [
    '$match("abcabc", /a(b)?/)',
    '$match("abc", /x*/)',
    '$replace("abcabc", /(b)(c)/, "$2$1$$$0$9")',
    '$replace("aaa", "a", "b", 2)',
    '$split("a1b2", /\\d/)',
    '$contains(s, /E/i)',
    '$contains(n, /E/i)',
    '($r := /a/; [$contains("a", $r), $contains("a", $r)])',
    '/a(b)/("ab").groups',
    '$replace("ab", /b/, function($m){ 5 })',
  ],
  'sorting is stable, calls its comparator in a fixed order, and puts what is missing last': [
    'people^(age).name',
    'people^(>age, name).name',
    'people^(pets[0]).name',
    '$sort(list)',
    '$sort(people)',
    '$sort(people, function($l, $r){ $l.age > $r.age }).name',
    '[3, "a", 1]^($)',
    '[true, false]^($)',
    '$sort([2, "x"])',
    '$[0]^(n)',
    'list^($)[0]',
  ],
  'transforms change a copy': [
    '$ ~> |a.b|{"z": c * 2}, "d"|',
    'a ~> |b[c = 1]|{"c": 9}|',
    '$ ~> |a|5|',
    '$ ~> |a|{}, 5|',
    '(a ~> |b|{"c": 0}|; a.b.c)',
    '$map([a], |$|{"e": 1}|)',
  ],
  'wildcards and descendants': [
    '*',
    'a.*',
    '**.c',
    'people.*',
    '*[0]',
    'list.*',
    '$count(**)',
    's.*',
    '**[c = 1]',
  ],
  'objects: keys in the order of JavaScript, groups of lists': [
    '{"b": 1, "a": 2, "1": 3}',
    '{"a": missing}',
    '{s: 1, "x": n}',
    '{n: 1}',
    '{"a": 1, "a": 2}',
    'people{name: age}',
    'people{$string(age): name}',
    'list{"k": $sum($)}',
    '{"_jsonata_lambda": 1}',
    'list.{"v": $}',
  ],
}

const withInput = (source: string): FuzzCase => ({ source, input: JSON.stringify(EVENT), bindings: '{}' })

describe.each(Object.entries(TRAPS))('%s', (_, sources) => {
  test.each(sources)('%s', async (source) => {
    const ours = runOurs(withInput(source))
    expect(ours?.compiled).toEqual(ours?.oracle)
    const { code, json } = await runUpstream(withInput(source))
    expect<Partial<CaseOutcome>>({ code: ours?.compiled.code, json: ours?.compiled.json }).toEqual({
      code,
      json,
    })
  })
})

test('an event that is a list is one input', () => {
  for (const source of [
    '$',
    '$$',
    '$[0]',
    '$.x',
    '$count($)',
    '*',
    '**',
    '$^(x)',
    '$[0]^(x)',
    '[$]',
    '{"n": $count($)}',
    'x',
    '$@$i.$[]',
    '$@$i.$@$j.[$, $i]',
  ]) {
    const ours = runOurs({ source, input: '[{"x":2},{"x":1}]', bindings: '{}' })
    expect({ source, ...ours?.compiled }).toEqual({ source, ...ours?.oracle })
  }
})

test('text of the user is data in the generated source, whatever it holds', () => {
  const texts = ['"); process.exit(1); ("', '`${1}`', '\\u2028\\u2029', '*/ throw 1 /*', "'", '\\\\']
  for (const text of texts) {
    const source = `{"${text.replaceAll('"', '\\"')}": "${text.replaceAll('"', '\\"')}"}`
    const ours = runOurs({ source, input: '{}', bindings: '{}' })
    expect(ours?.engine).toBe('emitted')
    expect(ours?.compiled).toEqual(ours?.oracle)
  }
  for (const name of ['x"];process.exit(1);//', 'a b', 'ünï', '\u2028']) {
    const ours = runOurs({
      source: `\`${name}\`.\`${name}\``,
      input: JSON.stringify({ [name]: { [name]: 1 } }),
      bindings: '{}',
    })
    expect(ours?.compiled.json).toBe('1')
  }
})
