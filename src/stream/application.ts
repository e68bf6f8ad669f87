/** Events to which a rule did not apply, without which nothing is said of it. */
const MINIMUM_SKIPS = 100
/**
 * How many of the events since a rule last applied it would have been expected to apply to, by what was seen before. A rule that applies
 * to one event in ten thousand does not cease to apply in an hour of a thousand events.
 */
const MINIMUM_EXPECTED = 10

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
    if (this.#applied === 0) return true
    return (run * this.#applied) / (this.#applied + this.#skippedBefore) >= MINIMUM_EXPECTED
  }
}
