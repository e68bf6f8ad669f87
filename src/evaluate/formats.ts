import type { Format as AjvFormat } from 'ajv'

/**
 * The string formats of JSON Schema, in our own linear-time checks: the usual add-on's regular expressions backtrack, and an event
 * must not be able to choose how long its own validation takes. Sources: RFC 3339 (date-time, date, time, duration), RFC 5321/5322 in
 * the common form (email), RFC 1123 (hostname), RFC 3986 (uri), RFC 9562 (uuid), RFC 6901 (json-pointer).
 */
export const FORMAT_CHECKS: Readonly<Record<string, AjvFormat>> = {
  'date-time': (text: string) => {
    const isSplit = text[10] === 'T' || text[10] === 't' || text[10] === ' '
    return isSplit && isDate(text.slice(0, 10)) && isTime(text.slice(11))
  },
  date: isDate,
  time: isTime,
  duration: (text: string) =>
    text.length <= 100 &&
    /^P(?:\d+W|(?=\d|T\d)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?)$/.test(
      text,
    ),
  email: isEmail,
  'idn-email': isEmail,
  hostname: isHostname,
  ipv4: isIpv4,
  ipv6: isIpv6,
  uri: (text: string) => /^[A-Za-z][A-Za-z0-9+.-]*:/.test(text) && isUriText(text),
  'uri-reference': isUriText,
  iri: (text: string) => /^[A-Za-z][A-Za-z0-9+.-]*:/.test(text) && !/\s/.test(text),
  uuid: (text: string) =>
    /^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$/.test(text),
  'json-pointer': (text: string) => text === '' || (text.startsWith('/') && !/~(?![01])/.test(text)),
}

const ZERO = 0x30
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isDate(text: string): boolean {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return false
  const [year, month, day] = [digitsAt(text, 0, 4), digitsAt(text, 5, 2), digitsAt(text, 8, 2)]
  const days = month === 2 && isLeapYear(year) ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0)
  return year >= 0 && day >= 1 && day <= days
}

/** The number that so many digits make; NaN unless all of them are digits. Such texts are in most events, and patterns cost more. */
function digitsAt(text: string, start: number, count: number): number {
  let value = 0
  for (let index = start; index < start + count; index++) {
    const digit = text.charCodeAt(index) - ZERO
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** A time with its offset; second 60 only as a leap second, which falls on 23:59:60 UTC. */
function isTime(text: string): boolean {
  const [hour, minute, second] = [digitsAt(text, 0, 2), digitsAt(text, 3, 2), digitsAt(text, 6, 2)]
  const isClock = text[2] === ':' && text[5] === ':' && hour <= 23 && minute <= 59
  const offset = offsetMinutes(text, endOfFraction(text, 8))
  if (!isClock || Number.isNaN(offset)) return false
  return second <= 59 || (second === 60 && (hour * 60 + minute - offset + 2880) % 1440 === 1439)
}

/** Where the fraction of a second ends that may begin at `start`: a point and up to 12 digits. */
function endOfFraction(text: string, start: number): number {
  if (text[start] !== '.') return start
  let end = start + 1
  while (end <= start + 12 && digitsAt(text, end, 1) >= 0) end++
  return end === start + 1 ? start : end
}

/** The offset from UTC that stands at `start` and ends the text; NaN if it is none. */
function offsetMinutes(text: string, start: number): number {
  const sign = text[start]
  if (text.length === start + 1) return sign === 'Z' || sign === 'z' ? 0 : Number.NaN
  if (text.length !== start + 6 || text[start + 3] !== ':') return Number.NaN
  const [hour, minute] = [digitsAt(text, start + 1, 2), digitsAt(text, start + 4, 2)]
  if (!(hour <= 23 && minute <= 59)) return Number.NaN
  if (sign === '+') return hour * 60 + minute
  return sign === '-' ? -(hour * 60 + minute) : Number.NaN
}

const PLAIN_LOCAL_PART = /^[\w%+-]+(?:\.[\w%+-]+)*$/

function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  if (at < 1 || local.length > 64 || text.length > 254) return false
  return (PLAIN_LOCAL_PART.test(local) || isLocalPart(local)) && isHostname(text.slice(at + 1))
}

function isLocalPart(local: string): boolean {
  const hasForbidden = /[\s@"(),:;<>[\\\]]/.test(local)
  return !hasForbidden && !local.startsWith('.') && !local.endsWith('.') && !local.includes('..')
}

const ASCII_HOSTNAME = /^[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*$/i
const LONGEST_LABEL = 63

function isHostname(text: string): boolean {
  const name = text.endsWith('.') ? text.slice(0, -1) : text
  if (name.length > 253) return false
  return (name.length <= LONGEST_LABEL && ASCII_HOSTNAME.test(name)) || name.split('.').every(isLabel)
}

function isLabel(label: string): boolean {
  return label.length <= LONGEST_LABEL && /^[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?$/u.test(label)
}

function isIpv4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
}

function isIpv6(text: string): boolean {
  if (text.length > 45) return false
  const halves = text.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1)
  const isMixed = last !== undefined && last.includes('.')
  const hexGroups = isMixed ? groups.slice(0, -1) : groups
  const width = hexGroups.length + (isMixed ? 2 : 0)
  return (
    (!isMixed || isIpv4(last)) &&
    hexGroups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group)) &&
    (halves.length === 2 ? width <= 7 : width === 8)
  )
}

function isUriText(text: string): boolean {
  return /^[!#-;=?-[\]_a-z~]*$/i.test(text) && !/%(?![0-9A-Fa-f]{2})/.test(text)
}
