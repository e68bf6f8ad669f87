import type { Numbers } from '../../model/contract.ts'
import { decimalFromText, decimalValue, unscaledOf } from '../numbers.ts'
import type { RoundingCount } from '../numbers.ts'
import type { PlainObject } from '../plain-object.ts'
import { dateText, timeOfDayText, timestampText } from '../times.ts'

type Convert = (message: PlainObject, numbers: Numbers, count: RoundingCount) => unknown

const NANOS_PER_SECOND = 1_000_000_000
const DECIMAL = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/

const unwrap: Convert = ({ value }) => value

/** Messages that stand for one value, in the form of Protobuf's JSON mapping (Google's by their meaning). */
const CONVERT: Readonly<Record<string, Convert>> = {
  'google.protobuf.Timestamp': timestamp,
  'google.protobuf.Duration': duration,
  'google.protobuf.FieldMask': ({ paths }) => (paths as string[]).join(','),
  'google.protobuf.Struct': ({ fields }) => fields,
  'google.protobuf.ListValue': ({ values }) => values,
  'google.protobuf.Value': dynamicValue,
  'google.protobuf.DoubleValue': unwrap,
  'google.protobuf.FloatValue': unwrap,
  'google.protobuf.Int64Value': unwrap,
  'google.protobuf.UInt64Value': unwrap,
  'google.protobuf.Int32Value': unwrap,
  'google.protobuf.UInt32Value': unwrap,
  'google.protobuf.BoolValue': unwrap,
  'google.protobuf.StringValue': unwrap,
  'google.protobuf.BytesValue': unwrap,
  'google.type.Date': date,
  'google.type.TimeOfDay': timeOfDay,
  'google.type.Decimal': ({ value }, numbers, count) =>
    DECIMAL.test(String(value)) ? decimalFromText(String(value), numbers, count) : value,
  'confluent.type.Decimal': ({ value, scale }, numbers, count) =>
    decimalValue(unscaledOf(Buffer.from(String(value), 'base64')), Number(scale), numbers, count),
}

export function isWellKnown(name: string): boolean {
  return Object.hasOwn(CONVERT, name)
}

/** The value that a message of a well-known type stands for. */
export function convertWellKnown(
  name: string,
  message: PlainObject,
  numbers: Numbers,
  count: RoundingCount,
): unknown {
  return CONVERT[name]?.(message, numbers, count)
}

/** A time that a Date can't hold stays the message that it is. */
function timestamp(message: PlainObject): unknown {
  const nanos = Number(message.nanos)
  const text = timestampText(Number(message.seconds) * 1000, 3)
  if (text === undefined || nanos < 0 || nanos >= NANOS_PER_SECOND) return message
  return `${text.slice(0, -'.000'.length)}${fraction(nanos)}Z`
}

function duration(message: PlainObject): unknown {
  const [seconds, nanos] = [Number(message.seconds), Number(message.nanos)]
  const sign = seconds < 0 || nanos < 0 ? '-' : ''
  return `${sign}${Math.abs(seconds)}${fraction(Math.abs(nanos))}s`
}

/** No digits, three, six or nine: as few as are exact. */
function fraction(nanos: number): string {
  if (nanos === 0) return ''
  const digits = String(nanos).padStart(9, '0')
  if (nanos % 1_000_000 === 0) return `.${digits.slice(0, 3)}`
  return `.${nanos % 1000 === 0 ? digits.slice(0, 6) : digits}`
}

/** Of the one member that was written, its value. */
function dynamicValue(message: PlainObject): unknown {
  const [[name, value] = ['null_value', null]] = Object.entries(message)
  return name === 'null_value' ? null : value
}

/** A date without a year, a month or a day is none that text could say: it stays a message. */
function date(message: PlainObject): unknown {
  const { year, month, day } = message
  if (!year || !month || !day) return message
  return dateText(Date.UTC(Number(year), Number(month) - 1, Number(day)) / 86_400_000) ?? message
}

function timeOfDay(message: PlainObject): unknown {
  const { hours, minutes, seconds, nanos } = message
  const ofDay = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  return timeOfDayText(ofDay * NANOS_PER_SECOND + Number(nanos), 9) ?? message
}
