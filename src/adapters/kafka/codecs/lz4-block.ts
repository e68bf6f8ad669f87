import { ByteOutput } from './byte-output.ts'
import { ByteReader } from './byte-reader.ts'
import { findMatches } from './matches.ts'

const MIN_MATCH_BYTES = 4
/** A nibble of this value means that more bytes of length follow, until one that is not 255. */
const LONG_LENGTH = 15

/**
 * Decodes one LZ4 block (lz4_Block_format.md) onto `output`. Copies may reach back to `historyStart`: the block's own start, or an earlier
 * one if blocks depend on each other.
 */
export function decodeLz4Block(block: Buffer, output: ByteOutput, historyStart: number): void {
  const reader = new ByteReader(block)
  for (;;) {
    const token = reader.byte()
    const literals = readLength(reader, token >>> 4)
    const from = reader.skip(literals)
    output.append(block, from, from + literals)
    if (reader.left === 0) return
    const distance = reader.uint16LE()
    output.repeat(distance, readLength(reader, token & 15) + MIN_MATCH_BYTES, historyStart)
  }
}

function readLength(reader: ByteReader, inToken: number): number {
  let length = inToken
  if (inToken === LONG_LENGTH) {
    let byte: number
    do {
      byte = reader.byte()
      length += byte
    } while (byte === 255)
  }
  return length
}

/** Encodes at most 64 KiB as one LZ4 block. */
export function encodeLz4Block(block: Buffer): Buffer {
  const output = new ByteOutput(block.length + 64, Infinity)
  let literalStart = 0
  for (const { start, distance, length } of findMatches(block)) {
    writeSequence(output, block.subarray(literalStart, start), length - MIN_MATCH_BYTES, distance)
    literalStart = start + length
  }
  const tail = block.subarray(literalStart)
  output.push(nibble(tail.length) << 4)
  writeRestOfLength(output, tail.length)
  output.append(tail, 0, tail.length)
  return output.since(0)
}

function writeSequence(output: ByteOutput, literals: Buffer, matchLength: number, distance: number): void {
  output.push((nibble(literals.length) << 4) | nibble(matchLength))
  writeRestOfLength(output, literals.length)
  output.append(literals, 0, literals.length)
  output.push(distance & 0xff)
  output.push(distance >>> 8)
  writeRestOfLength(output, matchLength)
}

function nibble(length: number): number {
  return Math.min(length, LONG_LENGTH)
}

function writeRestOfLength(output: ByteOutput, length: number): void {
  if (length < LONG_LENGTH) return
  let rest = length - LONG_LENGTH
  for (; rest >= 255; rest -= 255) output.push(255)
  output.push(rest)
}
