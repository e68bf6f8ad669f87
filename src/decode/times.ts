/** Farthest from the epoch that a Date can be, in milliseconds. */
const MAX_DATE_MS = 8.64e15
const DAY_MS = 86_400_000

/** Fractions of a second in which times are counted, by the digits that they have. */
export type FractionDigits = 3 | 6 | 9

/** A number of days since the epoch as `YYYY-MM-DD`; undefined beyond what a Date holds. */
export function dateText(days: number): string | undefined {
  return isoText(days * DAY_MS)?.slice(0, -'T00:00:00.000'.length)
}

/** A time since the epoch in ISO 8601 without a zone, with as many digits of the second; undefined beyond what a Date holds. */
export function timestampText(value: number | bigint, digits: FractionDigits): string | undefined {
  if (digits === 3) return isoText(Number(value))
  const [seconds, fraction] = secondsOf(value, 10 ** digits)
  const text = isoText(seconds * 1000)
  return text === undefined ? undefined : text.slice(0, -3) + String(fraction).padStart(digits, '0')
}

/** A time of day as `HH:MM:SS` with as many digits of the second; undefined outside of a day. */
export function timeOfDayText(value: number | bigint, digits: FractionDigits): string | undefined {
  const isInDay = value >= 0 && value < (DAY_MS / 1000) * 10 ** digits
  return isInDay ? timestampText(value, digits)?.slice('1970-01-01T'.length) : undefined
}

function isoText(ms: number): string | undefined {
  return Math.abs(ms) > MAX_DATE_MS ? undefined : new Date(ms).toISOString().slice(0, -1)
}

/** Whole seconds, rounded down, and the fraction that is left. */
function secondsOf(value: number | bigint, perSecond: number): [number, number] {
  if (typeof value === 'bigint') {
    const divisor = BigInt(perSecond)
    const rest = ((value % divisor) + divisor) % divisor
    return [Number((value - rest) / divisor), Number(rest)]
  }
  const seconds = Math.floor(value / perSecond)
  return [seconds, value - seconds * perSecond]
}
