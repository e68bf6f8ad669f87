import type { Exception, StreamCheck, StreamRule, Tolerance } from '../model/contract.ts'
import { WEEKDAYS } from '../model/contract.ts'
import type { RuleValues } from './contract-values.ts'
import { delayMs } from './times.ts'

const MINUTES_A_DAY = 24 * 60
/** How long windows over times in the events wait for late ones, unless the rule says it. */
const USUAL_LATENESS_MS = 60_000

/** A rule over the stream, or undefined for one about single events. */
export function toStreamRule(read: RuleValues): StreamRule | undefined {
  const check = toStreamCheck(read)
  return (
    check && {
      id: read.id.value,
      description: read.description?.value,
      severity: read.severity.value,
      dimension: read.dimension.value,
      mode: read.mode.value,
      check,
      ignore: new Map([...(read.ignore?.value ?? [])].map(([code, { at }]) => [code, at])),
      at: read.id.at,
    }
  )
}

/** Shares as numbers between 0 and 1. */
export function toTolerance(read: RuleValues['tolerance']): Tolerance | 'none' | undefined {
  if (read === undefined || typeof read.value === 'string') return read?.value as 'none' | undefined
  const { warn, fail, over, minimumEvents } = read.value
  return {
    warn: warn && toShare(warn.value),
    fail: toShare(fail.value),
    overMs: delayMs(over.value),
    minimumEvents: minimumEvents?.value ?? 1,
  }
}

function toStreamCheck({ freshness, volume }: RuleValues): StreamCheck | undefined {
  if (freshness) {
    const { within, field, except } = freshness.value
    return {
      kind: 'freshness',
      withinMs: delayMs(within.value),
      field: field?.value,
      except: toExceptions(except),
    }
  }
  if (!volume) return undefined
  const { over, min, max, field, lateness, except } = volume.value
  return {
    kind: 'volume',
    overMs: delayMs(over.value),
    min: min?.value,
    max: max?.value,
    field: field?.value,
    latenessMs: lateness ? delayMs(lateness.value) : field ? USUAL_LATENESS_MS : 0,
    except: toExceptions(except),
  }
}

export type ExceptValues = NonNullable<RuleValues['freshness']>['value']['except']

export function toExceptions(read: ExceptValues): Exception[] {
  return (read?.value ?? []).map(({ value: { days, hours, timezone } }) => {
    const [from, to] = hours?.value.split('-') ?? []
    return {
      days: days?.value.map((day) => day.value) ?? WEEKDAYS,
      fromMinute: from === undefined ? 0 : minuteOf(from),
      toMinute: to === undefined ? MINUTES_A_DAY : minuteOf(to),
      timezone: timezone.value,
    }
  })
}

function minuteOf(timeOfDay: string): number {
  const [hour, minute] = timeOfDay.split(':').map(Number) as [number, number]
  return hour * 60 + minute
}

export function toShare(text: string): number {
  return Number.parseFloat(text) / 100
}
