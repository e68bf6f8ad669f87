import type { Evaluation, Measure, Status, StatusReason } from '../model/status.ts'
import { NO_MEASURE } from '../model/status.ts'
import { allowedShare } from './bound.ts'
import { Hysteresis, pressureOf } from './hysteresis.ts'
import type { Level } from './hysteresis.ts'
import type { WindowFacts } from './rule-status.ts'

const MINUTE_MS = 60_000
/** The longest window that one process keeps. Budgets of longer ones are SLOs of the monitoring system. */
export const LONGEST_WINDOW_MS = 60 * MINUTE_MS
/** The newest part of a long window, over which the budget must burn as well: what is over already is no alarm. */
export const SHORT_WINDOW_MS = 5 * MINUTE_MS
/** Of an hour in minutes. */
export const LONG_BUCKETS = 60
/** A window that is not whole says nothing with fewer. */
const MINIMUM_EVENTS = 100

/** Above this part of its budget a promise is in danger. */
const WARN_SPENT = 0.75
/** How many times faster than its window allows a budget burns (Google's SRE workbook, *Alerting on SLOs*). */
const BURN = { breach: 14.4, warn: 6 }
/** Burn rates of generous promises would be above what is possible; they are bounded by this part of the way to "all is bad". */
const MOST = { breach: 0.5, warn: 0.25 }
const APART = 0.1

/** What a promise allows, and over which time. */
export interface PromiseBound {
  /** The share that may be bad. */
  readonly budget: number
  /** The window of the budget; undefined if it is longer than this process sees. */
  readonly exactOverMs: number | undefined
  /** Fewer than this say nothing while the window is not whole. */
  readonly minimum: number
}

/** @param objective per cent. @param windowMs undefined for a window that only the monitoring system knows. */
export function promiseBound(
  objective: number,
  windowMs: number | undefined,
  minimum = MINIMUM_EVENTS,
): PromiseBound {
  const isExact = windowMs !== undefined && windowMs <= LONGEST_WINDOW_MS
  return { budget: allowedShare(objective), exactOverMs: isExact ? windowMs : undefined, minimum }
}

/** What was good and bad over the window, and over its newest part. */
export interface PromiseCounts {
  readonly bad: number
  readonly all: number
  readonly lastBad: number
  readonly lastAll: number
}

/** How one promise stands, judged again and again. */
export class PromiseStatus {
  readonly #bound: PromiseBound
  #hysteresis: Hysteresis
  #held: Level | undefined

  constructor(bound: PromiseBound, held?: Level) {
    this.#bound = bound
    this.#held = held
    this.#hysteresis = new Hysteresis(this.overMs * APART, held)
  }

  /** Goes on as the same promise of a rule set before. */
  inherit(before: PromiseStatus): void {
    this.#held = before.#held
    this.#hysteresis = before.#hysteresis
  }

  get overMs(): number {
    return this.#bound.exactOverMs ?? LONGEST_WINDOW_MS
  }

  judge(counts: PromiseCounts, { nowMs, isWhole, isRebuilding, blind }: WindowFacts): Evaluation {
    const tell = (status: Status, reason: StatusReason): Evaluation => ({
      status,
      reason,
      measure: this.#measure(counts, status),
    })
    if (isRebuilding) return tell('warming_up', 'warming_up')
    if (counts.all < this.#bound.minimum) {
      if (!isWhole) return tell('warming_up', 'warming_up')
      if (blind !== undefined) return tell(this.#held ?? 'unknown', blind)
      const isTooFew = counts.bad > 0 && this.#bound.exactOverMs === undefined
      if (isTooFew) return tell(this.#held ?? 'unknown', 'too_few_judged')
    }
    this.#held = this.#hysteresis.next(this.#pressure(counts), nowMs)
    return tell(this.#held, this.#held === 'ok' ? 'within_bounds' : 'too_many_fails')
  }

  #pressure(counts: PromiseCounts): { breach: number; warn: number } {
    const share = shareOf(counts.bad, counts.all)
    if (this.#bound.exactOverMs === undefined) {
      const both = Math.min(share, shareOf(counts.lastBad, counts.lastAll))
      return { breach: both / this.#burnBound('breach'), warn: both / this.#burnBound('warn') }
    }
    const spent = pressureOf(share, this.#bound.budget)
    return { breach: spent, warn: spent / WARN_SPENT }
  }

  #burnBound(level: keyof typeof BURN): number {
    const { budget } = this.#bound
    return Math.min(budget * BURN[level], budget + (1 - budget) * MOST[level])
  }

  #measure({ bad, all }: PromiseCounts, status: Status): Measure {
    const { budget, exactOverMs } = this.#bound
    const isExact = exactOverMs !== undefined
    return {
      ...NO_MEASURE,
      bad,
      judged: all,
      bound: isExact ? budget : this.#burnBound(status === 'warning' ? 'warn' : 'breach'),
      overMs: this.overMs,
      budgetLeft: isExact ? 1 - pressureOf(shareOf(bad, all), budget) : undefined,
    }
  }
}

function shareOf(bad: number, all: number): number {
  return all === 0 ? 0 : bad / all
}
