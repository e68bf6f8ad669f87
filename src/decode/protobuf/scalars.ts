import type { Numbers } from '../../model/contract.ts'
import type { ByteSource } from '../byte-source.ts'
import { integerValue } from '../numbers.ts'
import { narrowed, zigzag } from '../zigzag.ts'
import type { ProtoEnum, Scalar } from './type.ts'
import { readLength, WIRE } from './wire.ts'

/** How values of one type are read. */
export interface ScalarReader {
  readonly wire: number
  readonly read: (source: ByteSource) => unknown
  /** What a field is that was not written. */
  readonly zero: unknown
}

export function scalarReader(type: Scalar, numbers: Numbers): ScalarReader {
  const zero = numbers === 'string' ? '0' : 0
  const integer = (value: number | bigint, source: ByteSource) => integerValue(value, numbers, source)
  switch (type) {
    case 'double':
      return { wire: WIRE.fixed64, read: (source) => source.double(), zero: 0 }
    case 'float':
      return { wire: WIRE.fixed32, read: (source) => source.float(), zero: 0 }
    case 'int32':
      return { wire: WIRE.varint, read: readInt32, zero: 0 }
    case 'uint32':
      return { wire: WIRE.varint, read: readUint32, zero: 0 }
    case 'sint32':
      return { wire: WIRE.varint, read: (source) => zigzag(readUint32(source)), zero: 0 }
    case 'fixed32':
      return { wire: WIRE.fixed32, read: (source) => source.bytes.readUInt32LE(source.take(4)), zero: 0 }
    case 'sfixed32':
      return { wire: WIRE.fixed32, read: (source) => source.bytes.readInt32LE(source.take(4)), zero: 0 }
    case 'int64':
      return { wire: WIRE.varint, read: (source) => integer(signed(source.varint()), source), zero }
    case 'uint64':
      return { wire: WIRE.varint, read: (source) => integer(source.varint(), source), zero }
    case 'sint64':
      return { wire: WIRE.varint, read: (source) => integer(zigzag(source.varint()), source), zero }
    case 'fixed64':
      return { wire: WIRE.fixed64, read: (source) => integer(readFixed64(source), source), zero }
    case 'sfixed64':
      return { wire: WIRE.fixed64, read: (source) => integer(signed(readFixed64(source)), source), zero }
    case 'bool':
      return { wire: WIRE.varint, read: (source) => source.varint() !== 0, zero: false }
    case 'string':
      return { wire: WIRE.bytes, read: (source) => source.text(readLength(source)), zero: '' }
    case 'bytes':
      return { wire: WIRE.bytes, read: (source) => source.base64(readLength(source)), zero: '' }
  }
}

/** Values of an enum are its names, and numbers where it has none. */
export function enumReader({ names, first }: ProtoEnum): ScalarReader {
  const read = (source: ByteSource) => {
    const number = readInt32(source)
    return names.get(number) ?? number
  }
  return { wire: WIRE.varint, read, zero: first }
}

function readInt32(source: ByteSource): number {
  return readUint32(source) | 0
}

/** The lowest 32 bits: what is written with more is cut, as every Protobuf decoder does it. */
function readUint32(source: ByteSource): number {
  const value = source.varint()
  return typeof value === 'number' ? value >>> 0 : Number(value & 0xffff_ffffn)
}

function readFixed64(source: ByteSource): number | bigint {
  return narrowed(source.bytes.readBigUInt64LE(source.take(8)))
}

/** Below zero, all 64 bits are written. */
function signed(value: number | bigint): number | bigint {
  return typeof value === 'number' ? value : narrowed(BigInt.asIntN(64, value))
}
