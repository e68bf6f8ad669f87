import type { CompiledContract, CompiledStreamRule } from '../evaluate/compiled.ts'
import type { Sample } from '../model/sample.ts'
import type { StatusSubject } from '../model/status.ts'
import { VERDICTS } from '../model/verdict.ts'
import type { VerdictKind } from '../model/verdict.ts'
import { count } from '../telemetry/samples.ts'
import { contractTags, evaluationsOf } from '../telemetry/tags.ts'
import type { RestoredStatus } from './restored-status.ts'
import { Subject } from './subject.ts'

/** A rule over the stream as its watch needs it. */
export interface StreamRuleParts {
  readonly contract: CompiledContract
  readonly compiled: CompiledStreamRule
  readonly tag: string
  readonly startMs: number
  readonly restored: RestoredStatus | undefined
}

/** What a rule over the stream is called, and its verdicts since the last flush. */
export class StreamCheck {
  readonly contract: CompiledContract
  readonly subject: Subject
  readonly ruleTag: string
  readonly isShadow: boolean
  readonly compiled: CompiledStreamRule
  readonly #verdicts: Record<VerdictKind, number> = { pass: 0, fail: 0, error: 0, skip: 0 }
  #wasDrained = false

  constructor({ contract, compiled, tag, startMs, restored }: StreamRuleParts) {
    const { rule } = compiled
    this.contract = contract
    this.ruleTag = tag
    this.compiled = compiled
    this.isShadow = rule.mode === 'shadow'
    this.subject = new Subject(contract.contract.id, subjectOf(rule), startMs, restored)
  }

  /** Goes on as the same rule of a rule set before. */
  protected inheritCheck(before: StreamCheck): void {
    this.subject.inherit(before.subject)
    Object.assign(this.#verdicts, before.#verdicts)
    this.#wasDrained = before.#wasDrained
  }

  countVerdict(verdict: VerdictKind, times = 1): void {
    this.#verdicts[verdict] += times
  }

  /** What grew since the last time, and back to zero. The first time, a fail of 0 is among it, as with all rules. */
  drain(): Sample[] {
    const { severity, mode } = this.compiled.rule
    const name = evaluationsOf(mode)
    const tags = { ...contractTags(this.contract.contract), rule: this.ruleTag, severity }
    const samples = VERDICTS.flatMap((result) => {
      const value = this.#verdicts[result]
      const isSent = value > 0 || (result === 'fail' && !this.#wasDrained)
      this.#verdicts[result] = 0
      return isSent ? [count(name, { ...tags, result }, value)] : []
    })
    this.#wasDrained = true
    return samples
  }
}

function subjectOf({ id, severity, dimension, check }: CompiledStreamRule['rule']): StatusSubject {
  return { kind: 'rule', rule: id, severity, dimension, check: check.kind }
}
