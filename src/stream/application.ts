/** Events to which a rule did not apply, without which nothing is said of it. */
const MINIMUM_SKIPS = 100
/** A pause that is less likely than that, by what was seen before it, is no accident. */
const LEAST_CHANCE = 1e-6

/** Whether a rule still applies to events: a field that its `when` needs may have been renamed. */
export class Application {
  #hasApplied: boolean
  #applied = 0
  #skippedBefore = 0
  #skipped = 0
  /** What was counted elsewhere before. */
  #carried = { applied: 0, skipped: 0 }

  /** @param hasApplied whether it is known from an earlier process that the rule applied once. */
  constructor(hasApplied: boolean) {
    this.#hasApplied = hasApplied
  }

  /** Goes on where another one was, whose totals are not part of those to come. */
  inherit(before: Application): void {
    this.#hasApplied = before.#hasApplied
    this.#applied = before.#applied
    this.#skippedBefore = before.#skippedBefore
    this.#skipped = before.#skipped
    this.#carried = { applied: before.#applied, skipped: before.#skipped }
  }

  /** Takes in the totals of a rule: events to which it applied (whatever came of it), and to which it did not. */
  observe(totalApplied: number, totalSkipped: number): void {
    const applied = this.#carried.applied + totalApplied
    const skipped = this.#carried.skipped + totalSkipped
    if (applied > this.#applied) {
      this.#hasApplied = true
      this.#applied = applied
      this.#skippedBefore = skipped
    }
    this.#skipped = skipped
  }

  /** True if a rule that used to apply would have been expected to apply again by now. */
  isMissed(minimumEvents: number): boolean {
    const run = this.#skipped - this.#skippedBefore
    if (!this.#hasApplied || run < Math.max(minimumEvents, MINIMUM_SKIPS)) return false
    return this.#applied === 0 || chanceOfPause(this.#applied, this.#skippedBefore, run) < LEAST_CHANCE
  }
}

/**
 * How likely it is that a rule does not apply to the next `run` events, if so far it applied to some and not to others, and nothing else is
 * known of it (a uniform prior): the product of (skipped + 1 + j) / (skipped + 1 + run + j) over j = 0 … applied. A rule that applies to one
 * event in ten thousand does not cease to apply in a thousand events, nor one that applied just once at the very beginning.
 */
function chanceOfPause(applied: number, skipped: number, run: number): number {
  const logProduct = (first: number): number => sumOfLogs(first + applied) - sumOfLogs(first - 1)
  return Math.exp(logProduct(skipped + 1) - logProduct(skipped + 1 + run))
}

/** The logarithms of the whole numbers up to `last`, but for a constant: their integral, by the midpoint rule. */
function sumOfLogs(last: number): number {
  const end = last + 0.5
  return end * Math.log(end) - end
}
