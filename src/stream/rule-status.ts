import type { Evaluation, Measure, Status, StatusReason } from '../model/status.ts'
import { NO_MEASURE } from '../model/status.ts'
import type { Application, WindowCounts } from './application.ts'
import type { Bound } from './bound.ts'
import { Hysteresis, pressureOf } from './hysteresis.ts'
import type { Level } from './hysteresis.ts'

/** What is known of the window when a status is judged. */
export interface WindowFacts {
  readonly nowMs: number
  /** True once the window holds what came in all of its time. */
  readonly isWhole: boolean
  /** True while records from before the start are read again, so that the window holds one part of its time and not another. */
  readonly isRebuilding: boolean
  /** Why events of the window may not have been judged yet. */
  readonly blind: 'behind' | 'unreachable' | undefined
}

/** How one rule with a bound stands over its window, judged again and again. */
export class RuleStatus {
  readonly #bound: Bound
  readonly #application: Application
  #hysteresis: Hysteresis
  /** Undefined until its share was judged for the first time. */
  #held: Level | undefined

  /** @param held how an earlier process left it. */
  constructor(bound: Bound, application: Application, held?: Level) {
    this.#bound = bound
    this.#application = application
    this.#held = held
    this.#hysteresis = new Hysteresis(bound.apartMs, held)
  }

  /** Goes on as the same rule of a rule set before. */
  inherit(before: RuleStatus): void {
    this.#held = before.#held
    this.#hysteresis = before.#hysteresis
  }

  /**
   * The order of the questions: a rule that can't judge says nothing at all. One that no longer applies has no share. Few events are no
   * ground for an alarm, nor for an end of one, unless none of them failed and we would know of more.
   */
  judge(counts: WindowCounts, facts: WindowFacts): Evaluation {
    const { minimumEvents } = this.#bound
    const judged = counts.pass + counts.fail
    const { isWhole, isRebuilding, blind } = facts
    const tell = (status: Status, reason: StatusReason): Evaluation => ({
      status,
      reason,
      measure: this.#measure(counts.fail, judged, status),
    })
    if (isRebuilding) return tell('warming_up', 'warming_up')
    if (judged === 0 && counts.error > 0) return tell('unknown', 'cannot_judge')
    if (this.#application.isMissed(counts, isWhole, minimumEvents)) {
      return tell('not_applied', 'never_applies')
    }
    if (judged < minimumEvents) {
      if (!isWhole) return tell('warming_up', 'warming_up')
      if (blind !== undefined) return tell(this.#held ?? 'unknown', blind)
      if (counts.fail > 0) return tell(this.#held ?? 'unknown', 'too_few_judged')
    }
    const level = this.#nextLevel(judged === 0 ? 0 : counts.fail / judged, facts.nowMs)
    return tell(level, this.#reasonOf(level))
  }

  #nextLevel(share: number, nowMs: number): Level {
    const { fail, warn } = this.#bound
    const pressure = {
      breach: pressureOf(share, fail),
      warn: warn === undefined ? undefined : pressureOf(share, warn),
    }
    this.#held = this.#hysteresis.next(pressure, nowMs)
    return this.#held
  }

  #reasonOf(level: Level): StatusReason {
    if (level === 'ok') return 'within_bounds'
    return this.#bound.from === 'none' ? 'failed' : 'too_many_fails'
  }

  #measure(bad: number, judged: number, status: Status): Measure {
    const { fail, warn, overMs } = this.#bound
    return { ...NO_MEASURE, bad, judged, bound: status === 'warning' ? warn : fail, overMs }
  }
}
