import type { Numbers } from '../../model/contract.ts'
import type { ByteSource } from '../byte-source.ts'
import { DataFault } from '../data-fault.ts'
import { integerValue } from '../numbers.ts'
import { plainObject, putEntry } from '../plain-object.ts'
import { readLogical } from './read-logical.ts'
import { readInt, readLength, readLong } from './wire.ts'
import type { AvroRecord, AvroType } from './type.ts'

/** Reads one value. Made once for a schema: no text of a schema ever becomes code. */
export type Read = (source: ByteSource) => unknown

interface FieldReader {
  readonly name: string
  readonly read: Read
}

/** A reader of the values that a schema writes, as rules expect them (docs/reference/values.md). */
export function avroReader(type: AvroType, numbers: Numbers): Read {
  const compiler = new AvroCompiler(numbers)
  const read = compiler.reader(type)
  compiler.finish()
  return read
}

class AvroCompiler {
  readonly #numbers: Numbers
  readonly #records = new Map<AvroRecord, Read>()
  /** Records whose fields are still to be compiled: one after the other, for a chain of records may be longer than the stack. */
  readonly #open: (() => void)[] = []

  constructor(numbers: Numbers) {
    this.#numbers = numbers
  }

  finish(): void {
    for (let compile = this.#open.pop(); compile !== undefined; compile = this.#open.pop()) compile()
  }

  reader(type: AvroType): Read {
    switch (type.kind) {
      case 'record':
        return this.#records.get(type) ?? this.#record(type)
      case 'array':
        return arrayReader(this.reader(type.items))
      case 'map':
        return mapReader(this.reader(type.values))
      case 'union':
        return unionReader(type.branches.map((branch) => this.reader(branch)))
      case 'enum':
        return enumReader(type.symbols)
      case 'fixed':
        return type.logical === undefined
          ? (source) => source.base64(type.size)
          : readLogical(type.logical, () => type.size, this.#numbers)
      default:
        return type.logical === undefined
          ? primitiveReader(type.kind, this.#numbers)
          : readLogical(
              type.logical,
              type.kind === 'int' ? readInt : type.kind === 'long' ? readLong : readLength,
              this.#numbers,
            )
    }
  }

  #record(record: AvroRecord): Read {
    const fields: FieldReader[] = []
    const isUnsafe = record.fields.some(({ name }) => name === '__proto__')
    const read = isUnsafe ? refuseProtoField : recordReader(fields)
    this.#records.set(record, read)
    this.#open.push(() => {
      for (const { name, type } of record.fields) fields.push({ name, read: this.reader(type) })
    })
    return read
  }
}

function recordReader(fields: readonly FieldReader[]): Read {
  return (source) => {
    source.enter(fields.length)
    const record = plainObject()
    for (let index = 0; index < fields.length; index++) {
      const { name, read } = fields[index] as FieldReader
      record[name] = read(source)
    }
    source.leave()
    return record
  }
}

function refuseProtoField(): never {
  throw new DataFault('unsafe_keys', 'the schema has a field `__proto__`')
}

function arrayReader(readItem: Read): Read {
  return (source) => {
    source.enter(0)
    const items: unknown[] = []
    for (let count = readBlockCount(source); count > 0; count = readBlockCount(source)) {
      for (let index = 0; index < count; index++) items.push(readItem(source))
    }
    source.leave()
    return items
  }
}

function mapReader(readValue: Read): Read {
  return (source) => {
    source.enter(0)
    const map = plainObject()
    for (let count = readBlockCount(source); count > 0; count = readBlockCount(source)) {
      for (let index = 0; index < count; index++)
        putEntry(map, source.text(readLength(source)), readValue(source))
    }
    source.leave()
    return map
  }
}

/** How many items follow before the next count. A negative count says it too, and is followed by the size of the block in bytes. */
function readBlockCount(source: ByteSource): number {
  const count = Number(readLong(source))
  if (count < 0) readLong(source)
  source.spend(Math.abs(count))
  return Math.abs(count)
}

function unionReader(branches: readonly Read[]): Read {
  return (source) => {
    const index = Number(readLong(source))
    const read = branches[index]
    if (read === undefined)
      throw new DataFault('bad_frame', `a union of ${branches.length} has no branch ${index}`)
    return read(source)
  }
}

function enumReader(symbols: readonly string[]): Read {
  return (source) => {
    const index = readInt(source)
    const symbol = symbols[index]
    if (symbol === undefined)
      throw new DataFault('bad_frame', `an enum of ${symbols.length} has no symbol ${index}`)
    return symbol
  }
}

function primitiveReader(kind: Exclude<AvroType, { name: string }>['kind'], numbers: Numbers): Read {
  switch (kind) {
    case 'null':
      return () => null
    case 'boolean':
      return readBoolean
    case 'int':
      return readInt
    case 'long':
      return (source) => integerValue(readLong(source), numbers, source)
    case 'float':
      return (source) => source.float()
    case 'double':
      return (source) => source.double()
    case 'bytes':
      return (source) => source.base64(readLength(source))
    default:
      return (source) => source.text(readLength(source))
  }
}

function readBoolean(source: ByteSource): boolean {
  const byte = source.byte()
  if (byte > 1) throw new DataFault('bad_frame', `a boolean is ${byte}, neither 0 nor 1`)
  return byte === 1
}
