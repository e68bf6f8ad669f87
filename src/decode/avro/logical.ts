import type { Logical } from './type.ts'

const LONGS: Readonly<Record<string, Logical>> = {
  'time-micros': { kind: 'time', digits: 6 },
  'timestamp-millis': { kind: 'timestamp', digits: 3 },
  'timestamp-micros': { kind: 'timestamp', digits: 6 },
  'timestamp-nanos': { kind: 'timestamp', digits: 9 },
  'local-timestamp-millis': { kind: 'local-timestamp', digits: 3 },
  'local-timestamp-micros': { kind: 'local-timestamp', digits: 6 },
  'local-timestamp-nanos': { kind: 'local-timestamp', digits: 9 },
}
const BY_TYPE: Readonly<Record<string, Readonly<Record<string, Logical>>>> = {
  int: { date: { kind: 'date' }, 'time-millis': { kind: 'time', digits: 3 } },
  long: LONGS,
}
const UUID_BYTES = 16
const DURATION_BYTES = 12
const MAX_SCALE = 1000

/**
 * What the attributes of a type say that its values stand for. As the specification demands, what is unknown or does not fit the type
 * is as if it were not there: the value is then the plain one.
 */
export function logicalOf(type: string, schema: Readonly<Record<string, unknown>>): Logical | undefined {
  const { logicalType: name } = schema
  if (typeof name !== 'string') return undefined
  if (name === 'decimal' && (type === 'bytes' || type === 'fixed')) return decimalOf(schema)
  if (type === 'fixed') return logicalFixed(name, schema.size)
  const known = Object.hasOwn(BY_TYPE, type) ? BY_TYPE[type] : undefined
  return known !== undefined && Object.hasOwn(known, name) ? known[name] : undefined
}

function logicalFixed(name: string, size: unknown): Logical | undefined {
  if (name === 'uuid' && size === UUID_BYTES) return { kind: 'uuid' }
  return name === 'duration' && size === DURATION_BYTES ? { kind: 'duration' } : undefined
}

function decimalOf({ precision, scale = 0 }: Readonly<Record<string, unknown>>): Logical | undefined {
  const isValid =
    Number.isSafeInteger(precision) &&
    Number.isSafeInteger(scale) &&
    Number(scale) >= 0 &&
    Number(scale) <= Math.min(Number(precision), MAX_SCALE)
  return isValid ? { kind: 'decimal', scale: Number(scale) } : undefined
}
