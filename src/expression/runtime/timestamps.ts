const ZERO = 48
const MS_PER_DAY = 86_400_000

/**
 * $toMillis of the one form that nearly all timestamps have, `2025-01-31T12:34:56Z` with or without three digits of milliseconds, or null
 * for all others, which upstream and Date.parse look at.
 */
export function parseTimestamp(value: unknown): number | null {
  if (typeof value !== 'string') return null
  const { length } = value
  if ((length !== 24 && length !== 20) || value.charCodeAt(length - 1) !== 90) return null
  const hasSeparators =
    value.charCodeAt(4) === 45 &&
    value.charCodeAt(7) === 45 &&
    value.charCodeAt(10) === 84 &&
    value.charCodeAt(13) === 58 &&
    value.charCodeAt(16) === 58
  if (!hasSeparators || (length === 24 && value.charCodeAt(19) !== 46)) return null
  return toMillis(value, length === 24 ? digits(value, 20, 3) : 0)
}

function toMillis(text: string, milliseconds: number): number | null {
  const year = digits(text, 0, 4)
  const month = digits(text, 5, 2)
  const day = digits(text, 8, 2)
  const hour = digits(text, 11, 2)
  const minute = digits(text, 14, 2)
  const second = digits(text, 17, 2)
  // NaN, of what is no digit, fails every one of these. Days beyond 28 are looked at by those who know the months.
  const isCommon = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= 28
  const isTime = hour <= 23 && minute <= 59 && second <= 59 && milliseconds >= 0
  if (!isCommon || !isTime) return null
  const time = ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds
  return daysBefore(year, month, day) * MS_PER_DAY + time
}

/** The number that `count` digits from `start` on make, or NaN. */
function digits(text: string, start: number, count: number): number {
  let number = 0
  for (let index = start; index < start + count; index++) {
    const digit = text.charCodeAt(index) - ZERO
    if (digit < 0 || digit > 9) return Number.NaN
    number = number * 10 + digit
  }
  return number
}

/** Days since 1970-01-01 in the Gregorian calendar, with years that begin in March so that the leap day is their last. */
function daysBefore(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}
