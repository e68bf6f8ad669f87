import { describe, expect, test } from 'vitest'
import { compileExpression, explainExpression } from '../../src/expression/index.ts'
import { explanationLines } from '../../src/report/explanation-text.ts'
import type { ShownValues } from '../../src/report/explanation-text.ts'
import { valueText, valueType } from '../../src/report/value-text.ts'

function explained(source: string, event: unknown, shown: ShownValues = 'values'): string[] {
  const context = { nowMs: 0, variable: () => undefined }
  return explanationLines(explainExpression(compileExpression(source), event, context), shown)
}

describe('an explanation as lines', () => {
  test('has the outcomes in a column, and what is inside indented', () => {
    const event = { ad: { price: { amount: -5 }, status: 'active' } }
    expect(explained('ad.price.amount > 0 and ad.status = "active"', event)).toEqual([
      'ad.price.amount > 0 and ad.status = "active"  false',
      '  ad.price.amount > 0                         false',
      '    ad.price.amount                           -5',
      '  ad.status = "active"                        not evaluated',
    ])
  })

  test('counts the turns of items', () => {
    expect(explained('$count(x[$ > 1]) = 0', { x: [1, 2] }).slice(2)).toEqual([
      '    x[$ > 1]          2',
      '      #1 of 2: $ > 1  false',
      '        $             1',
      '      #2 of 2: $ > 1  true',
      '        $             2',
    ])
  })

  test('says a fault in full where it arose', () => {
    expect(explained('user.age > 17 and true', { user: { age: '18' } })).toEqual([
      'user.age > 17 and true  fault',
      '  user.age > 17         fault: The two sides of > must have the same type, but are a string and a number (T2009)',
      '    user.age            "18"',
    ])
  })

  test('shows types in place of values that may be private', () => {
    const user = { email: 'jean@dupont.example', tags: ['x', 'y'], isMember: true, age: null }
    const lines = explained(
      '$contains(user.email, "@") and user.isMember and $count(user.tags) = 2 and user.age = 3',
      { user },
      'types',
    )
    expect(lines.join('\n')).not.toMatch(/jean|\b2\b.*array|"x"/)
    expect(lines.map((line) => line.trim().replace(/ {2,}/, ' → ')).slice(1)).toEqual([
      '$contains(user.email, "@") → true',
      'user.isMember → a boolean',
      '$count(user.tags) = 2 → true',
      'user.age = 3 → false',
      'user.age → null',
    ])
  })

  test('keeps to one line each, whatever source and event hold', () => {
    const text = 'line\nbreak \u001B[31mred \u202E'
    const lines = explained('text\n  = /* a\ncomment */ "line\\nbreak"', { text })
    expect(lines).toHaveLength(2)
    for (const character of ['\n', '\u001B', '\u202E']) expect(lines.join('')).not.toContain(character)
  })

  test('is not wider than can be read', () => {
    const source = `$contains(text, "${'x'.repeat(500)}") and other`
    const lines = explained(source, {
      text: 'y'.repeat(100_000),
      other: Array.from({ length: 10_000 }, () => 1),
    })
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(200)
  })

  test('has one column of outcomes, however deep and long the parts', () => {
    const inner = `$contains(text, "${'x'.repeat(90)}")`
    const lines = explained(`$not($not($not($not(${inner} or ${inner}))))`, { text: 'y' })
    const columns = lines.map((line) => line.search(/ {2}(?=(?:true|false|"y")$)/) + 2)
    expect(new Set(columns)).toEqual(new Set([72]))
  })

  test('says how much is left out', () => {
    const source = Array.from({ length: 50 }, (_, index) => `n != ${index}`).join(' and ')
    expect(explained(source, { n: 99 }).at(-1)).toBe('… and 61 more inside')
  })
})

describe('a value on one line', () => {
  test.each<[unknown, string]>([
    ['text', '"text"'],
    [-0.5, '-0.5'],
    [null, 'null'],
    [[], '[]'],
    [{}, '{}'],
    [[1, 'a', null, { b: [true] }], '[1, "a", null, {"b": [true]}]'],
    [{ a: { b: { c: { d: { e: 1 } } } } }, '{"a": {"b": {"c": {"d": {…}}}}}'],
    ['x'.repeat(70), `"${'x'.repeat(60)}…"`],
    ['\u001B[2J', '"\\u001b[2J"'],
    [Object.assign([1], { sequence: true }), '[1]'],
    [[() => 'secret'], '[a function]'],
  ])('%j', (value, text) => {
    expect(valueText(value)).toBe(text)
  })

  test('counts what it leaves out', () => {
    expect(valueText(Array.from({ length: 1000 }, (_, index) => index))).toMatch(
      /^\[0, 1, 2, .*, … 9\d\d more\]$/,
    )
    expect(
      valueText(Object.fromEntries(Array.from({ length: 99 }, (_, i) => [`key${i}`, 'v'.repeat(99)]))),
    ).toMatch(/^\{"key0": "v+…", .*… 9\d more\}$/)
  })

  test('stays short and quick, however large and wide the value', () => {
    let deep: unknown = 'x'.repeat(1_000_000)
    for (let level = 0; level < 50; level++) deep = Array.from({ length: 1000 }, () => deep)
    expect(valueText(deep).length).toBeLessThan(300)
  })

  test('and its type alone', () => {
    expect([1, 'a', true, null, [1, 2], {}].map(valueType)).toEqual([
      'a number',
      'a string',
      'a boolean',
      'null',
      'an array of 2',
      'an object',
    ])
  })
})
