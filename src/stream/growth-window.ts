/** Parts that a window moves on by: the share over it is never off by more than one of them. */
const BUCKETS = 30
/** A clock that goes back by less is taken for one that stands still. */
const STEP_BACK_MS = 60_000

/** How a window reads running totals: whole numbers, in rows of as many columns. */
export interface Totals {
  readonly totals: Float64Array
  readonly columns: number
}

/**
 * A sliding window over rows of running totals. It is fed with their growth: nothing is done for an event, but one pass over the rows
 * whenever events of another bucket begin. What it sums goes back at least `overMs`, and at most one bucket more.
 */
export class GrowthWindow {
  readonly overMs: number
  /** Bounds of the bucket that the growth belongs to. */
  fromMs = Number.POSITIVE_INFINITY
  untilMs = Number.NEGATIVE_INFINITY
  readonly #totals: Float64Array
  readonly #rows: readonly number[]
  readonly #columns: number
  readonly #bucketMs: number
  readonly #size: number
  readonly #buckets: Float64Array
  readonly #sums: Float64Array
  readonly #seen: Float64Array
  /** The newest bucket, by its number since the epoch. */
  #newest: number | undefined
  /** The one that is being filled. */
  #open = 0
  /** What is added to a bucket's number to find its place, for a clock may go back. */
  #shift = 0

  /** @param rows which of the rows of totals it is about; they are counted from 0 here. */
  constructor({ totals, columns }: Totals, rows: readonly number[], overMs: number, buckets = BUCKETS) {
    this.overMs = overMs
    this.#totals = totals
    this.#columns = columns
    this.#rows = rows
    this.#bucketMs = Math.ceil(overMs / buckets)
    this.#size = Math.ceil(overMs / this.#bucketMs) + 1
    const cells = rows.length * columns
    this.#buckets = new Float64Array(cells * this.#size)
    this.#sums = new Float64Array(cells)
    this.#seen = new Float64Array(cells)
  }

  /** Takes over what another window of the same length holds of some rows. For one that is new. */
  inherit(before: GrowthWindow, rows: readonly (readonly [row: number, rowBefore: number])[]): void {
    before.#takeGrowth()
    if (before.#newest === undefined) return
    this.#newest = before.#newest
    this.#shift = before.#shift
    this.#openBucket(before.#open)
    for (const [row, rowBefore] of rows) {
      for (let column = 0; column < this.#columns; column++) {
        this.#inheritCell(before, row * this.#columns + column, rowBefore * this.#columns + column)
      }
    }
  }

  #inheritCell(before: GrowthWindow, cell: number, cellBefore: number): void {
    this.#sums[cell] = before.#sums[cellBefore] as number
    for (let place = 0; place < this.#size; place++) {
      const from = place * before.#sums.length + cellBefore
      this.#buckets[place * this.#sums.length + cell] = before.#buckets[from] as number
    }
  }

  /** The sum of one column of one row over the window. */
  sum(row: number, column: number): number {
    return this.#sums[row * this.#columns + column] as number
  }

  /** The sum over the newest part of the window: at least `lastMs`, and at most one bucket more. */
  sumOfLast(row: number, column: number, lastMs: number): number {
    const cell = row * this.#columns + column
    const count = Math.min(this.#size, Math.ceil(lastMs / this.#bucketMs) + 1)
    let sum = 0
    for (let back = 0; back < count; back++) {
      sum += this.#buckets[this.#place((this.#newest ?? 0) - back) + cell] as number
    }
    return sum
  }

  /** Ascribes the growth so far to the bucket that was open, and that to come to the bucket of `timeMs`. */
  moveTo(timeMs: number): void {
    this.#takeGrowth()
    const bucket = Math.floor(timeMs / this.#bucketMs)
    this.#newest ??= bucket
    if (bucket > this.#newest) this.#forgetUntil(bucket)
    this.#openBucket(bucket)
  }

  /** Takes in the growth so far, and forgets what is older than the window. If the clock went back, what is known keeps its age. */
  advance(nowMs: number): void {
    this.#takeGrowth()
    const bucket = Math.floor(nowMs / this.#bucketMs)
    this.#newest ??= bucket
    if (bucket > this.#newest) this.#forgetUntil(bucket)
    else if ((this.#newest - bucket) * this.#bucketMs > STEP_BACK_MS) this.#goBackTo(bucket)
    this.#openBucket(bucket)
  }

  #openBucket(bucket: number): void {
    this.#open = bucket
    this.fromMs = bucket * this.#bucketMs
    this.untilMs = this.fromMs + this.#bucketMs
  }

  /** Older buckets than the window has are left out. */
  #takeGrowth(): void {
    const isHeld = this.#newest !== undefined && this.#open > this.#newest - this.#size
    const place = this.#place(this.#open)
    let cell = 0
    for (const row of this.#rows) {
      for (let column = 0; column < this.#columns; column++, cell++) {
        const total = this.#totals[row * this.#columns + column] as number
        const growth = total - (this.#seen[cell] as number)
        if (growth === 0) continue
        this.#seen[cell] = total
        if (isHeld) this.#add(place + cell, cell, growth)
      }
    }
  }

  #add(place: number, cell: number, growth: number): void {
    this.#buckets[place] = (this.#buckets[place] as number) + growth
    this.#sums[cell] = (this.#sums[cell] as number) + growth
  }

  #forgetUntil(bucket: number): void {
    const newest = this.#newest as number
    const first = Math.max(newest + 1, bucket - this.#size + 1)
    for (let next = first; next <= bucket; next++) this.#forget(this.#place(next))
    this.#newest = bucket
  }

  #forget(place: number): void {
    for (let cell = 0; cell < this.#sums.length; cell++) {
      this.#sums[cell] = (this.#sums[cell] as number) - (this.#buckets[place + cell] as number)
      this.#buckets[place + cell] = 0
    }
  }

  #goBackTo(bucket: number): void {
    this.#shift += (this.#newest as number) - bucket
    this.#newest = bucket
  }

  #place(bucket: number): number {
    const place = (bucket + this.#shift) % this.#size
    return (place < 0 ? place + this.#size : place) * this.#sums.length
  }
}
