import type { Numbers } from '../model/contract.ts'
import { DataFault } from './data-fault.ts'
import { narrowed } from './zigzag.ts'

/** Who is told that a number did not fit. */
export interface RoundingCount {
  rounded: number
}

/** A decimal of so many bytes has about 1,200 digits. */
const MAX_DECIMAL_BYTES = 512
/** The longest integer that is read in one go. */
const MAX_PLAIN_BYTES = 6
/** Powers of ten up to this one are exact doubles. */
const MAX_EXACT_POWER = 22

/** A 64-bit integer as rules see it. */
export function integerValue(
  value: number | bigint,
  numbers: Numbers,
  count: RoundingCount,
): number | string {
  if (numbers === 'string') return String(value)
  if (typeof value === 'number') return value
  const isSafe = value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER
  if (isSafe) return Number(value)
  if (numbers === 'exact') return String(value)
  count.rounded++
  return Number(value)
}

/** A signed big-endian integer in two's complement; of no bytes at all, 0. */
export function unscaledOf(bytes: Buffer): number | bigint {
  if (bytes.length === 0) return 0
  if (bytes.length <= MAX_PLAIN_BYTES) return bytes.readIntBE(0, bytes.length)
  if (bytes.length > MAX_DECIMAL_BYTES) {
    throw new DataFault('oversized', `a decimal has more than ${MAX_DECIMAL_BYTES} bytes`)
  }
  return narrowed(BigInt.asIntN(bytes.length * 8, BigInt(`0x${bytes.toString('hex')}`)))
}

/** `unscaled` × 10^−`scale` as rules see it. */
export function decimalValue(
  unscaled: number | bigint,
  scale: number,
  numbers: Numbers,
  count: RoundingCount,
): number | string {
  if (numbers !== 'string' && typeof unscaled === 'number' && scale >= 0 && scale <= MAX_EXACT_POWER) {
    const value = unscaled / 10 ** scale
    // Of fifteen digits, a double keeps every one.
    if (Math.abs(unscaled) < 1e15) return value
  }
  return decimalFromText(decimalText(unscaled, scale), numbers, count)
}

/** A number given by its digits as rules see it. */
export function decimalFromText(text: string, numbers: Numbers, count: RoundingCount): number | string {
  if (numbers === 'string') return text
  const value = Number(text)
  if (isExact(text, value)) return value
  if (numbers === 'exact') return text
  count.rounded++
  return value
}

/** Whether a double says the same as the digits it was read from: written out, it has the same ones, but for zeros that add nothing. */
export function isExact(text: string, value: number): boolean {
  return Number.isFinite(value) && canonical(text) === canonical(String(value))
}

/** Without exponent: `12.30` for 1230 and scale 2. */
function decimalText(unscaled: number | bigint, scale: number): string {
  const isNegative = unscaled < 0
  const digits = String(unscaled).slice(isNegative ? 1 : 0)
  const sign = isNegative ? '-' : ''
  if (scale <= 0) return sign + (digits === '0' ? '0' : digits + '0'.repeat(-scale))
  const padded = digits.padStart(scale + 1, '0')
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`
}

/** The significant digits and the power of ten of the last one: the same for all ways to write a number. */
function canonical(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? []
  const all = (whole + fraction).replace(/^0+/, '')
  const digits = withoutTrailingZeros(all)
  if (digits === '') return '0'
  return `${sign}${digits}e${Number(exponent) - fraction.length + all.length - digits.length}`
}

/** Walks from the end: a regular expression anchored there would try every run of zeros from each of them. */
function withoutTrailingZeros(digits: string): string {
  let end = digits.length
  while (end > 0 && digits[end - 1] === '0') end--
  return digits.slice(0, end)
}
