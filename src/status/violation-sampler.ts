import type { CompiledContract, CompiledRule, CompiledTopic } from '../evaluate/compiled.ts'
import type { EventContext } from '../evaluate/context.ts'
import type { JudgedEvent } from '../model/judged-event.ts'
import type { KafkaRecord, RejectReason } from '../model/record.ts'
import { VERDICTS } from '../model/verdict.ts'
import type { Verdict } from '../model/verdict.ts'
import type { SampledViolation } from '../model/violation.ts'
import { explainViolation } from './explain-violation.ts'
import { FieldMasks } from './field-masks.ts'
import { safeMessage } from './safe-message.ts'
import { safePath } from './safe-path.ts'
import { SamplePicker } from './sample-picker.ts'
import type { Random } from './sample-picker.ts'
import { shownValues } from './shown-values.ts'
import type { KeyedHash } from './shown-values.ts'

/** Of one topic and interval, so many violations are looked at, and so many of them explained: each explanation takes up to milliseconds. */
const MAX_SAMPLES = 500
const MAX_EXPLAINED = 25

const FAIL = VERDICTS.indexOf('fail')
const ERROR = VERDICTS.indexOf('error')

/** What one rule failed on in one interval. */
export interface RuleSamples {
  readonly contract: CompiledContract
  /** Undefined for records that no rule saw. */
  readonly rule: CompiledRule | undefined
  /** All of them, those too that are not kept. */
  readonly count: number
  readonly violations: readonly SampledViolation[]
}

interface SampledRule {
  readonly contract: CompiledContract
  readonly masks: FieldMasks
  readonly schemaNames: ReadonlySet<string>
  readonly compiled: CompiledRule
}

/** Keeps examples of what fails in one topic. Costs next to nothing while nothing fails, and within bounds if everything does. */
export class ViolationSampler {
  readonly #topic: CompiledTopic
  readonly #judged: JudgedEvent
  readonly #hash: KeyedHash
  /** By the rule's place in the judge; what can't be read is counted behind them. */
  readonly #rules: readonly SampledRule[]
  readonly #picker: SamplePicker
  #kept = new Map<number, SampledViolation[]>()
  #rejected: Omit<SampledViolation, 'contract'>[] = []
  #samplesLeft = MAX_SAMPLES
  #explanationsLeft = MAX_EXPLAINED

  constructor(topic: CompiledTopic, judged: JudgedEvent, hash: KeyedHash, random: Random) {
    this.#topic = topic
    this.#judged = judged
    this.#hash = hash
    this.#rules = topic.contracts.flatMap((contract) => {
      const masks = new FieldMasks(contract.contract)
      return contract.rules.map((compiled) => ({ contract, masks, schemaNames: namesOf(compiled), compiled }))
    })
    this.#picker = new SamplePicker(this.#rules.length + 1, random)
  }

  beforeSlice(): void {
    // Intervals end at a flush, not with a slice.
  }

  afterEvent(event: unknown, context: EventContext): void {
    const { fails, errors, verdicts } = this.#judged
    if (fails === 0 && errors === 0) return
    for (let rule = 0; rule < verdicts.length; rule++) {
      const verdict = verdicts[rule]
      if (verdict !== FAIL && verdict !== ERROR) continue
      const place = this.#picker.pick(rule)
      if (place !== undefined && this.#samplesLeft > 0) this.#keep(rule, place, event, context)
    }
  }

  afterRejected(reason: RejectReason, record: KafkaRecord, nowMs: number): void {
    const place = this.#picker.pick(this.#rules.length)
    if (place === undefined || this.#samplesLeft === 0) return
    this.#samplesLeft--
    this.#rejected[place] = {
      ...this.#coordinates(record, nowMs),
      rule: undefined,
      result: 'undecodable',
      reason,
      message: `the record could not be read: ${reason}`,
      path: undefined,
      values: [],
      explanation: [],
    }
  }

  /** What was kept since the last time, and a new interval begins. Rules without fails are left out. */
  drain(): RuleSamples[] {
    const samples = [...this.#kept].map(([rule, violations]): RuleSamples => {
      const { contract, compiled } = this.#rules[rule] as SampledRule
      return { contract, rule: compiled, count: this.#picker.seen(rule), violations }
    })
    if (this.#rejected.length > 0) samples.push(...this.#ofRejected())
    this.#picker.reset()
    this.#kept = new Map()
    this.#rejected = []
    this.#samplesLeft = MAX_SAMPLES
    this.#explanationsLeft = MAX_EXPLAINED
    return samples
  }

  /** Every contract of the topic relied on the record. */
  #ofRejected(): RuleSamples[] {
    const count = this.#picker.seen(this.#rules.length)
    return this.#topic.contracts.map((contract) => ({
      contract,
      rule: undefined,
      count,
      violations: this.#rejected.map((violation) => ({ ...violation, contract: contract.contract.id })),
    }))
  }

  #keep(rule: number, place: number, event: unknown, context: EventContext): void {
    const verdict = this.#judged.verdict(rule)
    if (verdict.kind !== 'fail' && verdict.kind !== 'error') return
    this.#samplesLeft--
    const kept = this.#kept.get(rule) ?? []
    kept[place] = this.#violation(this.#rules[rule] as SampledRule, verdict, event, context)
    this.#kept.set(rule, kept)
  }

  #violation(
    { contract, masks, schemaNames, compiled }: SampledRule,
    verdict: Extract<Verdict, { kind: 'fail' | 'error' }>,
    event: unknown,
    context: EventContext,
  ): SampledViolation {
    const path = verdict.kind === 'fail' ? verdict.path : undefined
    return {
      ...this.#coordinates(context.record, context.nowMs),
      contract: contract.contract.id,
      rule: compiled.rule.id,
      result: verdict.kind,
      reason: verdict.kind === 'fail' ? verdict.reason : verdict.code,
      message: safeMessage(verdict.message, verdict.code),
      path: path === undefined ? undefined : safePath(path, event, schemaNames),
      values: shownValues(masks, event, this.#hash),
      explanation: this.#explain(compiled, verdict, event, context, masks),
    }
  }

  #explain(
    compiled: CompiledRule,
    verdict: Verdict,
    event: unknown,
    context: EventContext,
    masks: FieldMasks,
  ): SampledViolation['explanation'] {
    const isSuspended = verdict.kind === 'error' && verdict.code === 'RULE_SUSPENDED'
    if (this.#explanationsLeft === 0 || isSuspended) return []
    this.#explanationsLeft--
    return explainViolation(compiled, event, context, masks)
  }

  #coordinates({ topic, partition, offset, key, timestampMs }: KafkaRecord, judgedAtMs: number) {
    const keyHash = key === null ? undefined : this.#hash(key)
    return { topic, partition, offset, keyHash, timestampMs, judgedAtMs }
  }
}

/** Names of fields that the schema of a rule knows. */
function namesOf({ check }: CompiledRule): ReadonlySet<string> {
  return new Set(check.kind === 'schema' ? check.fields.flatMap(({ path }) => path) : [])
}
