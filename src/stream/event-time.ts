import { MAX_AHEAD_MS } from '../lag/arrival.ts'

/** The first moment of 2101: what is at or after it is no time of an event, nor what is before 1970. */
const END_MS = Date.UTC(2101, 0)
/** Milliseconds below it are of before 1973, so a number that small counts seconds. */
const MILLISECONDS_FROM = 100_000_000_000
const DECIMAL = /^\d{1,18}(?:\.\d{1,18})?$/
const [COMMA, HYPHEN, POINT, COLON] = [44, 45, 46, 58]
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

/**
 * The time that a value of an event stands for, in milliseconds since the epoch: ISO 8601 (with a date at least; without a zone it is
 * UTC), a number of milliseconds or seconds since 1970, or such a number as text. Undefined for anything else, for days and times that
 * don't exist, and outside of the years 1970 to 2100. Fractions of a millisecond are dropped.
 */
export function readEventTime(value: unknown): number | undefined {
  if (typeof value === 'number') return timeOfNumber(value)
  if (typeof value !== 'string') return undefined
  if (value.charCodeAt(4) === HYPHEN) return timeOfText(value)
  return DECIMAL.test(value) ? timeOfNumber(Number(value)) : undefined
}

/** True for a time so far ahead of our clock that it can't be right. */
export function isFuture(timeMs: number, nowMs: number): boolean {
  return timeMs > nowMs + MAX_AHEAD_MS
}

function timeOfNumber(value: number): number | undefined {
  return plausible(Math.floor(value < MILLISECONDS_FROM ? value * 1000 : value))
}

function plausible(timeMs: number): number | undefined {
  return timeMs >= 0 && timeMs < END_MS ? timeMs : undefined
}

/** Read by hand: it is done for every event, and a general parser takes several times as long. */
function timeOfText(text: string): number | undefined {
  if (text.length < 10 || text.charCodeAt(7) !== HYPHEN) return undefined
  const dayMs = startOfDay(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10))
  return plausible(text.length === 10 ? dayMs : dayMs + timeOfDay(text))
}

/** Milliseconds from the beginning of the text's day to the time after it, in UTC; NaN if no time stands there. */
function timeOfDay(text: string): number {
  if (!'Tt '.includes(text.charAt(10)) || text.charCodeAt(13) !== COLON) return NaN
  const hour = digits(text, 11, 13)
  const minute = digits(text, 14, 16)
  const hasSecond = text.charCodeAt(16) === COLON
  const second = hasSecond ? digits(text, 17, 19) : 0
  const end = hasSecond ? endOfFraction(text) : 16
  const isEndOfDay = hour === 24 && minute === 0 && second === 0
  // A leap second is the 60th.
  if (!((hour < 24 && minute < 60 && second <= 60) || isEndOfDay)) return NaN
  const fractionMs = end > 20 ? digits(text.slice(20, end).padEnd(3, '0'), 0, 3) : 0
  const offsetMs = end === text.length ? 0 : offsetOf(text.slice(end))
  return hour * HOUR_MS + minute * MINUTE_MS + second * 1000 + fractionMs - offsetMs
}

/** The number that the digits from `start` to `end` write; NaN if one of them is none. */
function digits(text: string, start: number, end: number): number {
  let value = 0
  for (let index = start; index < end; index++) {
    const digit = text.charCodeAt(index) - 48
    if (!(digit >= 0 && digit <= 9)) return NaN
    value = value * 10 + digit
  }
  return value
}

/** NaN for a day that does not exist. */
function startOfDay(year: number, month: number, day: number): number {
  const startMs = Date.UTC(year, month - 1, day)
  const isDay = month >= 1 && month <= 12 && day >= 1 && (day <= 28 || new Date(startMs).getUTCDate() === day)
  return isDay ? startMs : NaN
}

/** Where the fraction of the second ends: at 19 if there is none. */
function endOfFraction(text: string): number {
  if (text.charCodeAt(19) !== POINT && text.charCodeAt(19) !== COMMA) return 19
  let end = 20
  while (!Number.isNaN(digits(text, end, end + 1))) end++
  return end === 20 ? 19 : end
}

const OFFSET = /^([+-])(\d{2})(?::?([0-5]\d))?$/

/** NaN if it is none. */
function offsetOf(zone: string): number {
  if (zone === 'Z' || zone === 'z') return 0
  const match = OFFSET.exec(zone)
  if (match === null || Number(match[2]) > 23) return NaN
  const offsetMs = Number(match[2]) * HOUR_MS + Number(match[3] ?? 0) * MINUTE_MS
  return match[1] === '-' ? -offsetMs : offsetMs
}
