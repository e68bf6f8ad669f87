import { ExpressionSet, OUTCOME } from '../expression/index.ts'
import type { Outcome } from '../expression/index.ts'
import type { JudgedEvent } from '../model/judged-event.ts'
import { VERDICTS } from '../model/verdict.ts'
import type { Verdict } from '../model/verdict.ts'
import type { CompiledContract, CompiledRule } from './compiled.ts'
import type { EventContext } from './context.ts'
import { isDataCaused, nameOf, verdictOfOutcome, verdictsByOutcome } from './outcome.ts'
import { overrunCode } from './overrun.ts'
import { bitsByVerdict, RESULT_BY_BITS } from './results.ts'
import type { SchemaCheck } from './schema.ts'

const PASS = VERDICTS.indexOf('pass')
const FAIL = VERDICTS.indexOf('fail')
const ERROR = VERDICTS.indexOf('error')

/** A rule as the loop needs it. Its place is that of its member in the set. */
interface JudgedRule {
  readonly compiled: CompiledRule
  /** Undefined for an assertion. */
  readonly schema: SchemaCheck | undefined
  readonly verdicts: Uint8Array
  readonly bits: Uint8Array
}

/** Outcomes of one rule on one event that should be the same: names, without values of the event. */
export interface Difference {
  readonly compiled: string
  readonly interpreted: string
}

/**
 * Judges events against all rules of several contracts at once: always all of them, so that one failure never hides another, and with
 * one set of expressions, so that what rules have in common is done once. Never throws.
 */
export class EventJudge implements JudgedEvent {
  readonly verdicts: Uint8Array
  readonly results: Uint8Array
  readonly firstRules: readonly number[]
  fails = 0
  errors = 0
  readonly #rules: readonly JudgedRule[]
  readonly #lastRules: readonly number[]
  readonly #set: ExpressionSet

  constructor(contracts: readonly CompiledContract[]) {
    const rules = contracts.flatMap((contract) => contract.rules)
    this.#rules = rules.map(toJudgedRule)
    this.#set = new ExpressionSet(
      rules.map(({ condition, check }) => ({
        condition,
        assertion: check.kind === 'assert' ? check.expression : undefined,
      })),
    )
    this.verdicts = new Uint8Array(rules.length)
    this.results = new Uint8Array(contracts.length)
    this.#lastRules = contracts.map((_, index) => countRules(contracts.slice(0, index + 1)))
    this.firstRules = [0, ...this.#lastRules.slice(0, -1)]
  }

  judge(event: unknown, context: EventContext): void {
    this.#set.evaluate(event, context)
    this.fails = 0
    this.errors = 0
    let rule = 0
    for (let contract = 0; contract < this.#lastRules.length; contract++) {
      const last = this.#lastRules[contract] as number
      let bits = 0
      for (; rule < last; rule++) {
        const judged = this.#rules[rule] as JudgedRule
        const verdict = this.#judgeRule(rule, judged, event)
        this.verdicts[rule] = verdict
        if (verdict === FAIL) this.fails++
        else if (verdict === ERROR) this.errors++
        bits |= judged.bits[verdict] as number
      }
      this.results[contract] = RESULT_BY_BITS[bits] as number
    }
  }

  verdict(rule: number): Verdict {
    const { compiled, schema } = this.#rules[rule] as JudgedRule
    const outcome = this.#outcomeOf(rule)
    return schema !== undefined && outcome === OUTCOME.true
      ? this.#schemaVerdict(rule, schema)
      : verdictOfOutcome(compiled, outcome, this.#set.detail(rule))
  }

  /** The code of the budget that a rule exceeded on the last event; undefined if it did not. */
  overrun(rule: number): string | undefined {
    const outcome = this.#outcomeOf(rule)
    const isFault = outcome === OUTCOME.fault || outcome === OUTCOME.conditionFault
    return isFault ? overrunCode(this.#set.detail(rule)) : undefined
  }

  /** Leaves a rule out of the events to come, with the verdict error, or takes it in again. */
  suspend(rule: number, isSuspended: boolean): void {
    this.#set.suspended[rule] = isSuspended ? 1 : 0
  }

  /**
   * How the interpreter judges a rule's expressions otherwise than the last `judge` did on the same event; undefined if it does not, or if
   * there is nothing to compare: budgets are spent at different speeds, so an exceeded one tells nothing.
   */
  difference(rule: number, event: unknown, context: EventContext): Difference | undefined {
    const outcome = this.#outcomeOf(rule)
    if (outcome === OUTCOME.suspended) return undefined
    const detail = this.#set.detail(rule)
    const interpreted = this.#set.interpretMember(rule, event, context)
    if (overrunCode(detail) !== undefined || overrunCode(interpreted.detail) !== undefined) return undefined
    const [compiledAs, interpretedAs] = [
      nameOf(outcome, detail),
      nameOf(interpreted.outcome, interpreted.detail),
    ]
    return compiledAs === interpretedAs ? undefined : { compiled: compiledAs, interpreted: interpretedAs }
  }

  /** Leaves a rule's expressions to the interpreter from now on. */
  useInterpreter(rule: number): void {
    this.#set.useInterpreter(rule)
  }

  #judgeRule(rule: number, { schema, verdicts }: JudgedRule, event: unknown): number {
    const outcome = this.#outcomeOf(rule)
    if (schema !== undefined && outcome === OUTCOME.true) return schemaVerdict(schema.matches(event))
    const verdict = verdicts[outcome] as number
    return outcome === OUTCOME.fault && isDataCaused(this.#set.detail(rule)) ? FAIL : verdict
  }

  #outcomeOf(rule: number): Outcome {
    return this.#set.outcomes[rule] as Outcome
  }

  #schemaVerdict(rule: number, schema: SchemaCheck): Verdict {
    return this.verdicts[rule] === PASS ? { kind: 'pass' } : schema.explain()
  }
}

function schemaVerdict(matches: boolean | undefined): number {
  if (matches === undefined) return ERROR
  return matches ? PASS : FAIL
}

function toJudgedRule(compiled: CompiledRule): JudgedRule {
  const { rule, check } = compiled
  return {
    compiled,
    schema: check.kind === 'schema' ? check.schema : undefined,
    verdicts: verdictsByOutcome(rule.missing),
    bits: bitsByVerdict(rule),
  }
}

function countRules(contracts: readonly CompiledContract[]): number {
  return contracts.reduce((sum, { rules }) => sum + rules.length, 0)
}
