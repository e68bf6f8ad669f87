import { expect, test } from 'vitest'
import { tokenize } from './tokens.ts'

const brief = (source: string) => tokenize(source).map(({ kind, text }) => `${kind} ${text}`)

test.each([
  ['line comments', 'a // import "b"\nc', ['word a', 'word c']],
  ['block comments', 'a /* process\n * process */ c', ['word a', 'word c']],
  ['a hashbang', '#!/usr/bin/env node\na', ['word a']],
  [
    'strings with escaped quotes',
    String.raw`'it\'s // no comment'`,
    [String.raw`string it\'s // no comment`],
  ],
  ['comment signs in strings', '"/*" a "*/"', ['string /*', 'word a', 'string */']],
  ['templates', '`text process`', ['template text process']],
  ['code in templates', '`a ${b} c`', ['template a ', 'word b', 'template  c']],
  [
    'braces in code in templates',
    '`${f({ a })}` b',
    [
      'template ',
      'word f',
      'punctuator (',
      'punctuator {',
      'word a',
      'punctuator }',
      'punctuator )',
      'template ',
      'word b',
    ],
  ],
  ['templates in templates', '`${`${a}`}`', ['template ', 'template ', 'word a', 'template ', 'template ']],
  ['dollar signs and backticks in templates', '`$1 \\` ${a}`', ['template $1 \\` ', 'word a', 'template ']],
  ['regular expressions', 'x = /"[/]`/u', ['word x', 'punctuator =', 'regex /"[/]`/u']],
  ['regular expressions after return', 'return /"/', ['word return', 'regex /"/']],
  ['divisions', 'a / b / "c"', ['word a', 'punctuator /', 'word b', 'punctuator /', 'string c']],
  [
    'divisions after a bracket',
    '(a) / 2 / "c"',
    ['punctuator (', 'word a', 'punctuator )', 'punctuator /', 'number 2', 'punctuator /', 'string c'],
  ],
  ['private names', 'this.#process', ['word this', 'punctuator .', 'word #process']],
])('%s', (_what, source, tokens) => {
  expect(brief(source)).toEqual(tokens)
})

test('lines count from 1', () => {
  expect(tokenize('a\n/*\n*/ b').map(({ line }) => line)).toEqual([1, 3])
})
