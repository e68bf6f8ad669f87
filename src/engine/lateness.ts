/** A timestamp that is further behind its record's arrival is no longer near enough to tell when the record arrived. */
const LATE_MS = 30_000
/** A few such records are an accident: a producer that tried again, say. */
const MOST_LATE = 0.01
/** After so many records the past counts half, so that a producer that is mended is believed again. */
const HALVING = 100_000

/** As how many records a share counts that was handed over. */
const KNOWN_BEFORE = 1_000

/** How far a topic's timestamps can be relied on to tell when its records arrived, judged by those whose arrival was seen. */
export class Lateness {
  #records = 0
  #late = 0

  /** Begins with what is known of before: the part of the records that were late, which counts as a few records. */
  restore(share: number | undefined): void {
    this.#records = share === undefined ? 0 : KNOWN_BEFORE
    this.#late = (share ?? 0) * this.#records
  }

  count(behindMs: number): void {
    this.#records++
    if (behindMs > LATE_MS) this.#late++
    if (this.#records < HALVING) return
    this.#records /= 2
    this.#late /= 2
  }

  /** Undefined while nothing was seen. */
  get share(): number | undefined {
    return this.#records === 0 ? undefined : this.#late / this.#records
  }

  /** True unless timestamps were seen to be behind. */
  get isTrusted(): boolean {
    return (this.share ?? 0) <= MOST_LATE
  }
}
