import type { Exception, FreshnessCheck, StreamCheck, VolumeCheck } from '../../src/model/contract.ts'
import { isExempt } from '../../src/stream/calendar.ts'
import { contractOf } from '../evaluate/support.ts'

/** What a rule over the stream checks, as a contract file would give it. */
function checkOf(rule: Readonly<Record<string, unknown>>): StreamCheck {
  const [read] = contractOf([rule]).streamRules
  if (read === undefined) throw new Error('it is no rule over the stream')
  return read.check
}

export function freshness(keys: Readonly<Record<string, unknown>>): FreshnessCheck {
  return checkOf({ freshness: keys }) as FreshnessCheck
}

export function volume(keys: Readonly<Record<string, unknown>>): VolumeCheck {
  return checkOf({ volume: keys }) as VolumeCheck
}

export interface ExceptionText {
  readonly days?: readonly string[]
  readonly hours?: string
  readonly timezone: string
}

/** As contract files would give them, each of them alone: together they may well leave no time of a week. */
export function exceptions(...except: readonly ExceptionText[]): readonly Exception[] {
  return except.flatMap((text) => freshness({ within: '1s', except: [text] }).except)
}

/** Milliseconds since the epoch of a moment written with its zone. */
export function at(text: string): number {
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) throw new Error(`${text} is no moment`)
  return ms
}

export function iso(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString()
}

const MINUTE_MS = 60_000

/** The times in which exceptions hold between two moments, found minute by minute, as hours of UTC. */
export function exemptTimes(except: readonly Exception[], from: string, to: string): string[] {
  const times: string[] = []
  let since: number | undefined
  for (let ms = at(from); ms <= at(to); ms += MINUTE_MS) {
    const holds = ms < at(to) && isExempt(except, ms)
    if (holds) since ??= ms
    else if (since !== undefined) {
      times.push(`${iso(since)?.slice(5, 16)} ${iso(ms)?.slice(5, 16)}`)
      since = undefined
    }
  }
  return times
}
