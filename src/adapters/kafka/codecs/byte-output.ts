import { OutputLimitError } from './codec.ts'

/** Below this many bytes a loop is faster than a call of `copyWithin` or `set`. */
const SHORT_COPY_BYTES = 32

/** Bytes that grow at the end, never beyond `maxBytes`: a length that a batch claims is believed only as it is filled. */
export class ByteOutput {
  readonly #maxBytes: number
  #bytes: Buffer
  #length = 0

  constructor(expectedBytes: number, maxBytes: number) {
    this.#maxBytes = maxBytes
    this.#bytes = Buffer.allocUnsafe(Math.min(Math.max(expectedBytes, 64), maxBytes))
  }

  get length(): number {
    return this.#length
  }

  push(byte: number): void {
    this.#reserve(1)
    this.#bytes[this.#length] = byte
    this.#length += 1
  }

  append(source: Uint8Array, start: number, end: number): void {
    const count = end - start
    this.#reserve(count)
    const target = this.#bytes
    if (count < SHORT_COPY_BYTES) {
      for (let at = this.#length, from = start; from < end; at += 1, from += 1) target[at] = source[from] ?? 0
    } else {
      target.set(source.subarray(start, end), this.#length)
    }
    this.#length += count
  }

  /**
   * Appends `count` bytes that stand `distance` bytes back. They may overlap what is being written: a distance of 1 repeats one byte.
   * Throws if the distance reaches before `historyStart`.
   */
  repeat(distance: number, count: number, historyStart: number): void {
    const from = this.#length - distance
    if (distance === 0 || from < historyStart)
      throw new Error(`a copy from ${distance} bytes back, before the start`)
    this.#reserve(count)
    const bytes = this.#bytes
    if (count < SHORT_COPY_BYTES || distance < SHORT_COPY_BYTES) {
      for (let at = this.#length, end = at + count; at < end; at += 1) bytes[at] = bytes[at - distance] ?? 0
    } else {
      repeatByChunks(bytes, this.#length, distance, count)
    }
    this.#length += count
  }

  /** What was written from `start` on, not copied. */
  since(start: number): Buffer {
    return this.#bytes.subarray(start, this.#length)
  }

  #reserve(count: number): void {
    const needed = this.#length + count
    if (needed <= this.#bytes.length) return
    if (needed > this.#maxBytes) throw new OutputLimitError(this.#maxBytes)
    const grown = Buffer.allocUnsafe(Math.min(Math.max(needed, this.#bytes.length * 2), this.#maxBytes))
    grown.set(this.since(0))
    this.#bytes = grown
  }
}

/** `copyWithin` reads what stood there before the call, so an overlapping copy is done in pieces of at most `distance`. */
function repeatByChunks(bytes: Buffer, start: number, distance: number, count: number): void {
  for (let done = 0; done < count; done += distance) {
    const from = start + done - distance
    bytes.copyWithin(start + done, from, from + Math.min(distance, count - done))
  }
}
