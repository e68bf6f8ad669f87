const MINUTE_MS = 60_000
export const DAY_MS = 86_400_000

/** More days are forgotten, so that a clock that is moved through years takes no memory. */
const MAX_DAYS = 1000

/** A time zone by its IANA name: how far its clocks are ahead of UTC, and when they show what. */
export class TimeZone {
  readonly #format: Intl.DateTimeFormat
  /** By day of UTC: the offset in milliseconds, or undefined for a day on which it changes. */
  readonly #days = new Map<number, number | undefined>()

  /** Throws RangeError for a name that is not known: see isTimeZone. */
  constructor(name: string) {
    this.#format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' })
  }

  /** How far the clocks are ahead of UTC at a moment, in milliseconds. */
  offsetMs(atMs: number): number {
    const day = Math.floor(atMs / DAY_MS)
    return this.#offsetOfDay(day) ?? this.#askOffset(atMs)
  }

  /**
   * The first moment at which the clocks show a local time, which is given as if it were UTC, or have passed it: where they are put
   * forward over it, that is the moment of the change.
   */
  firstMoment(localMs: number): number {
    const { before, after, changeMs } = this.#around(localMs)
    const earlierMs = localMs - before
    return earlierMs < changeMs ? earlierMs : Math.max(localMs - after, changeMs)
  }

  /** The moment from which on the clocks show no time before a local one any more: of a time that comes twice, that is the second. */
  lastMoment(localMs: number): number {
    const { before, after, changeMs } = this.#around(localMs)
    const laterMs = localMs - after
    return laterMs > changeMs ? laterMs : Math.min(localMs - before, changeMs)
  }

  /** The offsets a day before and after a local time, and when the one becomes the other. No clock is changed twice within two days. */
  #around(localMs: number): { before: number; after: number; changeMs: number } {
    const [fromMs, toMs] = [localMs - DAY_MS, localMs + DAY_MS]
    const [before, after] = [this.offsetMs(fromMs), this.offsetMs(toMs)]
    const changeMs = before === after ? Infinity : this.#changeBetween(fromMs, toMs, before)
    return { before, after, changeMs }
  }

  #offsetOfDay(day: number): number | undefined {
    if (this.#days.has(day)) return this.#days.get(day)
    if (this.#days.size >= MAX_DAYS) this.#days.clear()
    const [start, end] = [this.#askOffset(day * DAY_MS), this.#askOffset((day + 1) * DAY_MS)]
    const offset = start === end ? start : undefined
    this.#days.set(day, offset)
    return offset
  }

  /** The first moment after `fromMs` at which the offset is not that of `fromMs` any more. */
  #changeBetween(fromMs: number, toMs: number, offset: number): number {
    let [lastOldMs, firstNewMs] = [fromMs, toMs]
    while (firstNewMs - lastOldMs > 1) {
      const middleMs = Math.floor((lastOldMs + firstNewMs) / 2)
      if (this.offsetMs(middleMs) === offset) lastOldMs = middleMs
      else firstNewMs = middleMs
    }
    return firstNewMs
  }

  #askOffset(atMs: number): number {
    const parts = this.#format.formatToParts(atMs)
    return offsetOf(parts.find(({ type }) => type === 'timeZoneName')?.value ?? '')
  }
}

/** Of a name such as GMT+05:30, or GMT alone. Some offsets of long ago have seconds. */
function offsetOf(name: string): number {
  const [, sign, hours = 0, minutes = 0, seconds = 0] =
    /([+\-−])(\d{2}):(\d{2})(?::(\d{2}))?/.exec(name) ?? []
  const size = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS + Number(seconds) * 1000
  return sign === undefined || sign === '+' ? size : -size
}

/** True for an IANA name that this Node knows. An offset such as +02:00 is none: it would be wrong for half of the year. */
export function isTimeZone(name: string): boolean {
  if (/^[+\-−]/.test(name)) return false
  try {
    return zoneOf(name) instanceof TimeZone
  } catch {
    return false
  }
}

const zones = new Map<string, TimeZone>()

/** The zone of a name, made once: making one takes a thousand times as long as asking it. */
export function zoneOf(name: string): TimeZone {
  const zone = zones.get(name) ?? new TimeZone(name)
  zones.set(name, zone)
  return zone
}
