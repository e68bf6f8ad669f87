import { delayMs } from '../contract/times.ts'
import type { CompiledContract } from '../evaluate/compiled.ts'
import type { Evaluation, StatusSubject } from '../model/status.ts'
import { EVENT_RESULTS } from '../model/verdict.ts'
import type { EventResult } from '../model/verdict.ts'
import { GrowthWindow } from './growth-window.ts'
import type { Totals } from './growth-window.ts'
import {
  LONG_BUCKETS,
  LONGEST_WINDOW_MS,
  promiseBound,
  PromiseStatus,
  SHORT_WINDOW_MS,
} from './promise-status.ts'
import type { PromiseBound } from './promise-status.ts'
import type { RestoredStatus } from './restored-status.ts'
import { nameOf, Subject } from './subject.ts'
import { levelOf } from './watch.ts'
import type { StatusFacts, Watch } from './watch.ts'

/** Which columns of the totals are bad, and which count at all. */
export interface PromiseColumns {
  readonly bad: readonly number[]
  readonly all: readonly number[]
}

const column = (result: EventResult): number => EVENT_RESULTS.indexOf(result)
const BAD = [column('fail'), column('undecodable')]
/** As `dq.events` has it: errors say nothing about the data, and a tombstone is neither good nor bad. */
export const VALIDITY_COLUMNS: PromiseColumns = { bad: BAD, all: [column('pass'), column('warn'), ...BAD] }

/** A tick is one look at a freshness rule. */
export const FRESHNESS_COLUMNS: PromiseColumns = { bad: [1], all: [0, 1] }
/** At the usual flush interval, of five minutes. */
const MINIMUM_LOOKS = 30

/** The bound of the promise of fresh topics: over the long windows of the monitoring system, for the contract names none. */
export function freshnessBound({ objective }: { objective: number }): PromiseBound {
  return promiseBound(objective, undefined, MINIMUM_LOOKS)
}

/** The bound of the promise of valid events. */
export function validityBound({ objective, window }: { objective: number; window: string }): PromiseBound {
  return promiseBound(objective, delayMs(window))
}

/** Where a promise finds what was good and bad. */
export interface PromiseTotals {
  readonly totals: Totals
  readonly row: number
  readonly columns: PromiseColumns
}

/** Watches one promise of a contract. */
export class PromiseWatch implements Watch {
  readonly contract: CompiledContract
  readonly subject: Subject
  readonly ruleTag = undefined
  readonly isShown = true
  /** To be moved with the times of what is counted in the totals. */
  readonly window: GrowthWindow
  readonly #columns: PromiseColumns
  readonly #status: PromiseStatus
  readonly #isOfTicks: boolean
  readonly #bound: PromiseBound
  #sinceMs: number

  constructor(
    contract: CompiledContract,
    promise: Extract<StatusSubject, { kind: 'promise' }>['promise'],
    bound: PromiseBound,
    { totals, row, columns }: PromiseTotals,
    startMs: number,
    restored: RestoredStatus | undefined,
  ) {
    this.contract = contract
    this.subject = new Subject(contract.contract.id, { kind: 'promise', promise }, startMs, restored)
    this.#bound = bound
    this.#sinceMs = startMs
    this.#columns = columns
    this.#isOfTicks = promise === 'freshness'
    this.#status = new PromiseStatus(bound, levelOf(restored))
    const { overMs } = this.#status
    this.window = new GrowthWindow(
      totals,
      [row],
      overMs,
      overMs === LONGEST_WINDOW_MS ? LONG_BUCKETS : undefined,
    )
  }

  /** Takes in that all that arrived since a moment has been counted. What ticks count can't be read again. */
  cover(sinceMs: number): void {
    if (!this.#isOfTicks) this.#sinceMs = Math.min(this.#sinceMs, sinceMs)
  }

  /** True if the other one promises the same. */
  isSameAs(other: PromiseWatch): boolean {
    return (
      other.contract.contract.id === this.contract.contract.id &&
      nameOf(other.subject.subject) === nameOf(this.subject.subject) &&
      JSON.stringify(other.#bound) === JSON.stringify(this.#bound)
    )
  }

  /** Goes on as the same promise of a rule set before. */
  inherit(before: PromiseWatch): void {
    this.#sinceMs = before.#sinceMs
    this.subject.inherit(before.subject)
    this.#status.inherit(before.#status)
    this.window.inherit(before.window, [[0, 0]])
  }

  judge(facts: StatusFacts): Evaluation {
    const { bad, all } = this.#columns
    const { overMs } = this.window
    // What ticks have counted was counted just now.
    if (this.#isOfTicks) this.window.advance(facts.nowMs)
    const sum = (columns: readonly number[]): number =>
      columns.reduce((total, each) => total + this.window.sum(0, each), 0)
    const last = (columns: readonly number[]): number =>
      columns.reduce((total, each) => total + this.window.sumOfLast(0, each, SHORT_WINDOW_MS), 0)
    return this.#status.judge(
      { bad: sum(bad), all: sum(all), lastBad: last(bad), lastAll: last(all) },
      facts.window(overMs, this.#sinceMs),
    )
  }
}
