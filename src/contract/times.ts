const INSTANT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:Z|([+-])(\d{2}):(\d{2}))$/

/** Milliseconds since the epoch of an RFC 3339 moment, or undefined for a day or time that does not exist. */
export function instantMs(text: string): number | undefined {
  const match = INSTANT.exec(text)
  if (!match) return undefined
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as SixNumbers
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  const isDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  const offsetMinutes = Number(match[9] ?? 0) * 60 + Number(match[10] ?? 0)
  const isTime = hour < 24 && minute < 60 && second < 60 && Number(match[9] ?? 0) < 24
  if (!isDay || !isTime || Number(match[10] ?? 0) > 59) return undefined
  const milliseconds = Math.trunc(Number(`0.${match[7] ?? 0}`) * 1000)
  date.setUTCHours(hour, minute, second, milliseconds)
  return date.getTime() - (match[8] === '-' ? -1 : 1) * offsetMinutes * 60_000
}

type SixNumbers = [number, number, number, number, number, number]

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/** Milliseconds of a length of time such as 90s, which is well formed (`DELAY`, `TIME_SPAN`). */
export function delayMs(text: string): number {
  const unit = /[a-z]+$/.exec(text)?.[0] ?? ''
  return Number.parseInt(text, 10) * (UNIT_MS[unit] ?? 0)
}
