import { fc } from '../../property.ts'
import { describe, expect, test } from 'vitest'
import { createSafeRegExp } from '../../../src/expression/index.ts'
import { parsePattern } from '../../../src/expression/regex/parse-pattern.ts'
import { isCheapForNative } from '../../../src/expression/regex/native-cost.ts'
import { compileSafePattern } from '../../../src/expression/regex/safe-pattern.ts'
import { UnsupportedPattern } from '../../../src/expression/regex/unsupported-pattern.ts'

/** Makes a pattern too expensive for the native engine without changing what it matches. */
const LINEAR_ONLY = '(?:(?:(?:zq)+)+zq)?'

const TEXTS = [
  '',
  'a',
  'abc',
  'ABC abc',
  'aaaaab',
  'foo_bar-42',
  'line one\nline two\r\nline three\rfour\u2028five\u2029six',
  '\n\n',
  'ß ẞ ſ K k S s Å å İ ı Σ σ ς ǅ',
  'naïve café',
  '😀 and 👩‍👩‍👧',
  '\ud83d lone \ude00',
  '\u00a0\ufeff\u3000\t\v\f',
  '2025-01-31T10:00:00Z',
  '{a{1}]',
  'a/b\\c',
  '\0\x01\x7f',
]

const PATTERNS = [
  'a',
  '.',
  '..',
  '^.$',
  '^',
  '$',
  '^$',
  '\\d+',
  '\\D',
  '\\s+',
  '\\S+',
  '\\w+',
  '\\W',
  '\\bline\\b',
  '\\B.',
  '[^]',
  '[]',
  '[^a]',
  '[a-z]+',
  '[^\\s\\w]+',
  '[\\b]',
  '[\\]\\-a]',
  ']',
  '}',
  '{',
  'a{',
  'a{1',
  '\\{a\\{1\\}',
  '\\/',
  '\\u00e9',
  '\\x41',
  '\\cJ',
  '\\c',
  '\\0',
  '\\1',
  '\\8',
  '\\101',
  '\\u{2}',
  '\\k',
  '\\p{2}',
  'a+?b',
  'a{2,3}?',
  '(a)(b)?(c)',
  '(?<year>\\d{4})-(?<month>\\d\\d)',
  '(?:a|ab)(c|bcd)?',
  '(a|b)+',
  '(?:a|(b))c',
  '|a',
  'a||b',
  '(|a)b',
  '\\ud83d',
  '[\\ud83d]',
  '\u212a',
  'ſ',
  'ß',
  'Σ',
  '[à-ü]+',
  'é|😀',
]

type Found = [index: number, ...groups: (string | undefined)[]][]

function ourMatches(source: string, flags: string, text: string): Found {
  const { exec } = compileSafePattern(source, flags)
  const found: Found = []
  for (let match = exec(text, 0); match !== null;) {
    found.push([match.index, ...Array.from(match)])
    const end = match.index + (match[0]?.length ?? 0)
    match = exec(text, match[0] === '' ? end + 1 : end)
  }
  return found
}

function nativeMatches(source: string, flags: string, text: string): Found {
  return Array.from(text.matchAll(new RegExp(source, `${flags}g`)), (match) => [match.index, ...match])
}

describe.each(['', 'i', 'm', 'im'])('with the flags "%s", the same as native', (flags) => {
  test.each(PATTERNS)('%s', (source) => {
    for (const text of TEXTS) {
      expect([text, ourMatches(source, flags, text)]).toEqual([text, nativeMatches(source, flags, text)])
    }
  })

  test.each(PATTERNS)('%s, by the linear engine', (source) => {
    const linear = `${LINEAR_ONLY}(?:${source})`
    for (const text of TEXTS) {
      expect([text, ourMatches(linear, flags, text)]).toEqual([text, nativeMatches(linear, flags, text)])
    }
  })
})

const ATOMS = [
  'a',
  'b',
  'K',
  '.',
  '\\s',
  '\\w',
  '\\d',
  '[^a]',
  '[a-k]',
  '\\n',
  'é',
  '\\ud83d',
  '😀',
  '[\\s\\S]',
]
const ANCHORS = ['^', '$', '\\b', '\\B']
const QUANTIFIERS = ['*', '+', '?', '{2}', '{1,3}', '{2,}', '*?', '+?', '??', '{1,2}?']

const { pattern: anyPattern } = fc.letrec<{ pattern: string; part: string; simple: string }>((tie) => ({
  pattern: fc.oneof(
    {
      weight: 3,
      arbitrary: fc.array(tie('part'), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
    },
    { weight: 1, arbitrary: fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => `${a}|${b}`) },
  ),
  part: fc.oneof(
    tie('simple'),
    fc.constantFrom(...ANCHORS),
    fc
      .tuple(tie('simple'), fc.constantFrom(...QUANTIFIERS))
      .map(([part, quantifier]) => `${part}${quantifier}`),
  ),
  simple: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(...ATOMS),
    fc.tuple(fc.constantFrom('(', '(?:'), tie('pattern')).map(([open, body]) => `${open}${body})`),
  ),
}))
const anyText = fc.array(
  fc.constantFrom('a', 'b', 'k', 'K', '\u212a', ' ', '\n', '\r', '\u2028', 'é', 'É', '😀', '\ud83d', '1'),
  { maxLength: 10 },
)

test('random patterns give what native ones give, or are refused', () => {
  let judged = 0
  fc.assert(
    fc.property(anyPattern, fc.constantFrom('', 'i', 'm', 'im'), anyText, (source, flags, characters) => {
      const text = characters.join('')
      let found: Found
      try {
        found = ourMatches(source, flags, text)
      } catch (error) {
        expect(error).toBeInstanceOf(UnsupportedPattern)
        return
      }
      judged++
      expect(found).toEqual(nativeMatches(source, flags, text))
    }),
    { numRuns: 3000, seed: 20250601 },
  )
  expect(judged).toBeGreaterThan(1500)
})

describe('refused', () => {
  test.each([
    ['a(?=b)', 'look-around'],
    ['a(?!b)', 'look-around'],
    ['(?<=a)b', 'look-around'],
    ['(?<!a)b', 'look-around'],
    ['(a)\\1', 'back-reference'],
    ['(?<n>a)\\k<n>', 'back-reference'],
    ['(?i:a)', 'kind of group'],
    ['a{1001}', 'at most 1000'],
    ['a{2,1001}', 'at most 1000'],
    ['(?:a*)*b', 'empty'],
    ['(?:(a)|b)*c', 'does not pass through'],
  ])('%s: %s', (source, message) => {
    expect(() => compileSafePattern(source, '')).toThrow(message)
  })

  test('anchors of lines beside parts that tell line ends apart', () => {
    expect(() => compileSafePattern(`${LINEAR_ONLY}^a\\r?$`, 'm')).toThrow('line ends')
  })

  test.each(['s', 'v', 'y', 'd'])('the flag %s', (flag) => {
    expect(() => compileSafePattern('a', flag)).toThrow('not supported')
  })

  test('what is no regular expression', () => {
    expect(() => compileSafePattern('(', '')).toThrow(SyntaxError)
  })
})

const isCheap = (source: string, isMultiline = false) =>
  isCheapForNative(parsePattern(source, false, 9), isMultiline)

describe('the native engine runs only what is cheap on any text', () => {
  test.each([
    '[a-z]',
    'abc',
    'cat|dog|bird',
    '\\d{4}-\\d{2}-\\d{2}',
    '^\\d{4}-\\d{2}-\\d{2}$',
    '^[a-z]+$',
    '^https?:\\/\\/\\S+$',
    '^(?:a|b|c){2}$',
    '^[A-Z]{1,50}$',
    '^(\\d+|[a-z]+)$',
  ])('%s', (source) => {
    expect(isCheap(source)).toBe(true)
  })

  test.each([
    '(a+)+$',
    '(a|a)*b',
    'a+b',
    '[a-z]+',
    '^a*a*b',
    '^(?:a*){2}b',
    '^(?:ab)+$',
    '(?:a|b|ab){10}',
    '^(?:a|a){30}$',
    'a{1,1000}b',
    '(?:^a+|b)c',
    '^a+|b+',
    '(?:^)?a+b',
    '^(?:a?){30}b',
  ])('%s is left to the linear engine', (source) => {
    expect(isCheap(source)).toBe(false)
  })

  test('in which a line’s start does not bind a pattern to one place', () => {
    expect(isCheap('^[a-z]+$', false)).toBe(true)
    expect(isCheap('^[a-z]+$', true)).toBe(false)
  })
})

describe('time grows with the text, not faster', () => {
  const long = 'a'.repeat(100_000)
  test.each([
    ['(a+)+$', ''],
    ['(a|aa)+$', 'i'],
    ['a+b', ''],
    ['(.*)x(.*)y', ''],
    ['^(?:a|b)*c$', 'm'],
    ['^[a-z]*$', ''],
    ['(?:a?){50}a{50}b', ''],
    ['(\\s|\\S)*z', ''],
  ])('/%s/%s', (source, flags) => {
    const { exec } = compileSafePattern(source, flags)
    const startMs = performance.now()
    exec(`${long}!`, 0)
    expect(performance.now() - startMs).toBeLessThan(1000)
  })
})

describe('patterns of JSON Schema', () => {
  test.each([
    ['^[a-z0-9-]{3,20}$', 'car-42', true],
    ['^[a-z0-9-]{3,20}$', 'Car', false],
    ['^(?:[a-z]+\\.)*[a-z]+$', 'a.b.c', true],
    ['^(?:[a-z]+\\.)*[a-z]+$', 'a..c', false],
    ['^(a|(b))*$', 'abba', true],
    ['^(a*)*$', 'aab', false],
    ['^\\p{L}+(?: \\p{L}+)*$', 'naïve Élan', true],
    ['^\\p{L}+(?: \\p{L}+)*$', 'n4ive', false],
    ['^(?:.{2})+$', '😀😀', true],
    ['^(?:.{2})+$', '😀', false],
    ['^(?:\\u{1F600}|\\ud83d\\ude01)+$', '😀😁', true],
    ['^(?:[^\\ud83d])+$', '😀', true],
  ])('/%s/u on %s: %s', (source, text, expected) => {
    expect(new RegExp(source, 'u').test(text)).toBe(expected)
    expect(createSafeRegExp(source, 'u').test(text)).toBe(expected)
  })

  test('keep no place between two texts', () => {
    const pattern = createSafeRegExp('a', 'u')
    expect([pattern.test('ba'), pattern.test('ab'), pattern.test('ba')]).toEqual([true, true, true])
  })

  test('are shown as they were written', () => {
    expect(String(createSafeRegExp('^a/b$', 'u'))).toBe('/^a/b$/u')
  })

  test.each([
    ['^(?=a)b', 'look-around'],
    ['(a)\\1', 'back-reference'],
    ['[', 'Invalid regular expression'],
    ['\\p{Nothing}', 'Invalid regular expression'],
  ])('%s is refused: %s', (source, message) => {
    expect(() => createSafeRegExp(source, 'u')).toThrow(message)
  })
})
