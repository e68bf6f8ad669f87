/** An event has few kinds, and most events pass: a topic's verdicts are mostly one of a handful of rows. */
const ROWS = 4

/** The last different rows of verdicts, and how often each came again. A row is compared as memory, many verdicts at a time. */
export class RecentRows {
  readonly #rows: readonly Buffer[]
  readonly #times = new Float64Array(ROWS)
  #newest = 0

  /** @param length of all rows. */
  constructor(length: number) {
    this.#rows = Array.from({ length: ROWS }, () => Buffer.alloc(length))
  }

  /** Counts a row that is known. False for another one, which is known from now on: the caller counts it, and the one it replaces. */
  recall(row: Uint8Array, tell: (row: Uint8Array, times: number) => void): boolean {
    for (let back = 0; back < ROWS; back++) {
      const place = (this.#newest + back) % ROWS
      if ((this.#rows[place] as Buffer).equals(row)) {
        this.#times[place] = (this.#times[place] as number) + 1
        return true
      }
    }
    this.#newest = (this.#newest + ROWS - 1) % ROWS
    this.#tell(this.#newest, tell)
    this.#rows[this.#newest]?.set(row)
    return false
  }

  /** Tells how often each row came since it was told. */
  tellAll(tell: (row: Uint8Array, times: number) => void): void {
    for (let place = 0; place < ROWS; place++) this.#tell(place, tell)
  }

  #tell(place: number, tell: (row: Uint8Array, times: number) => void): void {
    const times = this.#times[place] as number
    this.#times[place] = 0
    if (times > 0) tell(this.#rows[place] as Buffer, times)
  }
}
