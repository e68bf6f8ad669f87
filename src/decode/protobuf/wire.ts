import type { ByteSource } from '../byte-source.ts'
import { DataFault } from '../data-fault.ts'

/** How a value is laid out, whatever it means. */
export const WIRE = { varint: 0, fixed64: 1, bytes: 2, group: 3, groupEnd: 4, fixed32: 5 } as const

/** A length in bytes, or 0 for a field that takes up none. */
export function readLength(source: ByteSource): number {
  return Number(source.varint())
}

/** The field's number and layout in one number, as they stand in front of each value. */
export function readTag(source: ByteSource): number {
  const tag = source.varint()
  if (typeof tag === 'bigint' || tag > 0xffff_ffff || tag < 8)
    throw new DataFault('bad_frame', 'a field has no valid number')
  return tag
}

export function fieldOf(tag: number): number {
  return Math.floor(tag / 8)
}

export function wireOf(tag: number): number {
  return tag % 8
}

/** Passes over a value that nobody knows. */
export function skipValue(source: ByteSource, tag: number): void {
  switch (wireOf(tag)) {
    case WIRE.varint:
      source.varint()
      return
    case WIRE.fixed64:
      source.take(8)
      return
    case WIRE.bytes:
      source.take(readLength(source))
      return
    case WIRE.fixed32:
      source.take(4)
      return
    case WIRE.group:
      skipGroup(source, fieldOf(tag))
      return
    default:
      throw new DataFault('bad_frame', `a field has the unknown layout ${wireOf(tag)}`)
  }
}

function skipGroup(source: ByteSource, field: number): void {
  source.enter(0)
  for (let tag = readTag(source); !isGroupEnd(tag, field); tag = readTag(source)) skipValue(source, tag)
  source.leave()
}

/** Whether a tag ends the group that the field began. */
export function isGroupEnd(tag: number, field: number): boolean {
  return wireOf(tag) === WIRE.groupEnd && fieldOf(tag) === field
}
