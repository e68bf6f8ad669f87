import type { PlainFormat } from '../model/contract.ts'
import type { Decoded, RejectReason } from '../model/record.ts'
import { decodeJson } from './json.ts'
import { decodeText } from './text.ts'

/** Bounds on one record, so that a hostile one costs no more than a large one. */
export interface DecodeLimits {
  /** Longest value that is decoded, in bytes. */
  readonly maxEventBytes: number
  /** Deepest nesting of objects and arrays. */
  readonly maxDepth: number
}

/** Kafka's own default for a record (`message.max.bytes`) is 1 MiB; no event that people write by hand or code nests 100 levels. */
export const DEFAULT_DECODE_LIMITS: DecodeLimits = { maxEventBytes: 1_048_576, maxDepth: 100 }

const TOMBSTONE: Decoded = { kind: 'tombstone' }
const FRAME_MAGIC = 0
const FRAME_HEADER_BYTES = 5

/**
 * Bytes of one record to an event, a tombstone or a reason why not. Never throws.
 *
 * `auto` takes a first byte of 0 with at least 5 bytes for a Confluent frame (no JSON text begins with a NUL), and everything else for
 * JSON. A frame can't be read without a schema registry, so it is `schema_unknown`.
 */
export function decode(value: Uint8Array | null, format: PlainFormat, limits: DecodeLimits): Decoded {
  if (value === null) return TOMBSTONE
  if (value.length > limits.maxEventBytes) {
    return undecodable('oversized', `${value.length} bytes; the limit is ${limits.maxEventBytes}`)
  }
  const bytes = asBuffer(value)
  switch (format) {
    case 'string':
      return decodeText(bytes)
    case 'json':
      return decodeJson(bytes, limits.maxDepth)
    case 'auto':
      return isFrame(bytes) ? frameWithoutRegistry(bytes) : decodeJson(bytes, limits.maxDepth)
  }
}

/** The same bytes. Kafka clients give Buffers, and another view of each would be the only object that a record costs here. */
function asBuffer(value: Uint8Array): Buffer {
  return Buffer.isBuffer(value) ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength)
}

function isFrame(bytes: Buffer): boolean {
  return bytes.length >= FRAME_HEADER_BYTES && bytes[0] === FRAME_MAGIC
}

function frameWithoutRegistry(bytes: Buffer): Decoded {
  return undecodable(
    'schema_unknown',
    `framed with schema id ${bytes.readUInt32BE(1)}, and no schema registry is read`,
  )
}

/** An undecodable record, with what its owner needs to find the cause. */
export function undecodable(reason: RejectReason, detail: string): Decoded {
  return { kind: 'undecodable', reason, detail }
}
