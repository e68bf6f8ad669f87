import { ArrivalClock, MAX_AHEAD_MS } from '../lag/arrival.ts'
import { LogLooks } from '../lag/log-looks.ts'
import type { KafkaRecord } from '../model/record.ts'
import type { Lateness } from './lateness.ts'

/** An arrival that is known to be within such a time is known well enough. */
const LOOSE_MS = 2_000

/** Tells when the records of one partition arrived, from what is known of its log. */
export class Arrivals {
  /** Of the last judged record; undefined before the first. */
  lastMs: number | undefined
  /**
   * Until when records came of which can't be told when: they were there when we came to look, after a pause, and their timestamps are of no
   * use. Undefined if there were none.
   */
  uncertainUntilMs: number | undefined
  readonly #clock = new ArrivalClock()
  readonly #lateness: Lateness
  readonly #looks = new LogLooks()

  /** @param end where the log ended at `nowMs` */
  constructor(end: number, nowMs: number, lateness: Lateness) {
    this.#looks.observe(end, nowMs)
    this.#lateness = lateness
  }

  /** The arrival of the next record, by our clock. */
  of({ offset, timestampMs }: KafkaRecord, lastZeroMs: number | undefined, nowMs: number): number {
    this.#looks.moveTo(offset)
    const { afterMs, beforeMs } = this.#looks
    const lowestMs = Math.max(lastZeroMs ?? -Infinity, afterMs)
    const isBounded = lowestMs > -Infinity
    const latestMs = Math.min(nowMs, beforeMs)
    const arrivalMs = this.#clock.arrivalMs(timestampMs, isBounded ? lowestMs : undefined, latestMs)
    if (!isBounded) return arrivalMs
    if (timestampMs >= 0) this.#lateness.count(arrivalMs - timestampMs)
    const isUseless = timestampMs < lowestMs - LOOSE_MS || timestampMs > nowMs + MAX_AHEAD_MS
    if (isUseless && latestMs - lowestMs > LOOSE_MS) this.uncertainUntilMs = latestMs
    return arrivalMs
  }

  /** Takes in where the log ends. */
  observeEnd(end: number, nowMs: number): void {
    this.#looks.observe(end, nowMs)
  }
}
