import { ArrivalClock } from '../lag/arrival.ts'
import type { KafkaRecord } from '../model/record.ts'
import type { Lateness } from './lateness.ts'

/** Tells when the records of one partition arrived, from what is known of its log. */
export class Arrivals {
  /** Of the last judged record; undefined before the first. */
  lastMs: number | undefined
  readonly #clock = new ArrivalClock()
  readonly #lateness: Lateness
  /** A look at the log's end. What stands from there on came later. */
  #lookEnd: number
  #lookMs: number

  /** @param end where the log ended at `nowMs` */
  constructor(end: number, nowMs: number, lateness: Lateness) {
    this.#lookEnd = end
    this.#lookMs = nowMs
    this.#lateness = lateness
  }

  /** The arrival of the next record, by our clock. */
  of({ offset, timestampMs }: KafkaRecord, lastZeroMs: number | undefined, nowMs: number): number {
    const isLater = offset >= this.#lookEnd
    const lowestMs = isLater ? Math.max(lastZeroMs ?? 0, this.#lookMs) : lastZeroMs
    const arrivalMs = this.#clock.arrivalMs(timestampMs, lowestMs, nowMs)
    if (lowestMs !== undefined && timestampMs >= 0) this.#lateness.count(arrivalMs - timestampMs)
    return arrivalMs
  }

  /** Takes in where the log ends. While there is something to judge before the last look's end, that look holds. */
  observeEnd(position: number, end: number, nowMs: number): void {
    if (position < this.#lookEnd && end >= this.#lookEnd) return
    this.#lookEnd = end
    this.#lookMs = nowMs
  }
}
