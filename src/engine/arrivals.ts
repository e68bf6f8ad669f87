import { ArrivalClock } from '../lag/arrival.ts'
import { LogLooks } from '../lag/log-looks.ts'
import type { KafkaRecord } from '../model/record.ts'
import type { Lateness } from './lateness.ts'

/** Tells when the records of one partition arrived, from what is known of its log. */
export class Arrivals {
  /** Of the last judged record; undefined before the first. */
  lastMs: number | undefined
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
    const lowestMs = lastZeroMs === undefined ? afterMs : Math.max(lastZeroMs, afterMs)
    const isBounded = lowestMs > -Infinity
    const latestMs = Math.min(nowMs, beforeMs)
    const arrivalMs = this.#clock.arrivalMs(timestampMs, isBounded ? lowestMs : undefined, latestMs)
    if (isBounded && timestampMs >= 0) this.#lateness.count(arrivalMs - timestampMs)
    return arrivalMs
  }

  /** Takes in where the log ends. */
  observeEnd(end: number, nowMs: number): void {
    this.#looks.observe(end, nowMs)
  }
}
