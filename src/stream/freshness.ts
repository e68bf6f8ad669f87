import type { FreshnessCheck } from '../model/contract.ts'
import { NO_MEASURE } from '../model/status.ts'
import type { Evaluation, Status, StatusReason } from '../model/status.ts'
import { isExempt, lastExemptEndMs } from './calendar.ts'

/** What is known of one topic when its silence is judged. */
export interface FreshnessFacts {
  readonly nowMs: number
  /** Since when the topic has been watched. */
  readonly startedMs: number
  /** When the newest event arrived or, with `field`, the newest time in an event; undefined while none is known. */
  readonly newestMs: number | undefined
  /**
   * True while all that is known of the newest arrival is what its producer says, whose clock may be wrong by hours: silence then counts from
   * the start at the earliest.
   */
  readonly isNewestClaimed?: boolean
  /** There are records that we have not judged for longer than `within`. */
  readonly isBehind: boolean
  /** The brokers tell where the topic's partitions end. */
  readonly isReachable: boolean
  /** Nothing was ever written to the topic, as far as its log shows. */
  readonly isEmpty: boolean
}

/**
 * Judges how long a topic has been silent: since its newest event or the end of the last exempted time, whichever is later. What we can't know is unknown,
 * never ok and never breached: arrivals while the brokers don't answer, and times in events that we have not read yet. Where nothing is known of any event,
 * silence counts from the start.
 */
export function judgeFreshness(check: FreshnessCheck, facts: FreshnessFacts): Evaluation {
  const { nowMs, newestMs } = facts
  const { withinMs, except } = check
  const ageMs = newestMs === undefined ? undefined : Math.max(0, nowMs - newestMs)
  const as = (status: Status, reason: StatusReason): Evaluation => ({
    status,
    reason,
    measure: { ...NO_MEASURE, ageMs, bound: withinMs },
  })
  if (isExempt(except, nowMs)) return as('ok', 'exempt')
  if (!facts.isReachable) return as('unknown', 'unreachable')
  if (facts.isBehind && check.field !== undefined) return as('unknown', 'behind')

  const heldSinceMs = lastExemptEndMs(except, nowMs) ?? -Infinity
  if (newestMs !== undefined && nowMs - Math.max(newestMs, heldSinceMs) <= withinMs)
    return as('ok', 'within_bounds')
  const isKnown = newestMs !== undefined && facts.isNewestClaimed !== true
  if (!isKnown && nowMs - Math.max(facts.startedMs, heldSinceMs) <= withinMs)
    return as('warming_up', 'warming_up')
  return as('breached', newestMs === undefined && facts.isEmpty ? 'never_seen' : 'silent')
}
