/** Reads compressed bytes from front to back. Every read past the end throws: that is how a cut-off batch is noticed. */
export class ByteReader {
  readonly bytes: Buffer
  position = 0

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  get left(): number {
    return this.bytes.length - this.position
  }

  byte(): number {
    const value = this.bytes[this.position]
    if (value === undefined) throw cutOff(this.position)
    this.position += 1
    return value
  }

  uint16LE(): number {
    return this.byte() | (this.byte() << 8)
  }

  uint32LE(): number {
    return this.take(4).readUInt32LE()
  }

  uint32BE(): number {
    return this.take(4).readUInt32BE()
  }

  /** Moves past the next `count` bytes and gives the position at which they start. */
  skip(count: number): number {
    const start = this.position
    if (count > this.left) throw cutOff(start)
    this.position += count
    return start
  }

  /** The next `count` bytes, not copied. */
  take(count: number): Buffer {
    const start = this.skip(count)
    return this.bytes.subarray(start, start + count)
  }
}

function cutOff(position: number): Error {
  return new Error(`cut off at byte ${position}`)
}
