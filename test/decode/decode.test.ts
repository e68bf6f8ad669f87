import { fc } from '../property.ts'
import { describe, expect, test } from 'vitest'
import { Decoder, DEFAULT_DECODE_LIMITS, NO_REGISTRY } from '../../src/decode/decode.ts'
import type { Format, Numbers } from '../../src/model/contract.ts'

const bytes = (text: string) => Buffer.from(text, 'utf8')
const judge = (value: Uint8Array | null, format: Format = 'auto') =>
  new Decoder({ format, numbers: 'safe', limits: DEFAULT_DECODE_LIMITS }, NO_REGISTRY).decode(value)
const reason = (value: Uint8Array, format: Format = 'auto') => {
  const decoded = judge(value, format)
  return decoded.kind === 'undecodable' ? decoded.reason : decoded.kind
}

describe('events', () => {
  test.each([
    ['an object', '{"a":{"b":[1,2]}}', { a: { b: [1, 2] } }],
    ['an array', '[{"a":1},{"a":2}]', [{ a: 1 }, { a: 2 }]],
    ['a number', '1', 1],
    ['null as JSON text', 'null', null],
    ['a string with a colon, a brace and an escaped quote', '{"a:{":"\\":{["}', { 'a:{': '":{[' }],
    ['a key that ends in a backslash', '{"a\\\\":1,"b":2}', { 'a\\': 1, b: 2 }],
    ['the same key in two objects', '[{"a":1},{"a":{"a":1}}]', [{ a: 1 }, { a: { a: 1 } }]],
    ['a key named constructor', '{"constructor":"Ferrari"}', { constructor: 'Ferrari' }],
  ])('%s', (_, text, value) => {
    expect(judge(bytes(text))).toMatchObject({ kind: 'event', value, roundedNumbers: 0, recognised: 'json' })
  })

  test('a byte order mark is not part of the text', () => {
    const withBom = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes('{"a":1}')])
    expect(judge(withBom)).toMatchObject({ kind: 'event', value: { a: 1 } })
    expect(judge(withBom, 'string')).toMatchObject({ kind: 'event', value: '{"a":1}' })
  })

  test('numbers beyond 2^53 are judged as doubles and counted', () => {
    expect(judge(bytes('{"id":9007199254740993,"n":[-9007199254740993,9007199254740991]}'))).toMatchObject({
      kind: 'event',
      value: { id: 9007199254740992, n: [-9007199254740992, 9007199254740991] },
      roundedNumbers: 2,
    })
  })

  test('the format string takes any UTF-8 text, JSON or not', () => {
    expect(judge(bytes('hé\u0000llo'), 'string')).toMatchObject({
      kind: 'event',
      value: 'hé\u0000llo',
      recognised: 'string',
    })
    expect(judge(bytes(''), 'string')).toMatchObject({ kind: 'event', value: '' })
  })

  test('a null value is a tombstone in every format', () => {
    for (const format of ['auto', 'json', 'string'] as const)
      expect(judge(null, format)).toEqual({ kind: 'tombstone' })
  })
})

const decodeAs = (numbers: Numbers, text: string) =>
  new Decoder({ format: 'json', numbers, limits: DEFAULT_DECODE_LIMITS }, NO_REGISTRY).decode(bytes(text))

describe('numbers that a double can’t hold, in JSON', () => {
  test.each([
    ['9007199254740993', '9007199254740993'],
    ['-9007199254740993', '-9007199254740993'],
    ['9007199254740992', 9007199254740992],
    ['0.1', 0.1],
    ['1.10', 1.1],
    ['100000000000000000000', 1e20],
    ['1E2', 100],
    ['1.5e-7', 1.5e-7],
    ['0.10000000000000000001', '0.10000000000000000001'],
    ['12345678901234.56789012345', '12345678901234.56789012345'],
    ['1e400', '1e400'],
    ['-0.0', -0],
    ['0e999', 0],
  ])('%s', (text, value) => {
    for (const numbers of ['exact', 'string'] as const) {
      expect(decodeAs(numbers, `{"deep":[{"n":${text}}]}`)).toMatchObject({
        value: { deep: [{ n: value }] },
        roundedNumbers: 0,
      })
    }
  })

  test('what is no number stays as it is, and what is unsafe is found all the same', () => {
    expect(decodeAs('exact', '{"a":"9007199254740993","b":"1e400"}')).toMatchObject({
      value: { a: '9007199254740993', b: '1e400' },
    })
    expect(decodeAs('exact', '{"__proto__":9007199254740993}')).toMatchObject({ reason: 'unsafe_keys' })
    expect(decodeAs('exact', '{"a":9007199254740993,"a":1}')).toMatchObject({ reason: 'unsafe_keys' })
    expect(decodeAs('exact', '['.repeat(5000) + '9007199254740993')).toMatchObject({ reason: 'too_deep' })
  })

  test('by default they are rounded, and counted', () => {
    expect(decodeAs('safe', '[9007199254740993]')).toMatchObject({ value: [2 ** 53], roundedNumbers: 1 })
  })
})

describe('undecodable records', () => {
  test.each([
    ['an empty value', bytes(''), 'not_json'],
    ['three bytes', bytes('abc'), 'not_json'],
    ['a NUL and two bytes: too short for a frame', Buffer.from([0, 1, 2]), 'not_json'],
    ['text', bytes('hello, world'), 'not_json'],
    ['JSON cut short', bytes('{"a":{"b":'), 'not_json'],
    ['JSON with something behind it', bytes('{"a":1}}'), 'not_json'],
    ['a frame', Buffer.from([0, 0, 0, 0, 42, 1, 2, 3]), 'schema_unknown'],
    ['a bad byte in the text', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 'bad_encoding'],
    ['UTF-16', Buffer.from('\ufeff{"a":1}', 'utf16le'), 'bad_encoding'],
    ['5 MB', Buffer.alloc(5_000_000, 0x31), 'oversized'],
    ['an array 10,000 deep', bytes('['.repeat(10_000) + ']'.repeat(10_000)), 'too_deep'],
    ['objects 101 deep', bytes('{"a":'.repeat(101) + '1' + '}'.repeat(101)), 'too_deep'],
    ['a million opening brackets', Buffer.alloc(1_000_000, 0x5b), 'too_deep'],
    ['a key twice', bytes('{"a":1,"b":2,"a":3}'), 'unsafe_keys'],
    ['a key twice, once escaped', bytes('{"a":1,"\\u0061":3}'), 'unsafe_keys'],
    ['a key twice, far down', bytes('[{"x":{"y":[{"a":1,"a":1}]}}]'), 'unsafe_keys'],
    ['a key __proto__', bytes('{"__proto__":{"admin":true}}'), 'unsafe_keys'],
    ['a key __proto__ in escapes', bytes('{"a":{"\\u005f_proto__":1}}'), 'unsafe_keys'],
  ])('%s', (_, value, expected) => {
    expect(reason(value)).toBe(expected)
  })

  test('100 levels are still an event', () => {
    expect(reason(bytes('['.repeat(100) + ']'.repeat(100)))).toBe('event')
  })

  test('the format json never takes a NUL for a frame', () => {
    expect(reason(Buffer.from([0, 0, 0, 0, 42, 1]), 'json')).toBe('not_json')
  })

  test('the detail never quotes the record', () => {
    expect(JSON.stringify(judge(bytes('{"email":"jane@example.org" oops')))).not.toContain('jane')
  })
})

describe('properties', () => {
  test('any JSON value without unsafe keys comes back unchanged', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
        const text = JSON.stringify(value)
        fc.pre(!text.includes('__proto__'))
        const decoded = judge(bytes(text))
        expect(decoded.kind === 'event' && decoded.value).toEqual(JSON.parse(text))
      }),
    )
  })

  test('random bytes never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (value) => {
        expect(['event', 'undecodable']).toContain(judge(value).kind)
      }),
    )
  })
})
