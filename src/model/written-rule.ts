import { type Exception, type StreamCheck, type Tolerance, WEEKDAYS } from './contract.ts'

/** A check over the stream as the values of a contract file: `{ freshness: { within: '5m' } }`. What is not there is undefined. */
export function writtenCheck(check: StreamCheck): object {
  const { field, except } = check
  const common = {
    field: field?.text,
    except: except.length === 0 ? undefined : writtenExceptions(except),
  }
  if (check.kind === 'freshness') return { freshness: { within: spanText(check.withinMs), ...common } }
  const { overMs, min, max, latenessMs } = check
  const lateness = latenessMs === 0 ? undefined : spanText(latenessMs)
  return { volume: { over: spanText(overMs), min, max, ...common, lateness } }
}

/** A calendar as the value of `except`. */
export function writtenExceptions(except: readonly Exception[]): readonly object[] {
  return except.map((exception) => ({
    days: exception.days.length === WEEKDAYS.length ? undefined : exception.days,
    hours: hoursText(exception),
    timezone: exception.timezone,
  }))
}

/** A tolerance as the value of a contract file. */
export function writtenTolerance(tolerance: Tolerance | 'none'): object | 'none' {
  if (tolerance === 'none') return tolerance
  const { warn, fail, overMs, minimumEvents } = tolerance
  return {
    warn: warn === undefined ? undefined : shareText(warn),
    fail: shareText(fail),
    over: spanText(overMs),
    minimumEvents: minimumEvents === 1 ? undefined : minimumEvents,
  }
}

/** Values of a contract file on one line, in YAML's flow style: `{ within: 5m, except: [{ timezone: UTC }] }`. */
export function flowText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return `{ ${entries.map(([key, inner]) => `${key}: ${flowText(inner)}`).join(', ')} }`
}

/** A check over the stream as it could stand in a contract file: `freshness: { within: 5m }`. */
export function checkText(check: StreamCheck): string {
  return flowText(writtenCheck(check)).slice('{ '.length, -' }'.length)
}

const UNITS = [
  ['w', 604_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const

/** A length of time in the largest unit that divides it: 5m, 90s. Less than a second is left in milliseconds. */
export function spanText(ms: number): string {
  const [unit, unitMs] = UNITS.find(([, length]) => ms >= length && ms % length === 0) ?? ['ms', 1]
  return `${ms / unitMs}${unit}`
}

/** A share between 0 and 1 in per cent, as it is written: 0.1%. */
export function shareText(share: number): string {
  return `${Number((share * 100).toPrecision(12))}%`
}

/** The hours of an exception as they are written, such as 22:00-06:00; undefined for a whole day. */
export function hoursText({ fromMinute, toMinute }: Exception): string | undefined {
  const isWholeDay = fromMinute === 0 && toMinute === MINUTES_A_DAY
  return isWholeDay ? undefined : `${timeOfDay(fromMinute)}-${timeOfDay(toMinute)}`
}

const MINUTES_A_DAY = 24 * 60

function timeOfDay(minute: number): string {
  const [hours, minutes] = [Math.floor(minute / 60), minute % 60]
  return [hours, minutes].map((part) => String(part).padStart(2, '0')).join(':')
}
