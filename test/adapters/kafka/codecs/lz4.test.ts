import { describe, expect, test } from 'vitest'
import { decompressBounded } from '../../../../src/adapters/kafka/codecs/bounded.ts'
import { lz4 } from '../../../../src/adapters/kafka/codecs/lz4.ts'
import { faultOf } from './fault-of.ts'
import { LZ4_FRAMES } from './reference-frames.ts'

const decompress = (frame: Buffer) => decompressBounded(lz4, frame, 1_000_000)

/** A frame of "abcd", stored, as the Java client would write it; `at` and `byte` damage it. */
function frameWith(at?: number, byte?: number): Buffer {
  const frame = lz4.compress(Buffer.from('abcd'))
  if (at !== undefined && byte !== undefined) frame[at] = byte
  return frame
}

describe('frames of the reference implementation', () => {
  test.each(Object.entries(LZ4_FRAMES))('%s', (_what, { frame, content }) => {
    expect(decompress(Buffer.from(frame, 'base64')).equals(content)).toBe(true)
  })

  test.each(Object.entries(LZ4_FRAMES))(
    '%s: a damaged checksum is noticed',
    (_what, { frame, checksumFromEnd }) => {
      const damaged = Buffer.from(frame, 'base64')
      const at = damaged.length - checksumFromEnd
      damaged[at] = (damaged[at] ?? 0) ^ 1
      expect(faultOf(() => decompress(damaged)).message).toMatch(
        /the checksum of the (block|content) does not match/,
      )
    },
  )
})

test('writes the header that the Java client writes', () => {
  expect(frameWith().subarray(0, 7).toString('hex')).toBe('04224d18604082')
})

test('bytes after the end mark are ignored, as the Java client ignores them', () => {
  expect(decompress(Buffer.concat([frameWith(), Buffer.from('rest')])).toString()).toBe('abcd')
})

test.each([
  ['another magic number', 0, 0x05, 'not an LZ4 frame'],
  ['another version', 4, 0xa0, 'an LZ4 frame of version 2'],
  ['a dictionary', 4, 0x61, 'needs a dictionary'],
  ['an unknown size of blocks', 5, 0x10, 'an unknown class 1 of block sizes'],
  ['a header with a wrong checksum', 6, 0x00, 'the checksum of the header does not match'],
  ['a block longer than the frame', 7, 0xff, 'cut off'],
])('refuses %s', (_what, at, byte, reason) => {
  expect(faultOf(() => decompress(frameWith(at, byte))).message).toContain(reason)
})

test.each([
  ['a copy from before the start', [0x10, 0x61, 0x02, 0x00], 'a copy from 2 bytes back'],
  ['a copy from nowhere', [0x10, 0x61, 0x00, 0x00], 'a copy from 0 bytes back'],
  ['a block that ends in a copy', [0x10, 0x61, 0x01, 0x00], 'cut off'],
  ['an endless length', [0xf0, 0xff, 0xff], 'cut off'],
])('a block with %s is damage', (_what, block, reason) => {
  const size = Buffer.from([block.length, 0, 0, 0])
  const frame = Buffer.concat([frameWith().subarray(0, 7), size, Buffer.from(block), Buffer.alloc(4)])
  expect(faultOf(() => decompress(frame)).message).toContain(reason)
})

test('an independent block can not reach into the one before it', () => {
  const dependent = Buffer.from(LZ4_FRAMES['dependent blocks, all checksums, content size'].frame, 'base64')
  const blocks = dependent.subarray(DEPENDENT_HEADER_BYTES)
  const frame = Buffer.concat([frameWith().subarray(0, 7), withoutChecksums(blocks)])
  expect(faultOf(() => decompress(frame)).message).toContain('before the start')
})

/** Magic number, two bytes of flags, eight of content size, a checksum. */
const DEPENDENT_HEADER_BYTES = 15

function withoutChecksums(blocks: Buffer): Buffer {
  const parts: Buffer[] = []
  let at = 0
  for (let size = blocks.readUInt32LE(at); size !== 0; size = blocks.readUInt32LE(at)) {
    parts.push(blocks.subarray(at, at + 4 + size))
    at += 4 + size + 4
  }
  return Buffer.concat([...parts, Buffer.alloc(4)])
}
