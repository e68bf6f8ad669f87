import { describe, expect, test } from 'vitest'
import type { Numbers } from '../../src/model/contract.ts'
import { avro, decoder, framed } from './corpus.ts'

function decode(schema: unknown, bytes: readonly (number | Uint8Array)[], numbers: Numbers = 'safe') {
  return decoder(avro(schema), 'auto', numbers).decode(framed(...bytes))
}

function valueOf(
  schema: unknown,
  bytes: readonly (number | Uint8Array)[],
  numbers: Numbers = 'safe',
): unknown {
  const decoded = decode(schema, bytes, numbers)
  return decoded.kind === 'event' ? decoded.value : decoded
}

function reasonOf(schema: unknown, ...bytes: readonly (number | Uint8Array)[]): string {
  const decoded = decode(schema, bytes)
  return decoded.kind === 'undecodable' ? decoded.reason : decoded.kind
}

const record = (...fields: unknown[]) => ({ type: 'record', name: 'R', fields })
const NODE = record({ name: 'next', type: ['null', 'R'] })
const logical = (type: string, logicalType: string) => ({ type, logicalType })
/** Zigzag of a 64-bit integer as Avro writes it. */
function long(value: bigint): Buffer {
  const bytes = []
  let rest = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n))
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80)
  return Buffer.from([...bytes, Number(rest)])
}

describe('values', () => {
  test('records and maps have no prototype, whatever their names', () => {
    const value = valueOf(
      record(
        { name: 'constructor', type: 'int' },
        { name: 'toString', type: { type: 'map', values: 'int' } },
      ),
      [2, 2, 14, Buffer.from('valueOf'), 4, 0],
    ) as Record<string, object>
    expect(value).toEqual({ constructor: 1, toString: { valueOf: 2 } })
    expect(Object.getPrototypeOf(value)).toBeNull()
    expect(Object.getPrototypeOf(value.toString)).toBeNull()
  })

  test.each([
    [0n, 0],
    [-1n, -1],
    [2n ** 31n, 2 ** 31],
    [-(2n ** 52n), -(2 ** 52)],
    [2n ** 53n - 1n, Number.MAX_SAFE_INTEGER],
    [-(2n ** 53n - 1n), Number.MIN_SAFE_INTEGER],
  ])('the long %s is exact', (written, value) => {
    expect(decode('long', [long(written)])).toMatchObject({ value, roundedNumbers: 0 })
    expect(valueOf('long', [long(written)], 'exact')).toBe(value)
    expect(valueOf('long', [long(written)], 'string')).toBe(String(written))
  })

  test.each([2n ** 53n + 1n, -(2n ** 53n) - 1n, 2n ** 63n - 1n, -(2n ** 63n)])(
    'the long %s is rounded, or text',
    (written) => {
      expect(decode('long', [long(written)])).toMatchObject({ value: Number(written), roundedNumbers: 1 })
      expect(valueOf('long', [long(written)], 'exact')).toBe(String(written))
    },
  )

  test.each([
    [{ ...logical('bytes', 'decimal'), precision: 4, scale: 2 }, [4, 0x04, 0xd2], 12.34, '12.34'],
    [{ ...logical('bytes', 'decimal'), precision: 4, scale: 2 }, [2, 0xff], -0.01, '-0.01'],
    [{ ...logical('bytes', 'decimal'), precision: 4, scale: 2 }, [0], 0, '0.00'],
    [{ ...logical('bytes', 'decimal'), precision: 4, scale: 0 }, [2, 0x80], -128, '-128'],
    [{ ...logical('bytes', 'decimal'), precision: 2, scale: 3 }, [2, 1], 'AQ==', 'AQ=='],
    [{ type: 'fixed', name: 'F', size: 1, logicalType: 'decimal', precision: 2, scale: 1 }, [5], 0.5, '0.5'],
    [logical('int', 'date'), [1], '1969-12-31', '1969-12-31'],
    [logical('int', 'time-millis'), [2], '00:00:00.001', '00:00:00.001'],
    [
      logical('long', 'timestamp-nanos'),
      [1],
      '1969-12-31T23:59:59.999999999Z',
      '1969-12-31T23:59:59.999999999Z',
    ],
    [
      logical('long', 'local-timestamp-micros'),
      [2],
      '1970-01-01T00:00:00.000001',
      '1970-01-01T00:00:00.000001',
    ],
    [
      logical('long', 'timestamp-millis'),
      [long(8_640_000_000_000_001n)],
      8_640_000_000_000_001,
      '8640000000000001',
    ],
    [logical('int', 'time-millis'), [1], -1, '-1'],
    [logical('string', 'uuid'), [2, 0x61], 'a', 'a'],
    [logical('int', 'made-up'), [2], 1, 1],
    [
      { type: 'fixed', name: 'D', size: 12, logicalType: 'duration' },
      [Buffer.from([1, 0, 0, 0, 2, 0, 0, 0, 0xdc, 5, 0, 0])],
      'P1M2DT1.5S',
      'P1M2DT1.5S',
    ],
    [
      { type: 'fixed', name: 'U', size: 16, logicalType: 'uuid' },
      [Buffer.from('6ba7b8109dad11d180b400c04fd430c8', 'hex')],
      '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
      '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
    ],
  ])('%j', (schema, bytes, value, text) => {
    expect(valueOf(schema, bytes)).toBe(value)
    expect(valueOf(schema, bytes, 'string')).toBe(text)
  })

  test('blocks with their size, several blocks, and none', () => {
    expect(valueOf({ type: 'array', items: 'int' }, [3, 4, 2, 4, 2, 6, 0])).toEqual([1, 2, 3])
    expect(valueOf({ type: 'array', items: 'int' }, [0])).toEqual([])
  })

  test('NaN and what lies beyond numbers are numbers still', () => {
    expect(valueOf('double', [Buffer.from([0, 0, 0, 0, 0, 0, 0xf8, 0x7f])])).toBeNaN()
    expect(valueOf('float', [Buffer.from([0, 0, 0x80, 0xff])])).toBe(-Infinity)
  })

  test('names: namespaces, references, and the null namespace', () => {
    const schema = {
      type: 'record',
      name: 'a.b.R',
      fields: [
        { name: 'x', type: 'Other' },
        { name: 'y', type: 'a.b.Other' },
      ],
    }
    const other = { type: 'enum', name: 'Other', namespace: 'a.b', symbols: ['A', 'B'] }
    expect(decoder(avro(schema, other)).decode(framed(0, 2))).toMatchObject({ value: { x: 'A', y: 'B' } })
  })
})

describe('bytes that are no value of the schema', () => {
  test.each([
    ['nothing at all', 'int', [], 'truncated'],
    ['a text that is longer than the record', 'string', [8, 0x61], 'truncated'],
    ['a number without an end', 'long', [0x80, 0x80], 'truncated'],
    ['a number of more than 64 bits', 'long', Array(10).fill(0xff), 'bad_frame'],
    ['an int of more than 32 bits', 'int', [long(2n ** 31n)], 'bad_frame'],
    ['trailing bytes', 'int', [2, 2], 'bad_frame'],
    ['a length below zero', 'string', [1], 'bad_frame'],
    ['a branch that is not there', ['null', 'int'], [4], 'bad_frame'],
    ['a symbol that is not there', { type: 'enum', name: 'E', symbols: ['A'] }, [2], 'bad_frame'],
    ['a boolean of 2', 'boolean', [2], 'bad_frame'],
    ['a text that is not UTF-8', 'string', [4, 0xc3, 0x28], 'bad_encoding'],
    [
      'a key __proto__',
      { type: 'map', values: 'int' },
      [2, 18, Buffer.from('__proto__'), 2, 0],
      'unsafe_keys',
    ],
    ['the same key twice', { type: 'map', values: 'int' }, [4, 2, 0x61, 2, 2, 0x61, 2, 0], 'unsafe_keys'],
    ['a field __proto__', record({ name: '__proto__', type: 'int' }), [2], 'unsafe_keys'],
    ['a list 200 deep', NODE, [Buffer.alloc(200, 2), 0], 'too_deep'],
    ['a billion nulls', { type: 'array', items: 'null' }, [long(1_000_000_000n), 0], 'oversized'],
    ['2^62 nulls', { type: 'array', items: 'null' }, [long(2n ** 62n), 0], 'oversized'],
    [
      'a million texts that are not there',
      { type: 'array', items: 'string' },
      [long(1_000_000n)],
      'oversized',
    ],
    [
      'a decimal of a megabyte',
      { ...logical('bytes', 'decimal'), precision: 9 },
      [long(1_000_000n), Buffer.alloc(1_000_000, 1)],
      'oversized',
    ],
  ])('%s', (_, schema, bytes, reason) => {
    expect(reasonOf(schema, ...(bytes as number[]))).toBe(reason)
  })

  test('a record of nothing that holds itself', () => {
    expect(reasonOf(record({ name: 'self', type: 'R' }))).toBe('too_deep')
  })

  test('ten records of ten records of … of nothing: 10^9 values in no byte', () => {
    let schema: unknown = 'null'
    for (let level = 0; level < 9; level++) {
      const fields = Array.from({ length: 10 }, (_, index) => ({
        name: `f${index}`,
        type: index === 0 ? schema : `L${level}`,
      }))
      schema =
        level === 0
          ? { type: 'record', name: 'L1', fields: [{ name: 'n', type: 'null' }] }
          : { type: 'record', name: `L${level + 1}`, fields }
    }
    expect(reasonOf(schema)).toBe('oversized')
  })
})

describe('schemas that can’t be used', () => {
  test.each([
    ['no JSON', '{"type": "rec'],
    ['a number', '7'],
    ['an unknown type', '"shop.Missing"'],
    ['an unknown type inside', '{"type":"array","items":"Missing"}'],
    ['no fields', '{"type":"record","name":"R"}'],
    ['no name', '{"type":"record","fields":[]}'],
    [
      'a field twice',
      '{"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"a","type":"int"}]}',
    ],
    ['a type twice', '[{"type":"fixed","name":"F","size":1},{"type":"fixed","name":"F","size":2}]'],
    ['a fixed type below zero', '{"type":"fixed","name":"F","size":-1}'],
    ['an empty union', '[]'],
    ['an enum without symbols', '{"type":"enum","name":"E"}'],
    ['nesting without end', `${'{"type":"array","items":'.repeat(5000)}"int"${'}'.repeat(5000)}`],
  ])('%s', (_, text) => {
    const decoded = decoder({ 1: { kind: 'avro', text, references: [] } }).decode(framed(0))
    expect(decoded).toMatchObject({ kind: 'undecodable', reason: 'schema_unknown' })
    expect(decoded.kind === 'undecodable' && decoded.detail).toMatch(/^its schema 1 [a-z ]+/)
  })

  test('two megabytes are read in time', () => {
    const fields = Array.from({ length: 30_000 }, (_, index) => ({
      name: `field_${index}`,
      type: ['null', 'string'],
      doc: 'd'.repeat(20),
    }))
    const schemas = avro(record(...fields))
    expect(schemas[1]?.text.length).toBeGreaterThan(2_000_000)
    const startMs = performance.now()
    expect(decoder(schemas).decode(framed(Buffer.alloc(30_000)))).toMatchObject({ kind: 'event' })
    expect(performance.now() - startMs).toBeLessThan(3000)
  })

  test('a chain of 20,000 records, each of which holds the one before', () => {
    const chain: unknown[] = [{ type: 'record', name: 'R0', fields: [] }]
    for (let index = 1; index < 20_000; index++) {
      chain.push({ type: 'record', name: `R${index}`, fields: [{ name: 'x', type: `R${index - 1}` }] })
    }
    expect(reasonOf(chain, long(19_999n))).toBe('too_deep')
    expect(reasonOf(chain, long(3n))).toBe('event')
  })
})
