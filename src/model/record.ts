import { SCHEMA_KINDS } from './schema.ts'

/** Kafka headers: a repeated header has an array of values. */
export type RecordHeaders = Readonly<
  Record<string, Uint8Array | string | (Uint8Array | string)[] | undefined>
>

/**
 * Bytes as Kafka gave them. Offsets are numbers: exact up to 2^53, which a partition written at a million records a second reaches
 * after 285 years.
 */
export interface KafkaRecord {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly timestampMs: number
  readonly key: Uint8Array | null
  readonly value: Uint8Array | null
  readonly headers: RecordHeaders
}

/** Why a record could not become an event: a closed set, for it becomes the tag `reason`. */
export const REJECT_REASONS = [
  'not_json',
  'bad_encoding',
  'bad_frame',
  'truncated',
  'schema_unknown',
  'oversized',
  'too_deep',
  'unsafe_keys',
] as const
export type RejectReason = (typeof REJECT_REASONS)[number]

/** What the bytes of an event were recognised as: a closed set, for it becomes the tag `format`. */
export const RECOGNISED = ['json', 'string', ...SCHEMA_KINDS] as const
export type Recognised = (typeof RECOGNISED)[number]

/** A record after decoding. */
export type Decoded =
  | {
      readonly kind: 'event'
      readonly value: unknown
      /** Numbers beyond ±2^53 in the event, which JavaScript's doubles may have rounded. */
      readonly roundedNumbers: number
      readonly recognised: Recognised
      /** The id of the schema that it was written with; undefined for records without a frame. */
      readonly schemaId: number | undefined
    }
  | { readonly kind: 'tombstone' }
  | { readonly kind: 'undecodable'; readonly reason: RejectReason; readonly detail: string }
  /** It can't be told yet: the registry has to be asked first. */
  | { readonly kind: 'needs_schema'; readonly id: number }
