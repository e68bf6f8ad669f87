import type { CompiledContract } from '../evaluate/compiled.ts'
import type { Rule } from '../model/contract.ts'
import { NO_MEASURE } from '../model/status.ts'
import type { Evaluation, StatusSubject } from '../model/status.ts'
import { VERDICTS } from '../model/verdict.ts'
import { Application } from './application.ts'
import { boundOf, mayNotApply, USUAL_WINDOW_MS } from './bound.ts'
import type { Bound } from './bound.ts'
import type { GrowthWindow } from './growth-window.ts'
import type { RestoredStatus } from './restored-status.ts'
import { RuleStatus } from './rule-status.ts'
import type { WindowCounts } from './rule-status.ts'
import { Subject } from './subject.ts'
import type { VerdictCounts } from './verdict-counts.ts'
import { levelOf } from './watch.ts'
import type { StatusFacts, Watch } from './watch.ts'

const PASS = VERDICTS.indexOf('pass')
const FAIL = VERDICTS.indexOf('fail')
const ERROR = VERDICTS.indexOf('error')
const SKIP = VERDICTS.indexOf('skip')

/** A rule about single events that is watched, by what it is found. */
export interface WatchedRule {
  readonly contract: CompiledContract
  readonly rule: Rule
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
    contract.rules.flatMap(({ rule }, index): WatchedRule[] => {
      const bound = boundOf(rule, contract.contract)
      const tag = tags.get(contract)?.[index] ?? rule.id
      const watched = { contract, rule, place: place++, tag, bound }
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
  readonly #watched: WatchedRule
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
    const { contract, rule, bound, tag } = watched
    this.contract = contract
    this.ruleTag = tag
    this.subject = new Subject(contract.contract.id, subjectOf(rule), startMs, restored)
    this.isShown = bound !== undefined || restored !== undefined
    this.#watched = watched
    this.#counts = counts
    this.#window = window
    this.#row = row
    this.#application = new Application(restored !== undefined)
    this.#status = bound && new RuleStatus(bound, this.#application, levelOf(restored))
  }

  judge(facts: StatusFacts): Evaluation {
    const counts = this.#windowCounts()
    const window = facts.window(this.#window.overMs)
    this.#observeApplication()
    const evaluation = this.#status?.judge(counts, window) ?? this.#judgeApplication(counts, window.isWhole)
    this.isShown ||= evaluation.status === 'not_applied'
    return evaluation
  }

  #judgeApplication({ pass, fail, error }: WindowCounts, isWhole: boolean): Evaluation {
    const measure = { ...NO_MEASURE, overMs: this.#window.overMs }
    if (!isWhole) return { status: 'warming_up', reason: 'warming_up', measure }
    return pass + fail + error === 0 && this.#application.isMissed(0)
      ? { status: 'not_applied', reason: 'never_applies', measure }
      : { status: 'ok', reason: 'within_bounds', measure }
  }

  #windowCounts(): WindowCounts {
    const sum = (column: number): number => this.#window.sum(this.#row, column)
    return { pass: sum(PASS), fail: sum(FAIL), error: sum(ERROR), skip: sum(SKIP) }
  }

  #observeApplication(): void {
    const { totals, columns } = this.#counts
    const of = (column: number): number => totals[this.#watched.place * columns + column] as number
    this.#application.observe(of(PASS) + of(FAIL) + of(ERROR), of(SKIP))
  }
}

function subjectOf({ id, severity, dimension, check }: Rule): StatusSubject {
  return { kind: 'rule', rule: id, severity, dimension, check: check.kind }
}
