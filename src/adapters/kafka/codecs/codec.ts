/** Compresses and decompresses the records part of a batch. Synchronous: kafkajs decodes one batch after the other, so a thread pool would only add its hand-over (five times the work, for a batch of 16 KiB). */
export interface Codec {
  /** As Kafka's `compression.type` spells it. */
  readonly name: 'gzip' | 'snappy' | 'lz4' | 'zstd'
  compress(bytes: Buffer): Buffer
  /**
   * Throws `OutputLimitError` if the result would be larger than `maxBytes`, and any other error if the bytes are damaged or cut off.
   * It never takes more memory than twice `maxBytes`, whatever the bytes claim.
   */
  decompress(bytes: Buffer, maxBytes: number): Buffer
}

/** What came out of a decompressor has reached its limit. */
export class OutputLimitError extends Error {
  override readonly name = 'OutputLimitError'

  constructor(maxBytes: number) {
    super(`more than ${maxBytes} bytes`)
  }
}
