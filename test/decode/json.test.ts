import { fc } from '../property.ts'
import { describe, expect, test } from 'vitest'
import { decodeJson } from '../../src/decode/json.ts'
import { keysInText, keysInTextAtMost } from '../../src/decode/json-keys.ts'
import { referenceOf } from './reference-json.ts'

const MAX_DEPTH = 4

/**
 * Few keys, so that many come twice; most are hard to count: colons, quotes, blanks and escapes inside. None decodes to a
 * backslash alone: once V8 (13.6) has parsed such a key, it takes an escaped key in the same place, as "\\u0061", for a backslash too,
 * which is a fault of its own.
 */
const KEYS = ['a', 'b', '\\u0061', ':', ' :', '\\":', 'x\\\\\\":', 'é:', '__proto__', '\\u005f_proto__', '']
const NUMBERS = ['0', '-1.5', '9007199254740991', '9007199254740993', '-9007199254740993', '1e300', '1E2']

const blank = fc.constantFrom('', '', '', ' ', '\n', '\t \r')
const key = fc.constantFrom(...KEYS).map((text) => `"${text}"`)
const scalar = fc.oneof(key, fc.constantFrom(...NUMBERS, 'true', 'null'))

/** Texts that are mostly valid JSON and never look like what a serialiser would write. */
const { json } = fc.letrec<{ json: string; array: string; object: string; member: string }>((tie) => ({
  json: fc.oneof({ maxDepth: 7, depthIdentifier: 'json' }, scalar, tie('array'), tie('object')),
  array: fc
    .array(tie('json'), { maxLength: 4, depthIdentifier: 'json' })
    .map((items) => `[${items.join(',')}]`),
  object: fc
    .tuple(blank, fc.array(tie('member'), { maxLength: 5, depthIdentifier: 'json' }))
    .map(([space, members]) => `{${space}${members.join(`,${space}`)}}`),
  member: fc
    .tuple(key, blank, blank, tie('json'))
    .map(([name, before, after, value]) => `${name}${before}:${after}${value}${before}`),
}))

const cutShort = fc.tuple(json, fc.nat(200)).map(([text, length]) => text.slice(0, length))

function outcomeOf(text: string) {
  const decoded = decodeJson(Buffer.from(text), MAX_DEPTH)
  if (decoded.kind === 'event') return { outcome: 'event', roundedNumbers: decoded.roundedNumbers }
  return { outcome: decoded.kind === 'undecodable' ? decoded.reason : decoded.kind, roundedNumbers: 0 }
}

describe('the quick checks find what reading token by token finds', () => {
  test.each([
    ['whole texts', json],
    ['texts that were cut short', cutShort],
  ])('in %s', (_, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(outcomeOf(text)).toEqual(referenceOf(text, MAX_DEPTH))
      }),
      { numRuns: 5000 },
    )
  })

  test('with the same keys counted twice over: never fewer than there are', () => {
    fc.assert(
      fc.property(json, (text) => {
        const keys = keysInText(text, Number.POSITIVE_INFINITY)
        expect(keysInTextAtMost(text)).toBeGreaterThanOrEqual(keys)
        expect(keys).toBe(
          text.match(/"(?:[^"\\]|\\.)*"(\s*:)?/g)?.filter((part) => part.endsWith(':')).length ?? 0,
        )
      }),
      { numRuns: 5000 },
    )
  })
})

test.each([
  ['two keys, one colon in a value that begins with it', '{"a":":","a":1}', 'unsafe_keys'],
  ['no key twice, colons in values', '{"a":":b","b":"c \\": d","c":"http://x"}', 'event'],
  ['white space of all kinds before a colon', '{"a"\n:1,"b"\t:2,"c"\r:3,"d" :4}', 'event'],
  ['the same, with a key twice', '{"a"\n:1,"b"\t:2,"a"\r:3}', 'unsafe_keys'],
  ['too deep behind a key that comes once more', '{"a":[[[[1]]]],"a":1}', 'too_deep'],
  ['too deep and cut short', '[[[[[', 'too_deep'],
  ['deep enough and cut short', '[[[[', 'not_json'],
  ['the deepest that is allowed', '[[[[]]]]', 'event'],
  ['a key __proto__ that comes once more', '{"__proto__":1,"__proto__":2}', 'unsafe_keys'],
])('%s', (_, text, outcome) => {
  expect(outcomeOf(text).outcome).toBe(outcome)
  expect(referenceOf(text, MAX_DEPTH).outcome).toBe(outcome)
})

test('half a million levels neither overflow the stack nor take long', () => {
  const startMs = performance.now()
  expect(outcomeOf('['.repeat(500_000) + ']'.repeat(500_000)).outcome).toBe('too_deep')
  expect(outcomeOf(`${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}`).outcome).toBe('too_deep')
  expect(performance.now() - startMs).toBeLessThan(2000)
})
