import { expect, test } from 'vitest'
import { decompressBounded } from '../../../../src/adapters/kafka/codecs/bounded.ts'
import { snappy } from '../../../../src/adapters/kafka/codecs/snappy.ts'
import { faultOf } from './fault-of.ts'
import { ADS, SNAPPY_RAW } from './reference-frames.ts'

const decompress = (bytes: Buffer) => decompressBounded(snappy, bytes, 10_000)

test('one raw block, as librdkafka writes it', () => {
  expect(decompress(Buffer.from(SNAPPY_RAW, 'base64')).equals(ADS.subarray(0, 8000))).toBe(true)
})

test('two framed streams, one after the other', () => {
  const streams = Buffer.concat([
    snappy.compress(Buffer.from('first,')),
    snappy.compress(Buffer.from('second')),
  ])
  expect(decompress(streams).toString()).toBe('first,second')
})

test('every kind of element', () => {
  const literal = [0x08, 0x61, 0x62, 0x63] // "abc"
  const copies = [
    [0x05, 0x03], // "abcab": 5 bytes from 3 back, offset in one byte
    [0x0e, 0x04, 0x00], // "bcab": 4 bytes from 4 back, offset in two bytes
    [0x0b, 0x01, 0x00, 0x00, 0x00], // "bbb": 3 bytes from 1 back, offset in four bytes
  ]
  expect(decompress(Buffer.from([15, ...literal, ...copies.flat()])).toString()).toBe('abcabcabbcabbbb')
})

test.each([
  ['a block that holds less than it announces', [0x05, 0x00, 0x61], 'announces 5 bytes and holds 1'],
  ['a block that holds more than it announces', [0x01, 0x04, 0x61, 0x62], 'announces 1 bytes and holds 2'],
  ['a copy from before the start', [0x05, 0x00, 0x61, 0x01, 0x02], 'a copy from 2 bytes back'],
  ['a copy from nowhere', [0x05, 0x00, 0x61, 0x01, 0x00], 'a copy from 0 bytes back'],
  ['a literal that is cut off', [0x05, 0x10, 0x61], 'cut off at byte 2'],
  ['a length without an end', [0xff, 0xff, 0xff, 0xff, 0xff], 'a length of more than five bytes'],
])('%s is damage', (_what, bytes, reason) => {
  expect(faultOf(() => decompress(Buffer.from(bytes))).message).toContain(reason)
})

test('a block that announces four gigabytes is refused before any memory is taken', () => {
  const fault = faultOf(() => decompress(Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f, 0x00, 0x61])))
  expect(fault.code).toBe('COMPRESSED_BATCH_TOO_LARGE')
})

test('a block can not reach into the one before it', () => {
  const first = snappy.compress(Buffer.from('first,'))
  const reachingBack = Buffer.from([0, 0, 0, 3, 0x04, 0x01, 0x06])
  expect(faultOf(() => decompress(Buffer.concat([first, reachingBack]))).message).toContain(
    'before the start',
  )
})
