import { ByteOutput } from './byte-output.ts'
import { ByteReader } from './byte-reader.ts'
import type { Codec } from './codec.ts'
import { decodeSnappyBlock, encodeSnappyBlock } from './snappy-block.ts'

/** Start of the framing that snappy-java (xerial) puts around blocks, with its version and the oldest version that can read it. */
const XERIAL_MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00])
const XERIAL_HEADER = Buffer.concat([XERIAL_MAGIC, Buffer.from([0, 0, 0, 1, 0, 0, 0, 1])])

/** snappy-java writes blocks of this size. */
const BLOCK_BYTES = 32 * 1024

/**
 * Snappy as Kafka uses it: the Java client writes xerial's framing, librdkafka one raw block; both are read, the Java client's is written.
 * Our own decoder, because snappyjs neither notices a cut-off block (it fills up with zeros) nor bounds what a block announces.
 */
export const snappy: Codec = {
  name: 'snappy',

  compress(bytes) {
    const parts: Buffer[] = [XERIAL_HEADER]
    for (let start = 0; start < bytes.length; start += BLOCK_BYTES) {
      const block = encodeSnappyBlock(bytes.subarray(start, start + BLOCK_BYTES))
      const size = Buffer.alloc(4)
      size.writeUInt32BE(block.length)
      parts.push(size, block)
    }
    return Buffer.concat(parts)
  },

  decompress(bytes, maxBytes) {
    return startsFrame(bytes) ? decodeFrames(bytes, maxBytes) : decodeRaw(bytes, maxBytes)
  },
}

function startsFrame(bytes: Buffer): boolean {
  return bytes.subarray(0, XERIAL_MAGIC.length).equals(XERIAL_MAGIC)
}

function decodeRaw(bytes: Buffer, maxBytes: number): Buffer {
  const output = new ByteOutput(bytes.length * 4, maxBytes)
  decodeSnappyBlock(bytes, output, maxBytes)
  return output.since(0)
}

/** Streams of snappy-java may be put one after the other, so a header may come again where a block could. */
function decodeFrames(bytes: Buffer, maxBytes: number): Buffer {
  const output = new ByteOutput(bytes.length * 4, maxBytes)
  const reader = new ByteReader(bytes)
  while (reader.left > 0) {
    if (startsFrame(bytes.subarray(reader.position))) {
      reader.take(XERIAL_HEADER.length)
    } else {
      decodeSnappyBlock(reader.take(reader.uint32BE()), output, maxBytes - output.length)
    }
  }
  return output.since(0)
}
