import type { Format as AjvFormat } from 'ajv'

/**
 * The string formats of JSON Schema, in our own linear-time checks: the usual add-on's regular expressions backtrack, and an event
 * must not be able to choose how long its own validation takes. Sources: RFC 3339 (date-time, date, time, duration), RFC 5321/5322 in
 * the common form (email), RFC 1123 (hostname), RFC 3986 (uri), RFC 9562 (uuid), RFC 6901 (json-pointer).
 */
export const FORMAT_CHECKS: Readonly<Record<string, AjvFormat>> = {
  'date-time': (text: string) => {
    const split = text.search(/[Tt ]/)
    return split === 10 && isDate(text.slice(0, 10)) && isTime(text.slice(11))
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

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (match === null) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const days = month === 2 && isLeapYear(year) ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0)
  return day >= 1 && day <= days
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** A time with its offset; second 60 only as a leap second, which falls on 23:59:60 UTC. */
function isTime(text: string): boolean {
  const match = /^(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,12})?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/.exec(text)
  if (match === null) return false
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const [offsetHour, offsetMinute] = [Number(match[5] ?? 0), Number(match[6] ?? 0)]
  if (hour > 23 || minute > 59 || offsetHour > 23 || offsetMinute > 59) return false
  if (second <= 59) return true
  const sign = match[4] === '-' ? -1 : 1
  const minutesUtc = (hour * 60 + minute - sign * (offsetHour * 60 + offsetMinute) + 2880) % 1440
  return second === 60 && minutesUtc === 1439
}

function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  if (at < 1 || local.length > 64 || text.length > 254) return false
  if (
    /[\s@"(),:;<>[\\\]]/.test(local) ||
    local.startsWith('.') ||
    local.endsWith('.') ||
    local.includes('..')
  )
    return false
  return isHostname(text.slice(at + 1))
}

function isHostname(text: string): boolean {
  const name = text.endsWith('.') ? text.slice(0, -1) : text
  return (
    name.length <= 253 &&
    name
      .split('.')
      .every((label) => label.length <= 63 && /^[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?$/u.test(label))
  )
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
