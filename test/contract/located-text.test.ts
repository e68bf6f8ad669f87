import { fc } from '../property.ts'
import { describe, expect, test } from 'vitest'
import { parseContract } from '../../src/contract/parse.ts'
import type { LocatedText } from '../../src/model/contract.ts'

const HEAD = 'apiVersion: assay/v1\nid: a\nversion: 1.0.0\ntopic: a\ndomain: a\nowner: a\nrules:\n  - id: a\n'
const FIRST_LINE = HEAD.split('\n').length

/** The expression that a file holds when this is what stands after the first rule's id. */
function expressionOf(yaml: string): LocatedText {
  const { contract, problems } = parseContract('x.yaml', HEAD + yaml)
  expect(problems).toEqual([])
  const check = contract?.rules[0]?.check
  if (check?.kind !== 'assert') throw new Error('the fixture has no assertion')
  return check.expression
}

/** For each word of the expression, the text of the file at the place that it is said to be at. */
function wordsInPlace(yaml: string): [word: string, there: string][] {
  const lines = (HEAD + yaml).split(/\r?\n/)
  const expression = expressionOf(yaml)
  return Array.from(expression.text.matchAll(/[^\s"'\\]+/g), ({ 0: word, index }) => {
    const { line, column, sourceLine } = expression.locate(index)
    expect(sourceLine).toBe(lines[line - 1])
    return [word, sourceLine.slice(column - 1, column - 1 + word.length)]
  })
}

const STYLES: [style: string, yaml: string][] = [
  ['plain', '    assert: ad.price   >  0\n'],
  ['plain, over several lines', '    assert: ad.price > 0\n      and ad.title\n\n\n      and   ad.body\n'],
  ['plain, with an anchor and a comment', '    assert: &a ad.price > 0 # why\n'],
  ['plain, in a flow mapping', '    when: a\n    assert: ad.price > 0\n'],
  ['single-quoted', "    assert: 'a = ''b'' and ''c'' = d'\n"],
  ['single-quoted, over several lines', "    assert: 'a = ''b''\n\n      and  ''c'' = d\n      or e'\n"],
  [
    'double-quoted',
    '    assert: "a = \\"b\\" and \\u0041 \\x41bc and d"\n'.replaceAll('\\u0041 \\x41bc', 'x'),
  ],
  [
    'double-quoted, over several lines',
    '    assert: "a = \\"b\\"\n\n\n      and \\\n      c   \n      or d"\n',
  ],
  ['double-quoted, with white space escaped', '    assert: "a\\n= b\\tand\\  c\n\n      = d"\n'],
  ['literal', '    assert: |\n      a > 0\n        and b\n\n      and c\n'],
  ['literal, kept', '    assert: |+\n      a > 0\n      and b\n\n\n'],
  ['literal, with an indentation indicator', '    assert: |2-\n          a > 0\n        and b\n'],
  ['literal, after a comment', '    assert: | # why\n      a > 0\n      and b\n'],
  ['literal, after empty lines', '    assert: |\n\n\n      a > 0\n'],
  ['folded', '    assert: >\n      a > 0\n      and b\n\n      and c\n        and d\n      and e\n'],
  ['folded, stripped', '    assert: >-\n      a > 0\n      and b\n'],
  ['folded, at the end of the file', '    assert: >-\n      a\n      b'],
]

describe('a place in an expression', () => {
  test.each(STYLES)('that is %s', (_, yaml) => {
    const words = wordsInPlace(yaml)
    expect(words.length).toBeGreaterThan(1)
    for (const [word, there] of words) expect(there).toBe(word)
  })

  test.each(STYLES)('that is %s, with Windows line breaks', (_, yaml) => {
    for (const [word, there] of wordsInPlace(yaml.replaceAll('\n', '\r\n'))) expect(there).toBe(word)
  })

  test('is that of the escape sequence for an escaped character', () => {
    const expression = expressionOf('    assert: "a = \\"\\u00e5\\U0001F600\\x41\\" & b"\n')
    expect(expression.text).toBe('a = "å😀A" & b')
    const columns = Array.from(expression.text, (_, index) => expression.locate(index).column)
    expect(columns.slice(4)).toEqual([18, 20, 26, 26, 36, 40, 42, 43, 44, 45].slice(0, columns.length - 4))
  })

  test('is counted in UTF-16 units after characters outside of the basic plane', () => {
    const expression = expressionOf('    assert: \'"😀" & b\'\n')
    expect(expression.locate(expression.text.indexOf('b'))).toMatchObject({ line: FIRST_LINE, column: 21 })
  })

  test('before the first or after the last character is that of the first or the end', () => {
    const expression = expressionOf('    assert: a > 0\n')
    expect(expression.locate(-5)).toMatchObject({ line: FIRST_LINE, column: 13 })
    expect(expression.locate(5)).toMatchObject({ line: FIRST_LINE, column: 18 })
    expect(expression.locate(500)).toMatchObject({ line: FIRST_LINE, column: 18 })
  })

  test('after a block is at the end of its last line with text', () => {
    const expression = expressionOf('    assert: |\n      a >\n\n\n    when: b\n')
    expect(expression.locate(expression.text.length)).toMatchObject({ line: FIRST_LINE + 1, column: 10 })
  })

  test('without an offset is the whole text, in a block its first line', () => {
    expect(expressionOf('    assert: "a > 0" # why\n').locate()).toMatchObject({
      line: FIRST_LINE,
      column: 13,
      length: 7,
    })
    expect(expressionOf('    assert: |\n      a > 0\n      and b\n').locate()).toMatchObject({
      line: FIRST_LINE + 1,
      column: 7,
      length: 5,
    })
  })

  test('never is on a wrong line, whatever the words and the style', () => {
    const word = fc.stringMatching(/^[a-z]{1,4}$/)
    const gap = fc.constantFrom(' ', '   ', '\n      ', '\n\n      ', ' \n\n\n      ')
    const opening = fc.constantFrom(
      ['', ''],
      ["'", "'"],
      ['"', '"'],
      ['|\n      ', '\n'],
      ['>-\n      ', '\n'],
    )
    fc.assert(
      fc.property(
        opening,
        word,
        fc.array(fc.tuple(gap, word), { maxLength: 8 }),
        ([open, close], first, rest) => {
          const words = wordsInPlace(
            `    assert: ${open}q${first}${rest.map(([space, next]) => `${space}q${next}`).join('')}${close}\n`,
          )
          for (const [expected, there] of words) expect(there).toBe(expected)
        },
      ),
      { numRuns: 500 },
    )
  })
})
