/** What a text should have been, as a clause for a message: `must be …`. */
export class BadValue {
  readonly expected: string

  constructor(expected: string) {
    this.expected = expected
  }
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }

/** A duration such as `500ms`, `10s`, `5m` or `1h`, in milliseconds. */
export function parseDurationMs(text: string): number | BadValue {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text)
  const valueMs = Number(match?.[1]) * (UNIT_MS[match?.[2] ?? ''] ?? Number.NaN)
  return valueMs > 0 && Number.isFinite(valueMs)
    ? valueMs
    : new BadValue('a duration above 0 such as 500ms, 10s or 5m')
}

/** A whole number, not below `least`. */
export function parseCount(text: string, least = 1): number | BadValue {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  return Number.isSafeInteger(value) && value >= least ? value : new BadValue(`a whole number from ${least}`)
}

/** One of a closed set. */
export function parseChoice<Choice extends string>(
  text: string,
  choices: readonly Choice[],
): Choice | BadValue {
  return choices.find((choice) => choice === text) ?? new BadValue(`one of ${choices.join(', ')}`)
}

export function parseBoolean(text: string): boolean | BadValue {
  const lower = text.toLowerCase()
  if (['true', '1', 'yes'].includes(lower)) return true
  return ['false', '0', 'no', ''].includes(lower) ? false : new BadValue('true or false')
}

/** `HOST:PORT`, with IPv6 hosts in brackets. */
export function parseHostPort(text: string): { host: string; port: number } | BadValue {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:/[\]]+)):(\d{1,5})$/.exec(text)
  const host = match?.[1] ?? match?.[2]
  const port = Number(match?.[3])
  return host !== undefined && port <= 65_535
    ? { host, port }
    : new BadValue('HOST:PORT, for example 127.0.0.1:9092')
}

/** A list of `HOST:PORT`, separated by commas. */
export function parseBrokers(text: string): string[] | BadValue {
  const brokers = text.split(',').map((broker) => broker.trim())
  const isGood = brokers.every((broker) => !(parseHostPort(broker) instanceof BadValue))
  return isGood ? brokers : new BadValue('HOST:PORT, or several separated by commas')
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/

/** A moment as in RFC 3339, or as milliseconds since the epoch; in milliseconds since the epoch. */
export function parseInstantMs(text: string): number | BadValue {
  const day = INSTANT.exec(text)?.[1]
  const instantMs = /^\d{1,15}$/.test(text) ? Number(text) : day === undefined ? Number.NaN : Date.parse(text)
  const isThere = day === undefined || isDay(day)
  return Number.isFinite(instantMs) && isThere
    ? instantMs
    : new BadValue('a moment such as 2026-03-02T12:00:00Z, or milliseconds since 1970')
}

/** Date.parse reads the 30th of February as the 2nd of March. */
function isDay(day: string): boolean {
  const parsed = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day)
}
