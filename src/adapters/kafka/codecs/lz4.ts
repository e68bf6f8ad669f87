import { ByteOutput } from './byte-output.ts'
import { ByteReader } from './byte-reader.ts'
import type { Codec } from './codec.ts'
import { decodeLz4Block, encodeLz4Block } from './lz4-block.ts'
import { readLz4Header, LZ4_HEADER, STORED_BLOCK } from './lz4-header.ts'
import type { Lz4Header } from './lz4-header.ts'
import { xxhash32 } from './xxhash32.ts'

/** The block size that `LZ4_HEADER` announces. */
const BLOCK_BYTES = 64 * 1024

/**
 * The LZ4 frame format (lz4_Frame_format.md) as Kafka uses it since record format v2. All clients' frames are read: independent and dependent
 * blocks, stored blocks, all checksums (verified), content size. What is written is what the Java client writes.
 */
export const lz4: Codec = {
  name: 'lz4',

  compress(bytes) {
    const parts = [LZ4_HEADER]
    for (let start = 0; start < bytes.length; start += BLOCK_BYTES) {
      parts.push(...encodeBlock(bytes.subarray(start, start + BLOCK_BYTES)))
    }
    parts.push(uint32LE(0))
    return Buffer.concat(parts)
  },

  decompress(bytes, maxBytes) {
    const reader = new ByteReader(bytes)
    const header = readLz4Header(reader)
    const output = new ByteOutput(bytes.length * 4, maxBytes)
    while (decodeBlock(reader, header, output));
    checkContent(reader, header, output.since(0))
    return output.since(0)
  },
}

function encodeBlock(block: Buffer): Buffer[] {
  const encoded = encodeLz4Block(block)
  if (encoded.length < block.length) return [uint32LE(encoded.length), encoded]
  return [uint32LE((block.length | STORED_BLOCK) >>> 0), block]
}

function uint32LE(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

/** Decodes the next block; false at the end mark. */
function decodeBlock(reader: ByteReader, header: Lz4Header, output: ByteOutput): boolean {
  const size = reader.uint32LE()
  if (size === 0) return false
  const block = reader.take(size & ~STORED_BLOCK)
  if (header.hasBlockChecksums) checkSum(reader, block, 'block')
  const start = output.length
  if ((size & STORED_BLOCK) !== 0) output.append(block, 0, block.length)
  else decodeLz4Block(block, output, header.blocksAreIndependent ? start : 0)
  if (output.length - start > header.maxBlockBytes)
    throw new Error(`a block of more than ${header.maxBlockBytes} bytes`)
  return true
}

function checkContent(reader: ByteReader, header: Lz4Header, content: Buffer): void {
  if (header.contentBytes !== undefined && header.contentBytes !== content.length) {
    throw new Error(`the frame announces ${header.contentBytes} bytes and holds ${content.length}`)
  }
  if (header.hasContentChecksum) checkSum(reader, content, 'content')
}

function checkSum(reader: ByteReader, bytes: Buffer, what: string): void {
  if (reader.uint32LE() !== xxhash32(bytes)) throw new Error(`the checksum of the ${what} does not match`)
}
