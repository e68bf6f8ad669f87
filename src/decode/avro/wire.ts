import type { ByteSource } from '../byte-source.ts'
import { DataFault } from '../data-fault.ts'
import { zigzag } from '../zigzag.ts'

/** A signed integer of up to 64 bits. */
export function readLong(source: ByteSource): number | bigint {
  return zigzag(source.varint())
}

/** A signed integer of up to 32 bits. */
export function readInt(source: ByteSource): number {
  const value = readLong(source)
  if (typeof value === 'bigint' || value !== (value | 0)) {
    throw new DataFault('bad_frame', 'an int has more than 32 bits')
  }
  return value
}

/** The number of bytes of a text or of bytes that follow. */
export function readLength(source: ByteSource): number {
  const length = Number(readLong(source))
  if (length < 0) throw new DataFault('bad_frame', 'a length is below zero')
  return length
}
