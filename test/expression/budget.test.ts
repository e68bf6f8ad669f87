import { describe, expect, test } from 'vitest'
import { type ExpressionBudget, ExpressionFault, compileExpression } from '../../src/expression/index.ts'
import { CONTEXT, valueOf } from './support.ts'

const EVENT = { text: `${'a'.repeat(40)}b`, nested: 1 }

/** Generous for busy machines: what is measured by hand stays below 100 ms. */
const SOON_MS = 1000

const nest = (last: string) => `($x := $reduce([1..60], function($a, $i){ [[$a], [$a]] }, ["x"]); ${last})`
const nestObjects = (last: string) =>
  `($nest := function(){ $reduce([1..60], function($a, $i){ {"l": $a, "r": $a} }, "x") }; $x := $nest(); $y := $nest(); ${last})`

describe('each of these ends soon, with a stable code, and the next evaluation works', () => {
  test.each([
    ['endless tail recursion', '($f := function($n){ $f($n + 1) }; $f(1))', 'D1012'],
    [
      'endless tail recursion of two',
      '($f := function($n){ $g($n) }; $g := function($n){ $f($n) }; $f(1))',
      'D1012',
    ],
    ['endless recursion', '($f := function($n){ 1 + $f($n + 1) }; $f(1))', 'D1011'],
    ['endless recursion through a built-in', '($f := function($n){ $map([$n], $f) }; $f(1))', 'D1011'],
    ['nested loops', '[1..1e4].([1..1e4])', 'D1012'],
    ['nested loops in predicates', '$count([1..1e5][$count([1..1e5]) > 0])', 'D1012'],
    ['a long range', '[1..1e7]', 'D2015'],
    ['a range beyond JSONata’s own limit', '[1..1e9]', 'D2014'],
    ['a list that doubles', '$reduce([1..60], function($a, $i){ $append($a, $a) }, [1])', 'D2015'],
    ['a wide padding', '$pad("x", 1e9)', 'EXPRESSION_STRING_TOO_LONG'],
    ['a wide padding to the left', '$pad("x", -1e9, "ab")', 'EXPRESSION_STRING_TOO_LONG'],
    ['a wide padding by a long text', '$pad("x", 1e5, $pad("y", 9e5))', undefined],
    [
      'a string that doubles',
      '$reduce([1..60], function($a, $i){ $a & $a }, "xx")',
      'EXPRESSION_STRING_TOO_LONG',
    ],
    [
      'joined strings',
      '($s := $pad("x", 1e5); $join([$s, $s, $s, $s, $s, $s, $s, $s, $s, $s, $s]))',
      'EXPRESSION_STRING_TOO_LONG',
    ],
    ['a long separator', '$join(["a", "b", "c"], $pad("x", 6e5))', 'EXPRESSION_STRING_TOO_LONG'],
    ['a long replacement', '$replace($pad("", 1e5, "a"), "a", "0123456789ab")', 'EXPRESSION_STRING_TOO_LONG'],
    [
      'a long replacement of matches',
      '$replace($pad("", 2e3, "a"), /a/, $pad("", 1e3, "b"))',
      'EXPRESSION_STRING_TOO_LONG',
    ],
    ['a value with parts in common, as text', nestObjects('$string($x)'), 'D1012'],
    ['a value with parts in common, compared', nestObjects('$x = $y'), 'D1012'],
    // Which of its two limits it meets first depends on the machine.
    ['a value with parts in common, descended into', nest('$count($x.**)'), /^D(1012|2015)$/],
    ['a value with parts in common, as a condition', nest('$boolean($append($x, $x))'), 'D1012'],
    ['a value with parts in common, copied', nestObjects('$x ~> |$|{"y": 1}|'), 'D1012'],
    ['many distinct values', '$distinct([1..1e5])', 'D1012'],
    ['a sort of a million', '[1..1e6]^(>$)', 'D1012'],
    ['a large Roman number', '$formatInteger(1e15, "I")', 'D1011'],
    ['a regular expression called with no text', '/(a+)+$/(nested).match', undefined],
    [
      'a thousand matches of a long text',
      '$count($match($pad("", 1e6, "ab"), /((?:a|b)b*)(?:(?:ba)+c)?/))',
      'D1012',
    ],
    ['a catastrophic pattern', '$contains(text, /(a+)+$/)', undefined],
    ['a catastrophic pattern, ignoring case', '$contains(text, /(a|a)*$/i)', undefined],
    ['a quadratic pattern', '$contains($pad("", 1e5, "a"), /a+c/)', undefined],
    ['a picture that backtracks', '$toMillis($pad("1", 5000, "1") & "x", "[Y][M][D][H]")', undefined],
  ])('%s', (_, source, code) => {
    // On a busy machine, time is the first limit that anything meets.
    const compiled = compileExpression(source, code === 'D1012' ? {} : { timeoutMs: SOON_MS / 2 })
    const startMs = performance.now()
    const value = compiled.evaluate(EVENT, CONTEXT)
    expect(performance.now() - startMs).toBeLessThan(SOON_MS)
    if (code === undefined) expect(value).not.toBeInstanceOf(ExpressionFault)
    else
      expect(value).toMatchObject({
        code: expect.stringMatching(code),
        dataCaused: code === 'D2014' ? false : expect.any(Boolean),
      })
    expect(valueOf('$sum([1..100])', EVENT)).toBe(5050)
  })
})

const evaluate = (source: string, budget: Partial<ExpressionBudget>) =>
  compileExpression(source, budget).evaluate({ n: [1, 2, 3, 4, 5] }, CONTEXT)

describe('limits are exact', () => {
  test('of the length of a list', () => {
    expect(evaluate('$count([1..5])', { sequenceLength: 5 })).toBe(5)
    expect(evaluate('$count([1..6])', { sequenceLength: 5 })).toMatchObject({ code: 'D2015' })
    expect(evaluate('$count(n[$ > 0])', { sequenceLength: 5 })).toBe(5)
    expect(evaluate('$count(n[$ > 0])', { sequenceLength: 4 })).toMatchObject({ code: 'D2015' })
  })

  test('of the length of a string', () => {
    expect(evaluate('$length("abc" & "de")', { stringLength: 5 })).toBe(5)
    expect(evaluate('$length("abc" & "def")', { stringLength: 5 })).toMatchObject({
      code: 'EXPRESSION_STRING_TOO_LONG',
    })
    expect(evaluate('$length($pad("a", 5))', { stringLength: 5 })).toBe(5)
    expect(evaluate('$length($join(["ab", "cd"], ","))', { stringLength: 5 })).toBe(5)
    expect(evaluate('$length($join(["ab", "cd"], ", "))', { stringLength: 5 })).toMatchObject({
      code: 'EXPRESSION_STRING_TOO_LONG',
    })
  })

  test('of the depth: the deepest node that fits, and one less', () => {
    expect(evaluate('1 + 1', { stackDepth: 2 })).toBe(2)
    expect(evaluate('1 + 1', { stackDepth: 1 })).toMatchObject({ code: 'D1011' })
  })

  test('of time: a few milliseconds late at most', () => {
    const startMs = performance.now()
    expect(evaluate('($f := function($n){ $f($n + 1) }; $f(1))', { timeoutMs: 20 })).toMatchObject({
      code: 'D1012',
    })
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(20)
  })

  test('a string of the event may be longer than one that the expression makes', () => {
    const text = 'x'.repeat(2_000_000)
    expect(compileExpression('$length(text)').evaluate({ text }, CONTEXT)).toBe(2_000_000)
  })
})

test('$pad fills as JSONata says', () => {
  expect(
    valueOf(
      '[$pad("x", 5), $pad("x", -5), $pad("x", 6, "ab"), $pad("x", -4, "😀é"), $pad("long", 2), $pad("x", 3, "")]',
      {},
    ),
  ).toEqual(['x    ', '    x', 'xababa', '😀é😀x', 'long', 'x  '])
})
