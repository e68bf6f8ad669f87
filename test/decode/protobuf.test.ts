import { describe, expect, test } from 'vitest'
import type { Numbers } from '../../src/model/contract.ts'
import { decoder, framed, protobuf } from './corpus.ts'

type Bytes = readonly (number | Uint8Array)[]

function decode(text: string, bytes: Bytes, numbers: Numbers = 'safe') {
  return decoder(protobuf(text), 'auto', numbers).decode(framed(...bytes))
}

function valueOf(text: string, bytes: Bytes, numbers: Numbers = 'safe'): unknown {
  const decoded = decode(text, [0, ...bytes], numbers)
  return decoded.kind === 'event' ? decoded.value : decoded
}

const THREE = `syntax = "proto3"; package p; enum E { Z = 0; Y = 1; }
  message First { string a = 1; message Inner { int32 i = 1; message Deep { bool d = 1; } } enum F { Q = 0; } message Other { string o = 1; } }
  service S { rpc Call (First) returns (Second); }
  message Second { E e = 1; }
  message Third {}`

describe('which message', () => {
  test.each([
    ['none given: the first', [0], { a: '' }],
    ['[0]', [2, 0], { a: '' }],
    ['[1]', [2, 2, 8, 1], { e: 'Y' }],
    ['[2], of which nothing is left to read', [2, 4], {}],
    ['[0, 0]', [4, 0, 0, 8, 5], { i: 5 }],
    ['[0, 1], past an enum', [4, 0, 2, 10, 1, 0x78], { o: 'x' }],
    ['[0, 0, 0]', [6, 0, 0, 0, 8, 1], { d: true }],
  ])('%s', (_, bytes, value) => {
    expect(decode(THREE, bytes)).toMatchObject({ kind: 'event', value, recognised: 'protobuf' })
  })

  test.each([
    ['an index past the last', [2, 6], 'bad_frame'],
    ['an index below zero', [2, 1], 'bad_frame'],
    ['a nested message that is not there', [4, 2, 0], 'bad_frame'],
    ['more indexes than bytes', [10, 0], 'truncated'],
    ['a million indexes', [0x80, 0x89, 0x7a], 'bad_frame'],
    ['no index at all', [], 'truncated'],
  ])('%s', (_, bytes, reason) => {
    expect(decode(THREE, bytes)).toMatchObject({ kind: 'undecodable', reason })
  })
})

describe('values', () => {
  const scalars = `syntax = "proto3"; message M { int32 i = 1; int64 l = 2; uint64 u = 3; sint64 s = 4; uint32 n = 5; repeated int32 p = 6;
    repeated string t = 7; map<int32, M> m = 8; optional int64 o = 9; bytes b = 10; double d = 11; map<string, int64> c = 12; }`

  test('what is not written has its default, but for what may be absent', () => {
    expect(valueOf(scalars, [])).toEqual({
      i: 0,
      l: 0,
      u: 0,
      s: 0,
      n: 0,
      p: [],
      t: [],
      m: {},
      b: '',
      d: 0,
      c: {},
    })
    expect(valueOf(scalars, [], 'string')).toMatchObject({ l: '0', i: 0 })
  })

  test('negative numbers take ten bytes', () => {
    const minusOne = Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1])
    expect(valueOf(scalars, [8, minusOne, 16, minusOne, 32, 1])).toMatchObject({ i: -1, l: -1, s: -1 })
    expect(valueOf(scalars, [24, minusOne], 'exact')).toMatchObject({ u: '18446744073709551615' })
    expect(decode(scalars, [0, 24, minusOne])).toMatchObject({ roundedNumbers: 1 })
  })

  test('numbers packed and one by one', () => {
    expect(valueOf(scalars, [50, 2, 1, 2, 48, 3])).toMatchObject({ p: [1, 2, 3] })
  })

  test('maps: entries without key or value, of messages, the last of a key', () => {
    expect(valueOf(scalars, [66, 0])).toMatchObject({ m: { 0: { i: 0 } } })
    expect(valueOf(scalars, [98, 3, 10, 1, 0x61, 98, 5, 10, 1, 0x61, 16, 7])).toMatchObject({ c: { a: 7 } })
  })

  test('fields that the schema does not know, of every layout', () => {
    const unknown = [
      0xa0,
      6,
      1,
      0xa1,
      6,
      Buffer.alloc(8),
      0xa2,
      6,
      2,
      9,
      9,
      0xa5,
      6,
      Buffer.alloc(4),
      0xa3,
      6,
      8,
      1,
      0xa4,
      6,
    ]
    expect(valueOf(scalars, [8, 3, ...unknown])).toMatchObject({ i: 3 })
  })

  test('proto2: presence, groups, enums of which the schema knows no name', () => {
    const text = `message M { optional int32 a = 1; required int32 b = 2; optional group G = 3 { optional int32 z = 1; } optional E e = 4; enum E { X = 1; } }`
    expect(valueOf(text, [16, 0, 27, 8, 5, 28, 32, 7])).toEqual({ b: 0, g: { z: 5 }, e: 7 })
  })

  test('editions: presence by file, message and field', () => {
    const text = `edition = "2023"; option features.field_presence = IMPLICIT; message M { int32 a = 1; int32 b = 2 [features.field_presence = EXPLICIT]; }`
    expect(valueOf(text, [])).toEqual({ a: 0 })
  })

  test.each([
    ['google.protobuf.Timestamp', [8, 1], '1970-01-01T00:00:01Z'],
    ['google.protobuf.Timestamp', [16, 0xc0, 0x84, 0x3d], '1970-01-01T00:00:00.001Z'],
    ['google.protobuf.Duration', [8, 3], '3s'],
    ['google.protobuf.Int64Value', [8, 3], 3],
    ['google.protobuf.BoolValue', [], false],
    ['google.protobuf.Value', [], null],
    ['google.protobuf.Empty', [], {}],
    ['google.protobuf.Any', [10, 1, 0x78, 18, 1, 0], { type_url: 'x', value: 'AA==' }],
    ['google.type.Date', [8, 0xea, 15, 16, 2, 24, 3], '2026-02-03'],
    ['google.type.Date', [8, 0xea, 15], { year: 2026, month: 0, day: 0 }],
    ['google.type.TimeOfDay', [8, 23, 16, 59], '23:59:00.000000000'],
    ['google.type.Decimal', [10, 3, 0x31, 0x2e, 0x35], 1.5],
    ['confluent.type.Decimal', [10, 2, 4, 0xd2, 24, 2], 12.34],
  ])('%s %j', (type, bytes, value) => {
    const text = `syntax = "proto3"; import "x.proto"; message M { ${type} v = 1; }`
    expect(valueOf(text, [10, bytes.length, ...bytes])).toEqual({ v: value })
  })

  test('names in messages and packages around, through references', () => {
    const text =
      'syntax = "proto3"; package a.b; import "c.proto"; message M { message N { c.T t = 1; .a.c.T u = 2; } N n = 1; }'
    const references = [
      { name: 'c.proto', text: 'syntax = "proto3"; package a.c; message T { int32 x = 1; }' },
    ]
    const frame = framed(0, 10, 4, 10, 2, 8, 5)
    expect(decoder(protobuf(text, references)).decode(frame)).toMatchObject({ value: { n: { t: { x: 5 } } } })
  })
})

describe('bytes that are no message', () => {
  const text =
    'syntax = "proto3"; message M { int32 a = 1; string s = 2; M m = 3; map<string, int32> c = 4; }'
  test.each([
    ['a number laid out as text', [0, 10, 1, 1], 'bad_frame'],
    ['field number 0', [0, 0, 1], 'bad_frame'],
    ['a layout that does not exist', [0, 0xa7, 6], 'bad_frame'],
    ['a group that ends without having begun', [0, 0xa4, 6], 'bad_frame'],
    ['a text that is longer than the record', [0, 18, 9, 0x61], 'truncated'],
    ['a message that is longer than the one around it', [0, 26, 2, 26, 5, 8, 1, 8, 1, 8], 'truncated'],
    ['a text that is not UTF-8', [0, 18, 1, 0xff], 'bad_encoding'],
    ['messages 200 deep', [0, ...Array.from({ length: 200 }, (_, at) => deep(199 - at)).flat()], 'too_deep'],
    ['groups 5000 deep', [0, Buffer.alloc(5000, 0x2b)], 'too_deep'],
    ['a key __proto__', [0, 34, 13, 10, 9, Buffer.from('__proto__'), 16, 1], 'unsafe_keys'],
  ] as const)('%s', (_, bytes, reason) => {
    expect(decode(text, bytes)).toMatchObject({ kind: 'undecodable', reason })
  })

  test('a required field is not there', () => {
    expect(decode('message M { required int32 a = 1; }', [0])).toMatchObject({ reason: 'bad_frame' })
  })
})

/** Tag and length of a message that holds as many others inside one another. */
function deep(levels: number): number[] {
  let length = 0
  for (let level = 0; level < levels; level++) length += length < 128 ? 2 : 3
  return length < 128 ? [26, length] : [26, (length & 0x7f) | 0x80, length >> 7]
}

describe('schemas that can’t be used', () => {
  test.each([
    ['no Protobuf', 'this is no schema'],
    ['cut short', 'syntax = "proto3"; message M {'],
    ['a type that is not there', 'syntax = "proto3"; message M { Missing m = 1; }'],
    ['a name __proto__', 'syntax = "proto3"; message M { int32 __proto__ = 1; }'],
    ['base64 that is no descriptor', 'AAAA'],
    ['nesting without end', `syntax = "proto3"; ${'message M {'.repeat(5000)}${'}'.repeat(5000)}`],
    ['a key of a map that can be none', 'syntax = "proto3"; message M { map<M, int32> m = 1; }'],
  ])('%s', (_, text) => {
    expect(decode(text, [0])).toMatchObject({ kind: 'undecodable', reason: 'schema_unknown' })
  })

  test.each([
    ['60,000 fields', '', 60_000, 'undecodable'],
    [
      '60,000 fields behind comments and texts with brackets',
      '// {\n/* } { */ option a = "}\\"{"; ',
      60_000,
      'undecodable',
    ],
    ['2,000 fields', '', 2_000, 'event'],
  ])('a message of %s', (_, before, count, kind) => {
    const fields = Array.from({ length: count }, (__, index) => `string field_${index} = ${index + 1};`).join(
      '\n',
    )
    const startMs = performance.now()
    expect(decode(`syntax = "proto3"; ${before}message M {${fields}}`, [0])).toMatchObject({ kind })
    expect(performance.now() - startMs).toBeLessThan(5000)
  })

  test('options leave no trace on prototypes', () => {
    decode(
      'syntax = "proto3"; option constructor.prototype.polluted = "yes"; message M { int32 a = 1 [prototype.polluted = 1]; }',
      [0],
    )
    expect('polluted' in {}).toBe(false)
  })

  test('no text of a schema becomes code', () => {
    const text =
      'syntax = "proto3"; message constructor { string prototype = 1; int32 return = 2; repeated toString toString = 3; } message toString {}'
    expect(decode(text, [0])).toMatchObject({ value: { prototype: '', return: 0, toString: [] } })
  })
})
