import type { CompiledContract, CompiledRule } from '../evaluate/compiled.ts'
import type { Rule } from '../model/contract.ts'
import { NO_MEASURE } from '../model/status.ts'
import type { Evaluation, StatusSubject } from '../model/status.ts'
import { VERDICTS } from '../model/verdict.ts'
import { Application } from './application.ts'
import type { WindowCounts } from './application.ts'
import { boundOf, mayNotApply, USUAL_WINDOW_MS } from './bound.ts'
import type { Bound } from './bound.ts'
import type { GrowthWindow } from './growth-window.ts'
import type { RestoredStatus } from './restored-status.ts'
import { RuleStatus } from './rule-status.ts'
import { Subject } from './subject.ts'
import type { VerdictCounts } from './verdict-counts.ts'
import { levelOf } from './watch.ts'
import type { IsSameRule, StatusFacts, Watch } from './watch.ts'

const PASS = VERDICTS.indexOf('pass')
const FAIL = VERDICTS.indexOf('fail')
const ERROR = VERDICTS.indexOf('error')
const SKIP = VERDICTS.indexOf('skip')

/** A rule about single events that is watched, by what it is found. */
export interface WatchedRule {
  readonly contract: CompiledContract
  readonly compiled: CompiledRule
  /** Its place among the rules of the topic. */
  readonly place: number
  readonly tag: string
  /** Undefined if it is only watched whether it still applies. */
  readonly bound: Bound | undefined
}

/** The rules of a topic that are watched: those with a bound, and those that may cease to apply. */
export function watchedRules(
  contracts: readonly CompiledContract[],
  tags: ReadonlyMap<CompiledContract, readonly string[]>,
): WatchedRule[] {
  let place = 0
  return contracts.flatMap((contract) =>
    contract.rules.flatMap((compiled, index): WatchedRule[] => {
      const { rule } = compiled
      const bound = boundOf(rule, contract.contract)
      const tag = tags.get(contract)?.[index] ?? rule.id
      const watched = { contract, compiled, place: place++, tag, bound }
      return bound !== undefined || mayNotApply(rule) ? [watched] : []
    }),
  )
}

/** The window of a watched rule. */
export function overOf({ bound }: WatchedRule): number {
  return bound?.overMs ?? USUAL_WINDOW_MS
}

/** Watches one rule about single events. */
export class RuleWatch implements Watch {
  readonly contract: CompiledContract
  readonly subject: Subject
  readonly ruleTag: string
  isShown: boolean
  readonly watched: WatchedRule
  /** Since when its window is filled. */
  #sinceMs: number
  readonly #counts: VerdictCounts
  readonly #window: GrowthWindow
  readonly #row: number
  readonly #application: Application
  /** Undefined for a rule without a bound. */
  readonly #status: RuleStatus | undefined

  /** @param row the rule's row in the window. */
  constructor(
    watched: WatchedRule,
    counts: VerdictCounts,
    window: GrowthWindow,
    row: number,
    startMs: number,
    restored: RestoredStatus | undefined,
  ) {
    const { contract, compiled, bound, tag } = watched
    this.contract = contract
    this.ruleTag = tag
    this.subject = new Subject(contract.contract.id, subjectOf(compiled.rule), startMs, restored)
    this.isShown = bound !== undefined || restored !== undefined
    this.watched = watched
    this.#sinceMs = startMs
    this.#counts = counts
    this.#window = window
    this.#row = row
    this.#application = new Application(restored?.status)
    this.#status = bound && new RuleStatus(bound, this.#application, levelOf(restored))
  }

  /** Takes in that all that arrived since a moment has been counted. */
  cover(sinceMs: number): void {
    this.#sinceMs = Math.min(this.#sinceMs, sinceMs)
  }

  /** True if the other one watches the same rule, against the same bound. */
  isSameAs({ contract, watched }: RuleWatch, isSame: IsSameRule): boolean {
    return (
      contract.contract.id === this.contract.contract.id &&
      watched.compiled.rule.id === this.watched.compiled.rule.id &&
      JSON.stringify(watched.bound) === JSON.stringify(this.watched.bound) &&
      isSame(this.watched.compiled, watched.compiled)
    )
  }

  /** Goes on as the same rule of a rule set before, whose window it has taken over. */
  inherit(before: RuleWatch): void {
    this.#sinceMs = before.#sinceMs
    this.isShown = before.isShown
    this.subject.inherit(before.subject)
    before.#observeApplication()
    this.#application.inherit(before.#application)
    if (before.#status !== undefined) this.#status?.inherit(before.#status)
  }

  judge(facts: StatusFacts): Evaluation {
    const counts = this.#windowCounts()
    const window = facts.window(this.#window.overMs, this.#sinceMs)
    this.#observeApplication()
    const evaluation = this.#status?.judge(counts, window) ?? this.#judgeApplication(counts, window.isWhole)
    this.isShown ||= evaluation.status === 'not_applied'
    return evaluation
  }

  #judgeApplication(counts: WindowCounts, isWhole: boolean): Evaluation {
    const measure = { ...NO_MEASURE, overMs: this.#window.overMs }
    if (this.#application.isMissed(counts, isWhole, 0)) {
      return { status: 'not_applied', reason: 'never_applies', measure }
    }
    return isWhole
      ? { status: 'ok', reason: 'within_bounds', measure }
      : { status: 'warming_up', reason: 'warming_up', measure }
  }

  #windowCounts(): WindowCounts {
    const sum = (column: number): number => this.#window.sum(this.#row, column)
    return { pass: sum(PASS), fail: sum(FAIL), error: sum(ERROR), skip: sum(SKIP) }
  }

  #observeApplication(): void {
    const { totals, columns } = this.#counts
    const of = (column: number): number => totals[this.watched.place * columns + column] as number
    this.#application.observe(of(PASS) + of(FAIL) + of(ERROR), of(SKIP))
  }
}

function subjectOf({ id, severity, dimension, check }: Rule): StatusSubject {
  return { kind: 'rule', rule: id, severity, dimension, check: check.kind }
}
