import { isUtf8 } from 'node:buffer'
import type { EvaluationContext, EventVariable } from '../expression/index.ts'
import type { KafkaRecord } from '../model/record.ts'

/** What rules see beside the event: the record's coordinates and a time that stands still while one event is judged. */
export class EventContext implements EvaluationContext {
  nowMs: number
  #record: KafkaRecord
  #key: unknown

  /** `key` is what the record's key was decoded to; undefined if it is text, which is made of the bytes when a rule asks for it. */
  constructor(record: KafkaRecord, nowMs: number, key?: unknown) {
    this.#record = record
    this.nowMs = nowMs
    this.#key = key
  }

  /** The record that the event was read from. */
  get record(): KafkaRecord {
    return this.#record
  }

  /** Goes on to the next record, so that a stream needs one context only. */
  moveTo(record: KafkaRecord, nowMs: number, key?: unknown): void {
    this.#record = record
    this.nowMs = nowMs
    this.#key = key
  }

  /** The values of `$headers` are text, and so is a `$key` that was not decoded; bytes that are no UTF-8 are no value. */
  variable(name: EventVariable): unknown {
    const record = this.#record
    switch (name) {
      case 'key':
        return this.#key ?? (record.key === null ? undefined : textOf(record.key))
      case 'headers':
        return headersAsText(record)
      case 'topic':
        return record.topic
      case 'partition':
        return record.partition
      case 'offset':
        return record.offset
      case 'timestamp':
        return record.timestampMs
    }
  }
}

function headersAsText(record: KafkaRecord): Record<string, unknown> {
  const headers: Record<string, unknown> = Object.create(null)
  for (const [name, value] of Object.entries(record.headers)) {
    headers[name] = Array.isArray(value) ? value.map(textOf) : textOf(value)
  }
  return headers
}

function textOf(value: Uint8Array | string | undefined): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  return isUtf8(value)
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8')
    : undefined
}
