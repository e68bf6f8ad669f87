const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** A length of time for people: `15 min`, `2 h`, `7 d`, `90 s`. */
export function spanText(spanMs: number): string {
  if (spanMs >= DAY_MS && spanMs % DAY_MS === 0) return `${spanMs / DAY_MS} d`
  if (spanMs >= HOUR_MS && spanMs % HOUR_MS === 0) return `${spanMs / HOUR_MS} h`
  if (spanMs >= MINUTE_MS && spanMs % MINUTE_MS === 0) return `${spanMs / MINUTE_MS} min`
  return `${spanMs / 1000} s`
}

/** A share as a percentage with the digits that it has: `0.1 %`. */
export function shareText(share: number): string {
  return `${decimal(share * 100)} %`
}

/** A number as digits with a point: no exponent, no noise of binary fractions. */
export function decimal(value: number): string {
  return value.toFixed(6).replace(/\.?0+$/, '')
}
