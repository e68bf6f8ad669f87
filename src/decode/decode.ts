import type { Format, Numbers } from '../model/contract.ts'
import type { Decoded, RejectReason } from '../model/record.ts'
import type { KnownSchema, RegistrySchema } from '../model/schema.ts'
import { ByteSource } from './byte-source.ts'
import { DataFault } from './data-fault.ts'
import { frameReader } from './frame-reader.ts'
import type { FrameReader } from './frame-reader.ts'
import { FRAME_HEADER_BYTES, isFrame, schemaIdOf } from './frame.ts'
import { decodeJson } from './json.ts'
import { decodeText } from './text.ts'
import { UnreadableSchema } from './unreadable-schema.ts'

/** Bounds on one record, so that a hostile one costs no more than a large one. */
export interface DecodeLimits {
  /** Longest value that is decoded, in bytes. */
  readonly maxEventBytes: number
  /** Deepest nesting of objects and arrays. */
  readonly maxDepth: number
}

/** Kafka's own default for a record (`message.max.bytes`) is 1 MiB; no event that people write by hand or code nests 100 levels. */
export const DEFAULT_DECODE_LIMITS: DecodeLimits = { maxEventBytes: 1_048_576, maxDepth: 100 }

/** What is known of schemas by id, at this moment. Undefined where nobody has asked the registry yet, or it did not answer. */
export type FindSchema = (id: number) => KnownSchema | undefined

/** Where there is no registry to ask. */
export const NO_REGISTRY: FindSchema = () => ({ kind: 'unknown', detail: 'no schema registry is read' })

/** How the records of one topic are written. */
export interface DecoderOptions {
  readonly format: Format
  readonly numbers: Numbers
  readonly limits: DecodeLimits
}

/** How values are written that stand in files of tests and samples. */
export type ValueFormat = Extract<Format, 'auto' | 'json' | 'string'>

/** What a value is that needs no schema. */
export type DecodedValue = Exclude<Decoded, { kind: 'needs_schema' }>

const TOMBSTONE: Decoded = { kind: 'tombstone' }
const OPEN_BRACE = 0x7b
const OPEN_BRACKET = 0x5b

/**
 * Makes events of the bytes of one topic's records. Synchronous: whoever calls it has the schemas that it needs resolved before
 * (`neededSchema`), or is told which one is missing.
 */
export class Decoder {
  readonly #options: DecoderOptions
  readonly #find: FindSchema
  readonly #source: ByteSource
  readonly #readers = new Map<RegistrySchema, FrameReader | string>()

  constructor(options: DecoderOptions, find: FindSchema) {
    this.#options = options
    this.#find = find
    this.#source = new ByteSource(options.limits.maxDepth)
  }

  /** The id of the schema without which these bytes can't be read, if they need one at all. */
  neededSchema(value: Uint8Array | null): number | undefined {
    const { format } = this.#options
    const isFramed = format !== 'json' && format !== 'string' && value !== null && isFrame(value)
    return isFramed ? schemaIdOf(value) : undefined
  }

  /**
   * Bytes of one record to an event, a tombstone, a reason why not, or the id of the schema that is needed first. Never throws.
   *
   * `auto` takes a first byte of 0 with at least 5 bytes for a Confluent frame, and everything else for JSON.
   */
  decode(value: Uint8Array | null): Decoded {
    if (value === null) return TOMBSTONE
    const { format, numbers, limits } = this.#options
    if (value.length > limits.maxEventBytes) {
      return undecodable('oversized', `${value.length} bytes; the limit is ${limits.maxEventBytes}`)
    }
    const bytes = asBuffer(value)
    switch (format) {
      case 'string':
        return decodeText(bytes)
      case 'json':
        return decodeJson(bytes, limits.maxDepth, numbers)
      case 'auto':
        return isFrame(bytes) ? this.#decodeFrame(bytes) : decodeJson(bytes, limits.maxDepth, numbers)
      default:
        return isFrame(bytes) ? this.#decodeFrame(bytes) : noFrame(bytes)
    }
  }

  #decodeFrame(bytes: Buffer): Decoded {
    const id = schemaIdOf(bytes)
    const known = this.#find(id)
    if (known === undefined) return { kind: 'needs_schema', id }
    if (known.kind === 'unknown') {
      return undecodable('schema_unknown', `framed with schema id ${id}: ${known.detail}`)
    }
    const { format } = this.#options
    if (format !== 'auto' && format !== known.schema.kind) {
      return undecodable('bad_frame', `its schema ${id} is of the kind ${known.schema.kind}, not ${format}`)
    }
    return known.schema.kind === 'json-schema'
      ? this.#framedJson(bytes, id)
      : this.#framed(bytes, id, known.schema)
  }

  #framedJson(bytes: Buffer, id: number): Decoded {
    const { limits, numbers } = this.#options
    const decoded = decodeJson(bytes.subarray(FRAME_HEADER_BYTES), limits.maxDepth, numbers)
    return decoded.kind === 'event' ? { ...decoded, recognised: 'json-schema', schemaId: id } : decoded
  }

  #framed(bytes: Buffer, id: number, schema: RegistrySchema): Decoded {
    const read = this.#readerOf(schema)
    if (typeof read === 'string') return undecodable('schema_unknown', `its schema ${id} ${read}`)
    const source = this.#source
    source.moveTo(bytes, FRAME_HEADER_BYTES)
    try {
      const value = read(source)
      return { kind: 'event', value, roundedNumbers: source.rounded, recognised: schema.kind, schemaId: id }
    } catch (error) {
      if (error instanceof DataFault) return undecodable(error.reason, `${error.message} (schema ${id})`)
      const what = error instanceof Error ? error.name : 'unknown'
      return undecodable('bad_frame', `the bytes can’t be read with schema ${id} (${what})`)
    }
  }

  /** Made once for a schema; what makes it unreadable is kept as well. */
  #readerOf(schema: RegistrySchema): FrameReader | string {
    const made = this.#readers.get(schema) ?? this.#makeReader(schema)
    this.#readers.set(schema, made)
    return made
  }

  #makeReader(schema: RegistrySchema): FrameReader | string {
    try {
      return frameReader(schema, this.#options.numbers)
    } catch (error) {
      if (error instanceof UnreadableSchema) return error.message
      return `can’t be used (${error instanceof Error ? error.name : 'unknown'})`
    }
  }
}

/** How a value is written that people wrote: JSON, or text where the topic holds text. */
export function valueFormat(format: Format): ValueFormat {
  return format === 'string' || format === 'auto' ? format : 'json'
}

/**
 * One value as tests, samples and single events are read: JSON, or text where the topic holds text, whatever the records of the topic are
 * written in. Never throws.
 */
export function decodeValue(value: Uint8Array | null, format: Format, limits: DecodeLimits): DecodedValue {
  const decoder = new Decoder({ format: valueFormat(format), numbers: 'safe', limits }, NO_REGISTRY)
  const decoded = decoder.decode(value)
  return decoded.kind === 'needs_schema' ? undecodable('schema_unknown', `schema id ${decoded.id}`) : decoded
}

/** The same bytes. Kafka clients give Buffers, and another view of each would be the only object that a record costs here. */
function asBuffer(value: Uint8Array): Buffer {
  return Buffer.isBuffer(value) ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength)
}

function noFrame(bytes: Buffer): Decoded {
  const looksLikeJson = bytes[0] === OPEN_BRACE || bytes[0] === OPEN_BRACKET
  const detail = bytes[0] === 0 ? 'a frame has at least 5 bytes' : 'a frame begins with a byte 0'
  return undecodable('bad_frame', looksLikeJson ? `${detail}; this looks like JSON` : detail)
}

/** An undecodable record, with what its owner needs to find the cause. */
function undecodable(reason: RejectReason, detail: string): Extract<Decoded, { kind: 'undecodable' }> {
  return { kind: 'undecodable', reason, detail }
}
