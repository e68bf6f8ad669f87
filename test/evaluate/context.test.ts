import { describe, expect, test } from 'vitest'
import { NOW_MS, recordOf, verdictOf } from './support.ts'

const bytes = (text: string) => Buffer.from(text, 'utf8')
const NOT_UTF8 = Uint8Array.from([0xff, 0xfe])

const RECORD = recordOf({
  key: bytes('clé-42'),
  headers: {
    traceparent: bytes('00-abc'),
    source: 'text',
    repeated: [bytes('a'), 'b'],
    broken: NOT_UTF8,
    partly: [bytes('a'), NOT_UTF8],
    absent: undefined,
    __proto__x: bytes('p'),
  },
})

describe('rules see the record’s', () => {
  test.each([
    ['key as text', '$key = "clé-42"'],
    ['topic', '$topic = "ads.ad-published.v1"'],
    ['partition', '$partition = 3'],
    ['offset', '$offset = 42'],
    ['timestamp in milliseconds', `$timestamp = ${NOW_MS - 1000}`],
    ['headers as text', '$headers.traceparent = "00-abc" and $headers.source = "text"'],
    ['repeated header as an array', '$count($headers.repeated) = 2 and $headers.repeated[1] = "b"'],
    ['undecodable header as no value', '$not($exists($headers.broken))'],
    ['repeated header with the text that can be read', '$headers.partly[0] = "a"'],
    ['absent header as no value', '$not($exists($headers.absent)) and $not($exists($headers.unknown))'],
    ['headers, without what every object inherits', '$not($exists($headers.constructor))'],
    ['values also inside of a path', 'ad.(price > 0 and $partition = 3)'],
  ])('%s', (_, assert) => {
    expect(verdictOf({ assert }, { ad: { price: 1 } }, RECORD)).toEqual({ kind: 'pass' })
  })

  test.each([
    ['no key', recordOf({ key: null })],
    ['a key that is no UTF-8', recordOf({ key: NOT_UTF8 })],
  ])('%s is no value', (_, record) => {
    expect(verdictOf({ assert: '$key = "x"', missing: 'skip' }, {}, record)).toMatchObject({
      kind: 'fail',
      reason: 'false',
    })
    expect(verdictOf({ assert: '$not($exists($key))' }, {}, record)).toEqual({ kind: 'pass' })
  })

  test('an empty key is empty text', () => {
    expect(verdictOf({ assert: '$key = ""' }, {}, recordOf({ key: bytes('') }))).toEqual({ kind: 'pass' })
  })

  test('a key that is a part of a larger buffer is cut right', () => {
    const key = new Uint8Array(bytes('--key--')).subarray(2, 5)
    expect(verdictOf({ assert: '$key = "key"' }, {}, recordOf({ key }))).toEqual({ kind: 'pass' })
  })
})

test('time stands still while an event is judged', () => {
  const assert = `$millis() = ${NOW_MS} and $now() = "${new Date(NOW_MS).toISOString()}"`
  expect(verdictOf({ assert }, {})).toEqual({ kind: 'pass' })
})

test('a header named __proto__ pollutes nothing', () => {
  const headers = JSON.parse('{"__proto__":"polluted"}') as Record<string, string>
  expect(verdictOf({ assert: '$not($exists($headers.polluted))' }, {}, recordOf({ headers }))).toEqual({
    kind: 'pass',
  })
  expect('polluted' in {}).toBe(false)
})
