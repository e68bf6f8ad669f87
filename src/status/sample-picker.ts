/** Of the fails of one rule in one interval, the first ones are kept, and of those after them so many, each as likely as any other. */
export const FIRST_KEPT = 3
export const RESERVOIR_SIZE = 2

/** A number from 0 up to, but not including, 1. */
export type Random = () => number

/** Where a picked fail is to be kept: places from 0; a later pick may take the place of an earlier one. */
export type KeptPlace = number

/**
 * Decides which fails of many rules are kept, at the cost of a comparison for those that are not: for the reservoir it is drawn in advance
 * how many fails are passed over (Li, "Reservoir-sampling algorithms of time complexity O(n(1 + log(N/n)))", algorithm L).
 */
export class SamplePicker {
  readonly #seen: Float64Array
  readonly #next: Float64Array
  readonly #weights: Float64Array
  readonly #random: Random

  constructor(rules: number, random: Random) {
    this.#seen = new Float64Array(rules)
    this.#next = new Float64Array(rules)
    this.#weights = new Float64Array(rules)
    this.#random = random
    this.reset()
  }

  /** Counts a fail of a rule. Undefined if it is not to be kept. */
  pick(rule: number): KeptPlace | undefined {
    const seen = (this.#seen[rule] as number) + 1
    this.#seen[rule] = seen
    return seen < (this.#next[rule] as number) ? undefined : this.#place(rule, seen)
  }

  /** Fails of a rule since the last reset. */
  seen(rule: number): number {
    return this.#seen[rule] as number
  }

  /** A new interval begins. */
  reset(): void {
    this.#seen.fill(0)
    this.#next.fill(1)
    this.#weights.fill(1)
  }

  #place(rule: number, seen: number): KeptPlace {
    const isFilling = seen <= FIRST_KEPT + RESERVOIR_SIZE
    if (seen < FIRST_KEPT + RESERVOIR_SIZE) this.#next[rule] = seen + 1
    else this.#passOver(rule, seen)
    return isFilling ? seen - 1 : FIRST_KEPT + Math.floor(this.#random() * RESERVOIR_SIZE)
  }

  #passOver(rule: number, seen: number): void {
    const weight = (this.#weights[rule] as number) * Math.exp(Math.log(this.#above0()) / RESERVOIR_SIZE)
    this.#weights[rule] = weight
    const passed = Math.floor(Math.log(this.#above0()) / Math.log1p(-weight))
    this.#next[rule] = seen + Math.min(passed, Number.MAX_SAFE_INTEGER) + 1
  }

  /** Has a logarithm. */
  #above0(): number {
    return 1 - this.#random()
  }
}
