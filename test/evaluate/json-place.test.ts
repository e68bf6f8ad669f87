import { fc } from '../property.ts'
import { describe, expect, test } from 'vitest'
import { faultInJson, placeInJson } from '../../src/evaluate/json-place.ts'

const TEXT = '{\n "a": [1, {"b": "x", "c": {"d~/": null}}], "e": {}, "f": []}\n'

function textAt(path: readonly string[]): string | undefined {
  const place = placeInJson(TEXT, path)
  return place && TEXT.slice(place.start, place.end)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('a place in a JSON text', () => {
  test.each([
    [[], '{'],
    [['a'], '"a"'],
    [['a', '0'], '1'],
    [['a', '1'], '{'],
    [['a', '1', 'c', 'd~/'], '"d~/"'],
    [['f'], '"f"'],
    [['g'], undefined],
    [['a', '2'], undefined],
  ])('%j', (path, text) => {
    expect(textAt(path)).toBe(text)
  })

  test('is found however deep it lies', () => {
    const depth = 100_000
    const deep = `${'['.repeat(depth)}7${']'.repeat(depth)}`
    expect(
      placeInJson(
        deep,
        Array.from({ length: depth }, () => '0'),
      ),
    ).toEqual({ start: depth, end: depth + 1 })
  })
})

describe('the first fault in a JSON text', () => {
  test.each([
    ['', 0],
    ['{', 1],
    ['{"a":1,}', 7],
    ['[1 2]', 3],
    ['{"a":tru}', 5],
    ["{'a':1}", 1],
    ['[1]x', 3],
    ['01', 0],
    ['{]', 1],
  ])('in %j', (text, start) => {
    expect(faultInJson(text)).toMatchObject({ start })
  })

  const token = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '1',
    '-0.5e3',
    'true',
    'nul',
    '"\\u12',
    ' ',
    '01',
    '"\\x"',
  )

  test('is there exactly if the text is none', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.array(token, { maxLength: 12 }).map((bits) => bits.join('')),
        ),
        (text) => {
          expect({ text, isFaulty: faultInJson(text) !== undefined }).toEqual({
            text,
            isFaulty: !isJson(text),
          })
        },
      ),
      { numRuns: 2000 },
    )
  })
})
