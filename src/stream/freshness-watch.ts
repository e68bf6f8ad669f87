import type { FreshnessCheck } from '../model/contract.ts'
import type { Evaluation } from '../model/status.ts'
import { FreshTicks, freshnessVerdict } from './fresh-ticks.ts'
import { judgeFreshness } from './freshness.ts'
import { StreamCheck } from './stream-check.ts'
import type { StreamRuleParts } from './stream-check.ts'
import type { StatusFacts, Watch } from './watch.ts'

/** Watches how long a topic is silent: one judgement a tick, whether events come or not. */
export class FreshnessWatch extends StreamCheck implements Watch {
  readonly isShown = true
  /** For the promise that is made of it. */
  readonly ticks = new FreshTicks()
  readonly #check: FreshnessCheck
  #startMs: number
  /** The newest time in an event; undefined if the rule goes by arrival. */
  readonly #newestTimeMs: (() => number | undefined) | undefined

  constructor(
    parts: StreamRuleParts,
    check: FreshnessCheck,
    newestTimeMs: (() => number | undefined) | undefined,
  ) {
    super(parts)
    this.#check = check
    this.#startMs = parts.startMs
    this.#newestTimeMs = newestTimeMs
  }

  /** Goes on as the same rule of a rule set before. */
  inherit(before: FreshnessWatch): void {
    this.inheritCheck(before)
    this.#startMs = before.#startMs
  }

  judge(facts: StatusFacts): Evaluation {
    const evaluation = judgeFreshness(this.#check, {
      ...facts,
      startedMs: Math.min(this.#startMs, facts.nowMs),
      newestMs: this.#newestTimeMs === undefined ? facts.newestArrivalMs : this.#newestTimeMs(),
    })
    const verdict = freshnessVerdict(evaluation)
    this.countVerdict(verdict)
    this.ticks.count(verdict)
    return evaluation
  }
}
