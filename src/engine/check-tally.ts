import type { CompiledContract, CompiledTopic } from '../evaluate/compiled.ts'
import type { CheckResult, RuleCounts, Violation } from '../model/check-result.ts'
import type { KafkaRecord, RejectReason } from '../model/record.ts'
import type { EventResult, Verdict, VerdictKind } from '../model/verdict.ts'
import type { ContractTally, TopicTally } from './judge-record.ts'

/** Violations shown of each rule, and of undecodable records. */
const SHOWN_PER_RULE = 3

const WORST_FIRST = ['fail', 'error', 'warn', 'pass'] as const

/** Counts a finite sample of events for a report. The records' offsets are line numbers − 1. */
export class CheckTally implements TopicTally {
  readonly contracts: readonly CheckContractTally[]
  readonly #topic: string
  readonly #violations: Violation[] = []
  readonly #rejected: Record<string, number> = {}
  readonly #events = { total: 0, pass: 0, warn: 0, fail: 0, error: 0, undecodable: 0 }

  constructor(topic: CompiledTopic) {
    this.#topic = topic.topic
    this.contracts = topic.contracts.map((contract) => new CheckContractTally(contract, this.#violations))
  }

  countRejected(reason: RejectReason, record: KafkaRecord, detail: string): void {
    const count = (this.#rejected[reason] ?? 0) + 1
    this.#rejected[reason] = count
    if (count > SHOWN_PER_RULE) return
    this.#violations.push({ line: record.offset + 1, result: 'undecodable', reason, message: detail })
  }

  countRoundedNumbers(): void {
    // The report is about rules; what JavaScript's numbers can't hold is a metric of the service.
  }

  /** To be called after each record: what the contracts together made of it. */
  endRecord(): void {
    const results = this.contracts.map((contract) => contract.takeResult())
    this.#events.total++
    const worst = WORST_FIRST.find((result) => results.includes(result)) ?? 'undecodable'
    this.#events[worst]++
  }

  result(): CheckResult {
    return {
      topic: this.#topic,
      events: this.#events,
      rules: this.contracts.flatMap((contract) => contract.counts()),
      rejected: this.#rejected,
      violations: this.#violations,
    }
  }
}

class CheckContractTally implements ContractTally {
  readonly wantsDuration = false
  readonly #compiled: CompiledContract
  readonly #counts: Record<VerdictKind, number>[]
  readonly #violations: Violation[]
  #result: EventResult = 'undecodable'

  constructor(compiled: CompiledContract, violations: Violation[]) {
    this.#compiled = compiled
    this.#counts = compiled.rules.map(() => ({ pass: 0, fail: 0, error: 0, skip: 0 }))
    this.#violations = violations
  }

  countEvent(result: EventResult, verdicts: readonly Verdict[], record: KafkaRecord): void {
    this.#result = result
    this.#counts.forEach((counts, index) => {
      const verdict = verdicts[index] as Verdict
      counts[verdict.kind]++
      if (
        (verdict.kind === 'fail' || verdict.kind === 'error') &&
        counts.fail + counts.error <= SHOWN_PER_RULE
      ) {
        this.#violations.push(this.#violation(index, verdict, record.offset + 1))
      }
    })
  }

  countRecord(result: EventResult): void {
    this.#result = result
  }

  countDuration(): void {
    // A check reports verdicts, not speed.
  }

  takeResult(): EventResult {
    return this.#result
  }

  counts(): RuleCounts[] {
    return this.#compiled.rules.map(({ rule }, index) => ({
      contract: this.#compiled.contract.id,
      rule: rule.id,
      severity: rule.severity,
      ...(this.#counts[index] as Record<VerdictKind, number>),
    }))
  }

  #violation(index: number, verdict: Extract<Verdict, { kind: 'fail' | 'error' }>, line: number): Violation {
    return {
      line,
      result: verdict.kind,
      contract: this.#compiled.contract.id,
      rule: this.#compiled.rules[index]?.rule.id ?? '',
      reason: verdict.kind === 'fail' ? verdict.reason : verdict.code,
      message: verdict.message,
      ...(verdict.kind === 'fail' && verdict.path !== undefined ? { path: verdict.path } : {}),
    }
  }
}
