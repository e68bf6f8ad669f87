import { gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { OutputLimitError } from './codec.ts'
import type { Codec } from './codec.ts'

/** gzip by Node's zlib, in place of kafkajs's own, which has no bound. */
export const gzip: Codec = {
  name: 'gzip',
  compress: (bytes) => gzipSync(bytes),
  decompress: (bytes, maxBytes) =>
    withLimit(maxBytes, () => gunzipSync(bytes, { maxOutputLength: maxBytes })),
}

/** zstd by Node's zlib (since 22.15). */
export const zstd: Codec = {
  name: 'zstd',
  compress: (bytes) => zstdCompressSync(bytes),
  decompress: (bytes, maxBytes) => withLimit(maxBytes, () => decompressZstdFrames(bytes, maxBytes)),
}

/**
 * Node decodes the first zstd frame and ignores what follows, where the Java client reads on. A batch of more frames than this is no
 * producer's work: each frame costs Node some 30 µs, however empty it is.
 */
const MAX_ZSTD_FRAMES = 1000

function decompressZstdFrames(bytes: Buffer, maxBytes: number): Buffer {
  const contents: Buffer[] = []
  let readBytes = 0
  let leftBytes = maxBytes
  do {
    if (contents.length === MAX_ZSTD_FRAMES) throw new Error(`more than ${MAX_ZSTD_FRAMES} frames`)
    const frame = decompressZstdFrame(bytes.subarray(readBytes), leftBytes)
    contents.push(frame.content)
    readBytes += frame.readBytes
    leftBytes -= frame.content.length
  } while (readBytes < bytes.length)
  return contents.length === 1 && contents[0] !== undefined ? contents[0] : Buffer.concat(contents)
}

function decompressZstdFrame(bytes: Buffer, maxBytes: number): { content: Buffer; readBytes: number } {
  const result: unknown = zstdDecompressSync(bytes, { maxOutputLength: Math.max(maxBytes, 1), info: true })
  // With `info` the result is an object, which the types of Node don't know.
  const { buffer, engine } = result as { buffer: Buffer; engine: { bytesWritten: number } }
  return { content: buffer, readBytes: engine.bytesWritten }
}

function withLimit(maxBytes: number, decompress: () => Buffer): Buffer {
  try {
    return decompress()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') {
      throw new OutputLimitError(maxBytes)
    }
    throw error
  }
}
