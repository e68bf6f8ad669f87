import { Fault } from '../errors/fault.ts'
import type { KafkaRecord, RecordHeaders } from '../model/record.ts'

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const EXAMPLE =
  '{"value_base64": "AAAAAAE=", "key_base64": null, "headers": {"source": "shop"}, "partition": 0, "timestamp": 1772323198123}'

/** A line that is a value, as a record of the topic. Lines stand for offsets, so that a report can name them. */
export function valueRecord(topic: string, line: number, value: Uint8Array, nowMs: number): KafkaRecord {
  return { topic, partition: 0, offset: line - 1, timestampMs: nowMs, key: null, value, headers: {} }
}

/**
 * A line that is a whole record, with its bytes in base64. Only `value_base64` must be there; null is a tombstone.
 *
 * @throws Fault that names the line
 */
export function wholeRecord(topic: string, line: number, text: Uint8Array, nowMs: number): KafkaRecord {
  const given = objectIn(line, text)
  const number = (name: string, instead: number) => numberIn(line, given, name, instead)
  return {
    topic,
    partition: number('partition', 0),
    offset: line - 1,
    timestampMs: number('timestamp', nowMs),
    key: given.key_base64 === undefined ? null : bytesIn(line, given, 'key_base64'),
    value: bytesIn(line, given, 'value_base64'),
    headers: headersIn(line, given.headers),
  }
}

function objectIn(line: number, text: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(text).toString('utf8'))
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>
  } catch {
    // No JSON is no object either.
  }
  throw badLine(line, 'is no JSON object')
}

function bytesIn(line: number, given: Readonly<Record<string, unknown>>, name: string): Uint8Array | null {
  const text = given[name]
  if (text === null) return null
  if (typeof text === 'string' && BASE64.test(text)) return Buffer.from(text, 'base64')
  throw badLine(line, `has no base64 text in \`${name}\``)
}

function numberIn(
  line: number,
  given: Readonly<Record<string, unknown>>,
  name: string,
  instead: number,
): number {
  const value = given[name] ?? instead
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  throw badLine(line, `has no whole number in \`${name}\``)
}

function headersIn(line: number, headers: unknown): RecordHeaders {
  if (headers === undefined || headers === null) return {}
  const isGood =
    typeof headers === 'object' && Object.values(headers).every((value) => typeof value === 'string')
  if (isGood) return headers as RecordHeaders
  throw badLine(line, 'has no texts by name in `headers`')
}

function badLine(line: number, what: string): Fault {
  return new Fault(
    'INPUT_UNREADABLE',
    `line ${line} ${what}`,
    `With --records each line is a record, such as ${EXAMPLE}`,
  )
}
