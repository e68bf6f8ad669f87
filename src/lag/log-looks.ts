/** Where a log was seen to end, from the first to the last time. */
interface Look {
  readonly end: number
  readonly firstMs: number
  lastMs: number
}

/** Of more, every other one is forgotten, and the next ones are as far apart. */
const MAX_LOOKS = 360

/**
 * When the records of one partition can have arrived, by looks at where its log ended: what was there at a look came before it, and what
 * was not came after. Looks go on by a timer while we are behind, so that even then arrivals are known to within the time between two.
 */
export class LogLooks {
  /** Bounds for the record that was asked for last. */
  afterMs = -Infinity
  beforeMs = Infinity
  /** By their ends. */
  #looks: Look[] = []
  #leastApartMs = 0

  /** Takes in where the log ends. A log that is shorter than before was made anew. */
  observe(end: number, nowMs: number): void {
    const last = this.#looks.at(-1)
    if (last !== undefined && end < last.end) this.#looks = []
    if (last?.end === end) last.lastMs = nowMs
    else if (last === undefined || end < last.end || nowMs - last.firstMs >= this.#leastApartMs)
      this.#looks.push({ end, firstMs: nowMs, lastMs: nowMs })
    if (this.#looks.length > MAX_LOOKS) this.#thin(nowMs)
  }

  #thin(nowMs: number): void {
    this.#looks = this.#looks.filter((_, index) => index % 2 === 0)
    this.#leastApartMs = (nowMs - (this.#looks[0]?.firstMs ?? nowMs)) / this.#looks.length
  }

  /** Goes on to a record, and tells in `afterMs` and `beforeMs` when it arrived. Offsets must rise. */
  moveTo(offset: number): void {
    const looks = this.#looks
    while (looks.length > 1 && (looks[1] as Look).end <= offset) looks.shift()
    if (looks.length === 1) this.#leastApartMs = 0
    const [first, second] = looks
    const isThere = first !== undefined && first.end > offset
    this.afterMs = first === undefined || isThere ? -Infinity : first.lastMs
    this.beforeMs = (isThere ? first : second)?.firstMs ?? Infinity
  }
}
