import { afterOverrun, afterPause, CLOSED_BREAKER } from '../evaluate/breaker.ts'
import type { Breaker } from '../evaluate/breaker.ts'
import type { CompiledContract, CompiledTopic } from '../evaluate/compiled.ts'
import type { EventJudge } from '../evaluate/event-judge.ts'
import type { Rule } from '../model/contract.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { JudgeWatch } from './judge-record.ts'

/** A rule that has been suspended since the process began. */
export interface SuspendableRule {
  readonly contract: CompiledContract
  /** The rule's place in its contract. */
  readonly place: number
  /** Until when (on the monotonic clock) it is left out; undefined while it is judged. */
  readonly suspendedUntilMs: number | undefined
}

/** A rule that is suspended, for people. */
export interface SuspendedRule {
  readonly contract: string
  readonly rule: string
  readonly triedAgainInMs: number
}

interface GuardedRule {
  readonly contract: CompiledContract
  readonly place: number
  readonly rule: Rule
  breaker: Breaker
  wasSuspended: boolean
}

/**
 * Keeps rules that exceed their budget again and again from slowing all others down: leaves them out for a while, and tries them again.
 * Costs nothing while all rules can judge.
 */
export class RuleGuard implements JudgeWatch {
  readonly #judge: EventJudge
  readonly #clock: Pick<Clock, 'monotonicMs'>
  readonly #log: Log
  /** By the rule's place in the judge. */
  readonly #rules: readonly GuardedRule[]
  #events = 0
  #suspended = 0

  constructor(topic: CompiledTopic, judge: EventJudge, clock: Pick<Clock, 'monotonicMs'>, log: Log) {
    this.#judge = judge
    this.#clock = clock
    this.#log = log
    this.#rules = topic.contracts.flatMap((contract) =>
      contract.rules.map(({ rule }, place) => ({
        contract,
        place,
        rule,
        breaker: CLOSED_BREAKER,
        wasSuspended: false,
      })),
    )
  }

  /**
   * Goes on where the guard of an older rule set stands.
   *
   * @param same places of rules in that set, by the places of the rules here that say the same
   */
  carryOver(older: RuleGuard, same: ReadonlyMap<number, number>): void {
    this.#events = older.#events
    for (const [index, before] of same) {
      const [guarded, known] = [this.#rules[index], older.#rules[before]]
      if (guarded === undefined || known === undefined) continue
      guarded.breaker = known.breaker
      guarded.wasSuspended = known.wasSuspended
      if (known.breaker.suspendedUntilMs !== undefined) this.#leaveOut(index)
    }
  }

  beforeSlice(): void {
    if (this.#suspended === 0) return
    const nowMs = this.#clock.monotonicMs()
    this.#rules.forEach((guarded, index) => {
      const before = guarded.breaker
      guarded.breaker = afterPause(before, this.#events, nowMs)
      if (guarded.breaker !== before) this.#tryAgain(guarded, index)
    })
  }

  afterEvent(): void {
    this.#events++
    if (this.#judge.errors > 0) this.#afterErrors()
  }

  /** The rules that are suspended or have been. */
  suspendable(): SuspendableRule[] {
    return this.#rules
      .filter(({ wasSuspended }) => wasSuspended)
      .map(({ contract, place, breaker }) => ({
        contract,
        place,
        suspendedUntilMs: breaker.suspendedUntilMs,
      }))
  }

  /** The rules that are left out now. */
  suspended(nowMs: number): SuspendedRule[] {
    return this.#rules.flatMap(({ contract, rule, breaker: { suspendedUntilMs } }) =>
      suspendedUntilMs === undefined
        ? []
        : [
            {
              contract: contract.contract.id,
              rule: rule.id,
              triedAgainInMs: Math.max(0, suspendedUntilMs - nowMs),
            },
          ],
    )
  }

  #afterErrors(): void {
    const nowMs = this.#clock.monotonicMs()
    this.#rules.forEach((guarded, index) => {
      const code = this.#judge.overrun(index)
      if (code === undefined) return
      guarded.breaker = afterOverrun(guarded.breaker, this.#events, nowMs)
      if (guarded.breaker.suspendedUntilMs !== undefined) this.#suspend(guarded, index, code)
    })
  }

  #suspend(guarded: GuardedRule, index: number, code: string): void {
    this.#leaveOut(index)
    guarded.wasSuspended = true
    this.#log.error('A rule is suspended, for it exceeded its budget again and again [RULE_SUSPENDED]', {
      contract: guarded.contract.contract.id,
      rule: guarded.rule.id,
      overrun: code,
      pauseMs: guarded.breaker.pauseMs,
    })
  }

  #leaveOut(index: number): void {
    this.#judge.suspend(index, true)
    this.#suspended++
  }

  #tryAgain({ contract, rule }: GuardedRule, index: number): void {
    this.#judge.suspend(index, false)
    this.#suspended--
    this.#log.info('A suspended rule is tried again', {
      contract: contract.contract.id,
      rule: rule.id,
    })
  }
}
