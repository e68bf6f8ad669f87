import type { Numbers } from '../../model/contract.ts'
import type { ByteSource } from '../byte-source.ts'
import { decimalValue, integerValue, unscaledOf } from '../numbers.ts'
import { dateText, timeOfDayText, timestampText } from '../times.ts'
import type { Logical } from './type.ts'

type Read = (source: ByteSource) => unknown

/**
 * A reader of what a value stands for. `read` gives the integer of an `int` or `long`, and the number of bytes of the others. Times that
 * a Date can't hold stay the integers that they are.
 */
export function readLogical(
  logical: Logical,
  read: (source: ByteSource) => number | bigint,
  numbers: Numbers,
): Read {
  switch (logical.kind) {
    case 'decimal':
      return (source) =>
        decimalValue(readUnscaled(source, Number(read(source))), logical.scale, numbers, source)
    case 'date':
      return timeReader(read, (days) => dateText(Number(days)), numbers)
    case 'time':
      return timeReader(read, (time) => timeOfDayText(time, logical.digits), numbers)
    case 'timestamp':
      return timeReader(read, (time) => withZone(timestampText(time, logical.digits)), numbers)
    case 'local-timestamp':
      return timeReader(read, (time) => timestampText(time, logical.digits), numbers)
    case 'uuid':
      return readUuid
    case 'duration':
      return readDuration
  }
}

function timeReader(
  read: (source: ByteSource) => number | bigint,
  textOf: (time: number | bigint) => string | undefined,
  numbers: Numbers,
): Read {
  return (source) => {
    const time = read(source)
    return textOf(time) ?? integerValue(time, numbers, source)
  }
}

function withZone(text: string | undefined): string | undefined {
  return text === undefined ? undefined : `${text}Z`
}

function readUnscaled(source: ByteSource, length: number): number | bigint {
  const start = source.take(length)
  return unscaledOf(source.bytes.subarray(start, start + length))
}

/** Sixteen bytes. A `uuid` that is a string is no other than its text. */
function readUuid(source: ByteSource): string {
  const start = source.take(16)
  const hex = source.bytes.toString('hex', start, start + 16)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** Months, days and milliseconds, each of which may vary in the others, as a duration of ISO 8601. */
function readDuration(source: ByteSource): string {
  const start = source.take(12)
  const months = source.bytes.readUInt32LE(start)
  const days = source.bytes.readUInt32LE(start + 4)
  const ms = source.bytes.readUInt32LE(start + 8)
  return `P${months}M${days}DT${ms / 1000}S`
}
