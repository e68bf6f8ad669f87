import { fc } from '../property.ts'
import { describe, expect, test } from 'vitest'
import { explainJsonMistake } from '../../src/contract-test/json-mistake.ts'
import { jsonText, jsonTree, mergePatch } from '../../src/contract-test/json-text.ts'

const patched = (target: string, patch: string) => jsonText(mergePatch(jsonTree(target), jsonTree(patch)))

/** RFC 7386, appendix A: original, patch, result. */
const RFC_7386 = [
  ['{"a":"b"}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'],
  ['{"a":"b"}', '{"a":null}', '{}'],
  ['{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'],
  ['{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'],
  ['{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'],
  ['{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'],
  ['["a","b"]', '["c","d"]', '["c","d"]'],
  ['{"a":"b"}', '["c"]', '["c"]'],
  ['{"a":"foo"}', 'null', 'null'],
  ['{"a":"foo"}', '"bar"', '"bar"'],
  ['{"e":null}', '{"a":1}', '{"e":null,"a":1}'],
  ['[1,2]', '{"a":"b","c":null}', '{"a":"b"}'],
  ['{}', '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'],
] as const

describe('a merge patch', () => {
  test.each(RFC_7386)('of %s with %s gives %s', (target, patch, result) => {
    expect(patched(target, patch)).toBe(result)
  })

  test('leaves the base as it was, for other cases use it too', () => {
    const base = jsonTree('{"a":{"b":1}}')
    mergePatch(base, jsonTree('{"a":{"b":null,"c":2}}'))
    expect(jsonText(base)).toBe('{"a":{"b":1}}')
  })

  test('takes a key that names a prototype for a key', () => {
    expect(patched('{"a":1}', '{"__proto__":{"b":2}}')).toBe('{"a":1,"__proto__":{"b":2}}')
    expect(({} as Record<string, unknown>)['b']).toBeUndefined()
  })
})

describe('JSON through a tree', () => {
  test.each(['9007199254740993', '1e400', '-0', '0.10', '1E+2', '"\\ud800"', '{"a":1,"digits":"x"}'])(
    '%s stays as it is written',
    (text) => expect(jsonText(jsonTree(text))).toBe(text),
  )

  test('means the same, whatever it is', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(jsonText(jsonTree(text)))).toEqual(JSON.parse(text))
      }),
    )
  })
})

describe('what is wrong with a file that is no JSON', () => {
  test.each([
    ['', 'a.json is empty'],
    [' \n', 'a.json is empty'],
    ['{"a": }', 'a.json:1:7 is not valid JSON: "}" can not stand here'],
    ['{\n  "a": 1,\n}', 'a.json:3:1 is not valid JSON: "}" can not stand here'],
    ['{}\n{}', 'a.json:2:1 is not valid JSON: "{" can not stand here'],
    ['{"a"\n', 'a.json:1:5 is not valid JSON: '],
    ["{'a': 1}", 'a.json:1:2 is not valid JSON: '],
    ['// ad\n{}', 'a.json:1:1 is not valid JSON: '],
    ['NaN', 'a.json:1:1 is not valid JSON: '],
  ])('%j', (text, expected) => expect(explainJsonMistake('a.json', text)).toContain(expected))

  test('is told of any text, at a place in it', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const line = /^a\.json:(\d+):\d+ /.exec(explainJsonMistake('a.json', text))?.[1] ?? '1'
        expect(Number(line)).toBeLessThanOrEqual(text.split('\n').length)
      }),
    )
  })
})
