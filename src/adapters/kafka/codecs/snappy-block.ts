import { ByteOutput } from './byte-output.ts'
import { ByteReader } from './byte-reader.ts'
import { OutputLimitError } from './codec.ts'
import { findMatches } from './matches.ts'

/** Kinds of elements: the low two bits of a tag. */
const LITERAL = 0
const COPY_1_BYTE_OFFSET = 1
const COPY_2_BYTE_OFFSET = 2

/** Longest copy that one element can say. */
const MAX_COPY_BYTES = 64

/**
 * Decodes one raw Snappy block (format_description.txt of google/snappy) onto `output`, of which `maxBytes` are left. The block must yield
 * exactly the length that it announces.
 */
export function decodeSnappyBlock(block: Buffer, output: ByteOutput, maxBytes: number): void {
  const reader = new ByteReader(block)
  const announcedBytes = readVarint(reader)
  if (announcedBytes > maxBytes) throw new OutputLimitError(maxBytes)
  const start = output.length
  while (reader.left > 0) decodeElement(reader, output, start)
  const decodedBytes = output.length - start
  if (decodedBytes !== announcedBytes) {
    throw new Error(`a block announces ${announcedBytes} bytes and holds ${decodedBytes}`)
  }
}

function decodeElement(reader: ByteReader, output: ByteOutput, start: number): void {
  const tag = reader.byte()
  const kind = tag & 3
  if (kind === LITERAL) {
    appendLiteral(reader, output, literalLength(reader, tag >>> 2))
  } else if (kind === COPY_1_BYTE_OFFSET) {
    const distance = ((tag >>> 5) << 8) | reader.byte()
    output.repeat(distance, ((tag >>> 2) & 7) + 4, start)
  } else {
    const distance = kind === COPY_2_BYTE_OFFSET ? reader.uint16LE() : reader.uint32LE()
    output.repeat(distance, (tag >>> 2) + 1, start)
  }
}

function appendLiteral(reader: ByteReader, output: ByteOutput, count: number): void {
  const from = reader.skip(count)
  output.append(reader.bytes, from, from + count)
}

/** Up to 60 the length stands in the tag; 60 to 63 there mean that one to four bytes of length follow. */
function literalLength(reader: ByteReader, inTag: number): number {
  if (inTag < 60) return inTag + 1
  let length = 0
  for (let index = 0; index <= inTag - 60; index += 1) length += reader.byte() * 2 ** (8 * index)
  return length + 1
}

function readVarint(reader: ByteReader): number {
  let value = 0
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = reader.byte()
    value += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) return value
  }
  throw new Error('a length of more than five bytes')
}

/** Encodes at most 64 KiB as one raw Snappy block. */
export function encodeSnappyBlock(block: Buffer): Buffer {
  const output = new ByteOutput(block.length + 64, Infinity)
  writeVarint(output, block.length)
  let literalStart = 0
  for (const { start, distance, length } of findMatches(block)) {
    writeLiteral(output, block, literalStart, start)
    writeCopy(output, distance, length)
    literalStart = start + length
  }
  writeLiteral(output, block, literalStart, block.length)
  return output.since(0)
}

function writeVarint(output: ByteOutput, value: number): void {
  let rest = value
  for (; rest >= 0x80; rest >>>= 7) output.push((rest & 0x7f) | 0x80)
  output.push(rest)
}

function writeLiteral(output: ByteOutput, block: Buffer, start: number, end: number): void {
  const last = end - start - 1
  if (last < 0) return
  if (last < 60) {
    output.push(last << 2)
  } else {
    output.push(61 << 2)
    writeUint16LE(output, last)
  }
  output.append(block, start, end)
}

function writeCopy(output: ByteOutput, distance: number, length: number): void {
  for (let rest = length; rest > 0; rest -= MAX_COPY_BYTES) {
    output.push(((Math.min(rest, MAX_COPY_BYTES) - 1) << 2) | COPY_2_BYTE_OFFSET)
    writeUint16LE(output, distance)
  }
}

function writeUint16LE(output: ByteOutput, value: number): void {
  output.push(value & 0xff)
  output.push(value >>> 8)
}
