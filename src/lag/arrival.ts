/** A timestamp that is further ahead of our clock is of a producer whose clock is wrong. */
export const MAX_AHEAD_MS = 5 * 60_000

/**
 * When the records of one partition arrived, on our clock. Kafka knows only what producers say of it, and their clocks may be wrong by
 * hours; but a record came after the one before it, after the last moment at which nothing was left to judge, and before now. While we
 * keep up, that leaves next to nothing for a timestamp to decide. It decides while old records are read, and never beyond those bounds.
 */
export class ArrivalClock {
  #lastMs: number | undefined

  /**
   * The arrival of the partition's next record: never before that of the record before it, and never after now, which goes first if our own
   * clock was set back.
   *
   * @param timestampMs what Kafka says: without meaning if it is below 0 (the record has none), or far ahead
   * @param lastZeroMs when the partition's lag was last seen to be 0; undefined if never
   */
  arrivalMs(timestampMs: number, lastZeroMs: number | undefined, nowMs: number): number {
    const lowestMs = Math.max(this.#lastMs ?? -Infinity, lastZeroMs ?? -Infinity)
    const isUsable = timestampMs >= 0 && timestampMs <= nowMs + MAX_AHEAD_MS
    const claimedMs = isUsable ? timestampMs : lowestMs === -Infinity ? nowMs : lowestMs
    const arrivalMs = Math.min(Math.max(claimedMs, lowestMs), nowMs)
    this.#lastMs = arrivalMs
    return arrivalMs
  }
}
