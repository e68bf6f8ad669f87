import type { Settled } from './restored-status.ts'

/** Events to which a rule did not apply, without which nothing is said of it. */
const MINIMUM_SKIPS = 100
/** A pause that is less likely than that, by what was seen before it, is no accident. */
const LEAST_CHANCE = 1e-6

/** What a rule came to over its window. */
export interface WindowCounts {
  readonly pass: number
  readonly fail: number
  readonly error: number
  readonly skip: number
}

/** Whether a rule still applies to events: a field that its `when` needs may have been renamed. */
export class Application {
  #hasApplied: boolean
  #isMissed: boolean
  #applied = 0
  #skippedBefore = 0
  #skipped = 0
  /** What was counted elsewhere before. */
  #carried = { applied: 0, skipped: 0 }

  /** @param restored how an earlier process left the rule, which then is known to have applied once. */
  constructor(restored: Settled | undefined) {
    this.#hasApplied = restored !== undefined
    this.#isMissed = restored === 'not_applied'
  }

  /** Goes on where another one was, whose totals are not part of those to come. */
  inherit(before: Application): void {
    this.#hasApplied = before.#hasApplied
    this.#isMissed = before.#isMissed
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
      this.#isMissed = false
      this.#applied = applied
      this.#skippedBefore = skipped
    }
    this.#skipped = skipped
  }

  /**
   * True from a window on in which events came and the rule applied to none, if it used to apply and should have again by now, until it does.
   * Silence changes nothing: no event came to which it could have applied.
   */
  isMissed({ pass, fail, error, skip }: WindowCounts, isWhole: boolean, minimumEvents: number): boolean {
    const isLeftOut = isWhole && pass + fail + error === 0 && skip > 0
    this.#isMissed ||= isLeftOut && this.#isUnlikely(minimumEvents)
    return this.#isMissed
  }

  #isUnlikely(minimumEvents: number): boolean {
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
