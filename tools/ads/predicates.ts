import type { ExpectedVerdict } from './expected.ts'

const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const EMAIL = /^[^@\s]+@[^@\s]+$/

export function passIf(isMet: boolean): ExpectedVerdict {
  return isMet ? 'pass' : 'fail'
}

/** Milliseconds since the epoch, or NaN for what is no time: comparisons with it are false, as a broken rule wants it. */
export function timeOf(value: unknown): number {
  return isIsoTime(value) ? Date.parse(value) : NaN
}

export function isIsoTime(value: unknown): value is string {
  return isTextLike(value, ISO_TIME)
}

export function isUuid(value: unknown): boolean {
  return isTextLike(value, UUID)
}

export function isEmail(value: unknown): boolean {
  return isTextLike(value, EMAIL)
}

export function isTextLike(value: unknown, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value)
}

export function isTextUpTo(value: unknown, maxChars: number): boolean {
  return typeof value === 'string' && value.length <= maxChars
}

export function isNumberIn(value: unknown, min: number, max: number): value is number {
  return typeof value === 'number' && value >= min && value <= max
}
