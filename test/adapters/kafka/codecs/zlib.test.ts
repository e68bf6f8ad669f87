import { gzipSync, zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { decompressBounded } from '../../../../src/adapters/kafka/codecs/bounded.ts'
import { gzip, zstd } from '../../../../src/adapters/kafka/codecs/zlib.ts'
import { faultOf } from './fault-of.ts'

const parts = ['first,', 'second,', 'third'].map((text) => Buffer.from(text))
const whole = Buffer.concat(parts).toString()

test('several zstd frames in one batch are one text', () => {
  const frames = Buffer.concat(parts.map((part) => zstdCompressSync(part)))
  expect(decompressBounded(zstd, frames, 100).toString()).toBe(whole)
})

test('the limit counts all zstd frames together', () => {
  const frames = Buffer.concat(parts.map((part) => zstdCompressSync(part)))
  expect(decompressBounded(zstd, frames, whole.length).length).toBe(whole.length)
  for (let limit = 1; limit < whole.length; limit += 1) {
    expect(faultOf(() => decompressBounded(zstd, frames, limit)).code).toBe('COMPRESSED_BATCH_TOO_LARGE')
  }
})

test('bytes after a zstd frame that are no frame are damage', () => {
  const frame = Buffer.concat([zstdCompressSync(whole), Buffer.from('left over')])
  expect(faultOf(() => decompressBounded(zstd, frame, 100)).code).toBe('COMPRESSED_BATCH_DAMAGED')
})

test('a batch of very many empty zstd frames is refused', () => {
  const empty = zstdCompressSync(Buffer.alloc(0))
  const frames = Buffer.concat(Array.from({ length: 1001 }, () => empty))
  expect(faultOf(() => decompressBounded(zstd, frames, 100)).message).toContain('more than 1000 frames')
})

test('several gzip members in one batch are one text', () => {
  const members = Buffer.concat(parts.map((part) => gzipSync(part)))
  expect(decompressBounded(gzip, members, 100).toString()).toBe(whole)
})
