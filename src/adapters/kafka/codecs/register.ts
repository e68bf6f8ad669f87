import kafkajs, { CompressionTypes } from 'kafkajs'
import { decompressBounded } from './bounded.ts'
import type { Codec } from './codec.ts'
import { lz4 } from './lz4.ts'
import { snappy } from './snappy.ts'
import { gzip, zstd } from './zlib.ts'

/** A batch of the largest size that brokers take by default (1 MiB) may grow 64-fold. */
export const DEFAULT_MAX_BATCH_BYTES = 64 * 1024 * 1024

/** The codecs of Kafka's protocol, by their number there. */
export const CODECS = [
  [CompressionTypes.GZIP, gzip],
  [CompressionTypes.Snappy, snappy],
  [CompressionTypes.LZ4, lz4],
  [CompressionTypes.ZSTD, zstd],
] as const satisfies readonly (readonly [CompressionTypes, Codec])[]

export interface CodecOptions {
  /** Most bytes that one batch may decompress to. */
  readonly maxBatchBytes?: number
}

/** What kafkajs wants of a codec. */
export interface KafkajsCodec {
  compress(encoder: { readonly buffer: Buffer }): Promise<Buffer>
  decompress(bytes: Buffer): Promise<Buffer>
}

/**
 * Gives kafkajs the codecs that it lacks (snappy, lz4, zstd: without one, a single batch ends the consumer) and bounds the one that it has.
 * The table is kafkajs's global one: call it once, before a client is made; a second call replaces the limit.
 */
export function registerCodecs({ maxBatchBytes = DEFAULT_MAX_BATCH_BYTES }: CodecOptions = {}): void {
  for (const [type, codec] of CODECS) {
    const registered = toKafkajsCodec(codec, maxBatchBytes)
    kafkajs.CompressionCodecs[type] = () => registered
  }
}

function toKafkajsCodec(codec: Codec, maxBatchBytes: number): KafkajsCodec {
  return {
    compress: async (encoder) => codec.compress(encoder.buffer),
    decompress: async (bytes) => decompressBounded(codec, bytes, maxBatchBytes),
  }
}
