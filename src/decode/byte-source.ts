import { isUtf8 } from 'node:buffer'
import { DataFault } from './data-fault.ts'

/**
 * Values that may take up no bytes at all (nulls, fields of Protobuf that have their default) and still be an event that somebody meant:
 * some milliseconds of work, whatever the record.
 */
const FREE_ITEMS = 250_000
const TWO_TO_28 = 2 ** 28
const REPLACEMENT = '\ufffd'
const NO_BYTES = Buffer.alloc(0)

/** Bytes of one record, read from front to back, with the bounds that keep a hostile one from costing more than a large one. */
export class ByteSource {
  bytes: Buffer = NO_BYTES
  at = 0
  end = 0
  /** Numbers of the record that were rounded. */
  rounded = 0
  readonly #maxDepth: number
  #depth = 0
  #items = 0

  constructor(maxDepth: number) {
    this.#maxDepth = maxDepth
  }

  /** Goes on to another record, of which the payload begins at `start`. */
  moveTo(bytes: Buffer, start: number): void {
    this.bytes = bytes
    this.at = start
    this.end = bytes.length
    this.rounded = 0
    this.#depth = 0
    this.#items = bytes.length + FREE_ITEMS
  }

  /** Counts a level of nesting and what it holds, which need not take up any bytes. */
  enter(items: number): void {
    if (++this.#depth > this.#maxDepth) {
      throw new DataFault('too_deep', `nested deeper than ${this.#maxDepth} levels`)
    }
    this.spend(items)
  }

  leave(): void {
    this.#depth--
  }

  spend(items: number): void {
    this.#items -= items
    if (this.#items < 0)
      throw new DataFault('oversized', `more than ${FREE_ITEMS} values that take up no bytes`)
  }

  byte(): number {
    if (this.at >= this.end) throw truncated()
    return this.bytes[this.at++] as number
  }

  /** Passes over `length` bytes and gives where they began. */
  take(length: number): number {
    const start = this.at
    if (length > this.end - start) throw truncated()
    this.at = start + length
    return start
  }

  /** Hides what stands behind the next `length` bytes, and gives the end as it was, to be put back. */
  narrow(length: number): number {
    const end = this.end
    if (length > end - this.at) throw truncated()
    this.end = this.at + length
    return end
  }

  /** An unsigned number of up to 64 bits, seven to a byte, the lowest first; a bigint only beyond 2^53 − 1. */
  varint(): number | bigint {
    let low = 0
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.byte()
      low |= (byte & 0x7f) << shift
      if (byte < 0x80) return low
    }
    let middle = 0
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.byte()
      middle |= (byte & 0x7f) << shift
      if (byte < 0x80) return joined(low, middle, 0)
    }
    const first = this.byte()
    const second = first < 0x80 ? 0 : this.byte()
    if (second > 1) throw new DataFault('bad_frame', 'a number has more than 64 bits')
    return joined(low, middle, (first & 0x7f) | (second << 7))
  }

  float(): number {
    return this.bytes.readFloatLE(this.take(4))
  }

  double(): number {
    return this.bytes.readDoubleLE(this.take(8))
  }

  /** `length` bytes as text. Bytes that are no UTF-8 come out as U+FFFD, so only texts that hold one need a second look. */
  text(length: number): string {
    const start = this.take(length)
    const text = this.bytes.toString('utf8', start, this.at)
    if (text.includes(REPLACEMENT) && !isUtf8(this.bytes.subarray(start, this.at))) {
      throw new DataFault('bad_encoding', 'a text is not valid UTF-8')
    }
    return text
  }

  /** `length` bytes as base64. */
  base64(length: number): string {
    const start = this.take(length)
    return this.bytes.toString('base64', start, this.at)
  }
}

function joined(low: number, middle: number, high: number): number | bigint {
  const value = middle * TWO_TO_28 + low
  if (high === 0 && value <= Number.MAX_SAFE_INTEGER) return value
  return (BigInt(high) << 56n) | (BigInt(middle) << 28n) | BigInt(low)
}

function truncated(): DataFault {
  return new DataFault('truncated', 'the bytes end in the middle of a value')
}
