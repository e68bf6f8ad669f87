import type { ByteReader } from './byte-reader.ts'
import { xxhash32 } from './xxhash32.ts'

const MAGIC = 0x184d2204

/** Bits of the FLG byte. */
const VERSION_MASK = 0xc0
const VERSION_1 = 0x40
const INDEPENDENT_BLOCKS = 0x20
const BLOCK_CHECKSUMS = 0x10
const CONTENT_SIZE = 0x08
const CONTENT_CHECKSUM = 0x04
const DICTIONARY = 0x01

/** The bit of a block's size that says that the block is not compressed. */
export const STORED_BLOCK = 0x8000_0000

/** What the first bytes of an LZ4 frame say about the rest. */
export interface Lz4Header {
  readonly blocksAreIndependent: boolean
  readonly hasBlockChecksums: boolean
  readonly hasContentChecksum: boolean
  readonly maxBlockBytes: number
  readonly contentBytes: number | undefined
}

/** Reads the header and verifies its checksum. */
export function readLz4Header(reader: ByteReader): Lz4Header {
  if (reader.uint32LE() !== MAGIC) throw new Error('not an LZ4 frame')
  const start = reader.position
  const flags = reader.byte()
  if ((flags & VERSION_MASK) !== VERSION_1) throw new Error(`an LZ4 frame of version ${flags >>> 6}`)
  if ((flags & DICTIONARY) !== 0) throw new Error('an LZ4 frame that needs a dictionary')
  const maxBlockBytes = readMaxBlockBytes(reader)
  const contentBytes = (flags & CONTENT_SIZE) === 0 ? undefined : Number(reader.take(8).readBigUInt64LE())
  const descriptor = reader.bytes.subarray(start, reader.position)
  if (reader.byte() !== headerChecksum(descriptor))
    throw new Error('the checksum of the header does not match')
  return {
    blocksAreIndependent: (flags & INDEPENDENT_BLOCKS) !== 0,
    hasBlockChecksums: (flags & BLOCK_CHECKSUMS) !== 0,
    hasContentChecksum: (flags & CONTENT_CHECKSUM) !== 0,
    maxBlockBytes,
    contentBytes,
  }
}

/** 4 to 7 mean 64 KiB, 256 KiB, 1 MiB and 4 MiB. */
function readMaxBlockBytes(reader: ByteReader): number {
  const sizeClass = (reader.byte() >>> 4) & 7
  if (sizeClass < 4) throw new Error(`an unknown class ${sizeClass} of block sizes`)
  return 1 << (8 + 2 * sizeClass)
}

function headerChecksum(descriptor: Buffer): number {
  return (xxhash32(descriptor) >>> 8) & 0xff
}

/** The header that the Java client writes: independent blocks of up to 64 KiB, no checksums but its own. */
export const LZ4_HEADER = createHeader(Buffer.from([VERSION_1 | INDEPENDENT_BLOCKS, 4 << 4]))

function createHeader(descriptor: Buffer): Buffer {
  const magic = Buffer.alloc(4)
  magic.writeUInt32LE(MAGIC)
  return Buffer.concat([magic, descriptor, Buffer.from([headerChecksum(descriptor)])])
}
