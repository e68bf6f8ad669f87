/** Of the fails of one rule in one interval, the first ones are kept, and of those after them so many, each as likely as any other. */
export const FIRST_KEPT = 3
export const RESERVOIR_SIZE = 2
/** Of a 32-bit counter. */
const MAX_PASSED = 2 ** 31 - 2

/** A number from 0 up to, but not including, 1. */
export type Random = () => number

/** Where a picked fail is to be kept: places from 0; a later pick may take the place of an earlier one. */
export type KeptPlace = number

/**
 * Decides which fails of many rules are kept, at the cost of a comparison for those that are not: for the reservoir it is drawn in advance
 * how many fails are passed over (Li, "Reservoir-sampling algorithms of time complexity O(n(1 + log(N/n)))", algorithm L).
 */
export class SamplePicker {
  /** By rule: fails up to the last one that was picked, how far away the next one was then, and how far it is still. */
  readonly #before: Float64Array
  readonly #gap: Int32Array
  readonly #left: Int32Array
  readonly #weights: Float64Array
  readonly #random: Random

  constructor(rules: number, random: Random) {
    this.#before = new Float64Array(rules)
    this.#gap = new Int32Array(rules)
    this.#left = new Int32Array(rules)
    this.#weights = new Float64Array(rules)
    this.#random = random
    this.reset()
  }

  /** Counts a fail of a rule. Undefined if it is not to be kept. */
  pick(rule: number): KeptPlace | undefined {
    const left = (this.#left[rule] as number) - 1
    this.#left[rule] = left
    return left > 0 ? undefined : this.#place(rule, this.seen(rule))
  }

  /** Fails of a rule since the last reset. */
  seen(rule: number): number {
    return (this.#before[rule] as number) + (this.#gap[rule] as number) - (this.#left[rule] as number)
  }

  /** A new interval begins. */
  reset(): void {
    this.#before.fill(0)
    this.#gap.fill(1)
    this.#left.fill(1)
    this.#weights.fill(1)
  }

  #place(rule: number, seen: number): KeptPlace {
    const gap = seen < FIRST_KEPT + RESERVOIR_SIZE ? 1 : this.#passOver(rule) + 1
    this.#before[rule] = seen
    this.#gap[rule] = gap
    this.#left[rule] = gap
    const isFilling = seen <= FIRST_KEPT + RESERVOIR_SIZE
    return isFilling ? seen - 1 : FIRST_KEPT + Math.floor(this.#random() * RESERVOIR_SIZE)
  }

  #passOver(rule: number): number {
    const weight = (this.#weights[rule] as number) * Math.exp(Math.log(this.#above0()) / RESERVOIR_SIZE)
    this.#weights[rule] = weight
    const passed = Math.floor(Math.log(this.#above0()) / Math.log1p(-weight))
    return Math.min(passed, MAX_PASSED)
  }

  /** Has a logarithm. */
  #above0(): number {
    return 1 - this.#random()
  }
}
