import { DEFAULT_DECODE_LIMITS, decodeValue } from '../decode/decode.ts'
import type { CompiledContract } from '../evaluate/compiled.ts'
import { type EventPath, eventPathsOf } from '../expression/index.ts'
import type { Rule } from '../model/contract.ts'
import type { Problem } from '../model/problem.ts'
import type { RuleVerdict } from '../model/test-result.ts'
import { countAt, listsOn, withItems } from './item-counts.ts'
import type { RecordJudge } from './judge-record.ts'
import type { ReadyCase, ReadyStep, ReadyTest } from './prepare.ts'
import { type ProbeOutcome, probeProblem } from './probe-problem.ts'

/** An event that a rule passes, and a list in it that the rule looks at. */
interface Candidate {
  readonly path: EventPath
  readonly count: number
  readonly event: unknown
  readonly step: ReadyStep
  readonly testCase: ReadyCase
}

const COUNTS = [0, 1, 2] as const

/**
 * Tries each rule that looks at a list with 0, 1 and 2 items of it, beginning from an event that passes: for JSONata takes a list with one
 * item for that item, and one without items for no value. Found are rules that then fail for a missing value or for a type, or can't
 * judge at all. A rule that turns `false` means it.
 */
export class Probes {
  readonly #compiled: CompiledContract
  readonly #judge: RecordJudge
  readonly #paths: readonly (readonly EventPath[])[]
  /** By rule and path: the passing event with the most items, of which two are enough. */
  readonly #candidates: Map<string, Candidate>[]
  readonly #events = new WeakMap<ReadyStep, { readonly event: unknown }>()

  constructor(compiled: CompiledContract, judge: RecordJudge) {
    this.#compiled = compiled
    this.#judge = judge
    this.#paths = compiled.contract.rules.map(pathsOf)
    this.#candidates = compiled.contract.rules.map(() => new Map())
  }

  /** Takes note of an event that a rule passes. */
  passed(index: number, step: ReadyStep, testCase: ReadyCase): void {
    const candidates = this.#candidates[index]
    if (!candidates) return
    for (const path of this.#paths[index] ?? []) {
      const event = this.#eventOf(step)
      for (const list of listsOn(event, path)) {
        const key = JSON.stringify(list.path)
        const best = candidates.get(key)
        if (!best || Math.min(best.count, 2) < list.count) {
          candidates.set(key, { ...list, event, step, testCase })
        }
      }
    }
  }

  /** All rules and lists with a surprise, as warnings. `test` is asked which surprises its cases have said already. */
  findings(test: ReadyTest): Problem[] {
    return this.#candidates.flatMap((candidates, index) => {
      const rule = this.#compiled.contract.rules[index]
      return rule
        ? [...candidates.values()].flatMap((candidate) => this.#probe(rule, index, candidate, test))
        : []
    })
  }

  #probe(rule: Rule, index: number, candidate: Candidate, test: ReadyTest): Problem[] {
    // Of a list without items there is nothing to make one or two from.
    if (candidate.count === 0) return []
    const outcomes = COUNTS.map((count): ProbeOutcome => {
      return { count, verdict: this.#verdictWith(index, candidate, count) }
    })
    const surprises = outcomes.filter(({ verdict }) => isSurprising(verdict))
    const unsaid = surprises.filter(({ count }) => !this.#isSaid(rule, candidate.path, count, test))
    return unsaid.length === 0
      ? []
      : [probeProblem(rule, candidate.path, candidate.testCase.name, outcomes, unsaid)]
  }

  #verdictWith(index: number, { event, path, step }: Candidate, count: number): RuleVerdict {
    const value = Buffer.from(JSON.stringify(withItems(event, path, count)), 'utf8')
    const judgement = this.#judge.judge({ ...step.record, value }, step.nowMs)
    return judgement.verdicts?.[index] ?? NOT_JUDGED
  }

  /** A case with so many items that names the rule says what is meant. */
  #isSaid({ id }: Rule, path: EventPath, count: number, { cases }: ReadyTest): boolean {
    return cases.some(({ steps }) =>
      steps.some((step) => step.expected.has(id) && countAt(this.#eventOf(step), path) === count),
    )
  }

  #eventOf(step: ReadyStep): unknown {
    const known = this.#events.get(step)
    if (known) return known.event
    const decoded = decodeValue(step.record.value, this.#compiled.contract.format, DEFAULT_DECODE_LIMITS)
    const event = decoded.kind === 'event' ? decoded.value : undefined
    this.#events.set(step, { event })
    return event
  }
}

/** Stands for the verdict on an event that could not be sent: nothing is found by it. */
const NOT_JUDGED: RuleVerdict = {
  verdict: 'skip',
  reason: undefined,
  code: undefined,
  path: undefined,
  message: undefined,
}

function pathsOf({ when, check }: Rule): readonly EventPath[] {
  const texts = [when?.text, check.kind === 'assert' ? check.expression.text : undefined]
  return texts.flatMap((text) => (text === undefined ? [] : eventPathsOf(text)))
}

function isSurprising({ verdict, reason }: RuleVerdict): boolean {
  return verdict === 'error' || (verdict === 'fail' && (reason === 'no_value' || reason === 'type'))
}
