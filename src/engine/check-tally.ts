import type { CompiledContract, CompiledRule, CompiledTopic } from '../evaluate/compiled.ts'
import type { CheckResult, RuleCounts, Violation } from '../model/check-result.ts'
import type { JudgedEvent } from '../model/judged-event.ts'
import type { KafkaRecord, Recognised, RejectReason } from '../model/record.ts'
import { EVENT_RESULTS, VERDICTS } from '../model/verdict.ts'
import type { EventResult, Verdict, VerdictKind } from '../model/verdict.ts'
import type { TopicTally } from './judge-record.ts'

/** Violations shown of each rule, and of undecodable records. */
const SHOWN_PER_RULE = 3

const WORST_FIRST = ['fail', 'error', 'warn', 'pass'] as const

/** Counts a finite sample of events for a report. The records' offsets are line numbers − 1. */
export class CheckTally implements TopicTally {
  readonly wantsDuration = false
  readonly #compiled: CompiledTopic
  readonly #contracts: readonly ContractCounts[]
  readonly #violations: Violation[] = []
  readonly #rejected: Record<string, number> = {}
  readonly #recognised: Record<string, number> = {}
  readonly #events = { total: 0, pass: 0, warn: 0, fail: 0, error: 0, undecodable: 0 }

  constructor(topic: CompiledTopic) {
    this.#compiled = topic
    this.#contracts = topic.contracts.map((contract) => new ContractCounts(contract))
  }

  countEvent(judged: JudgedEvent, record: KafkaRecord): void {
    this.#contracts.forEach((counts, index) => {
      this.#violations.push(...counts.count(judged, judged.firstRules[index] as number, record.offset + 1))
    })
    this.#countResults(Array.from(judged.results, (result) => EVENT_RESULTS[result] as EventResult))
  }

  countTombstone(): void {
    this.#countResults(
      this.#compiled.contracts.map(({ contract }) => (contract.tombstones === 'fail' ? 'fail' : 'tombstone')),
    )
  }

  countRejected(reason: RejectReason, record: KafkaRecord, detail: string): void {
    this.#countResults(['undecodable'])
    const count = (this.#rejected[reason] ?? 0) + 1
    this.#rejected[reason] = count
    if (count > SHOWN_PER_RULE) return
    this.#violations.push({ line: record.offset + 1, result: 'undecodable', reason, message: detail })
  }

  countRecognised(format: Recognised): void {
    this.#recognised[format] = (this.#recognised[format] ?? 0) + 1
  }

  countRoundedNumbers(): void {
    // The report is about rules; what JavaScript's numbers can't hold is a metric of the service.
  }

  countDuration(): void {
    // A check reports verdicts, not speed.
  }

  result(): CheckResult {
    return {
      topic: this.#compiled.topic,
      events: this.#events,
      rules: this.#contracts.flatMap((contract) => contract.byRule()),
      rejected: this.#rejected,
      recognised: this.#recognised,
      violations: this.#violations,
    }
  }

  /** What the contracts together made of a record. */
  #countResults(results: readonly EventResult[]): void {
    const worst = WORST_FIRST.find((result) => results.includes(result)) ?? 'undecodable'
    this.#events.total++
    this.#events[worst]++
  }
}

class ContractCounts {
  readonly #compiled: CompiledContract
  readonly #counts: readonly Record<VerdictKind, number>[]

  constructor(compiled: CompiledContract) {
    this.#compiled = compiled
    this.#counts = compiled.rules.map(() => ({ pass: 0, fail: 0, error: 0, skip: 0 }))
  }

  /** Counts the verdicts of one event, and gives the violations that are still to be shown. */
  count(judged: JudgedEvent, first: number, line: number): Violation[] {
    return this.#counts.flatMap((counts, index) => {
      const kind = VERDICTS[judged.verdicts[first + index] as number] as VerdictKind
      counts[kind]++
      const isShown = (kind === 'fail' || kind === 'error') && counts.fail + counts.error <= SHOWN_PER_RULE
      return isShown ? this.#violation(index, judged.verdict(first + index), line) : []
    })
  }

  byRule(): RuleCounts[] {
    return this.#compiled.rules.map(({ rule }, index) => ({
      contract: this.#compiled.contract.id,
      rule: rule.id,
      severity: rule.severity,
      mode: rule.mode,
      ...(this.#counts[index] as Record<VerdictKind, number>),
    }))
  }

  #violation(index: number, verdict: Verdict, line: number): Violation[] {
    if (verdict.kind !== 'fail' && verdict.kind !== 'error') return []
    const { rule } = this.#compiled.rules[index] as CompiledRule
    return [
      {
        line,
        result: verdict.kind,
        contract: this.#compiled.contract.id,
        rule: rule.id,
        ...(rule.mode === 'shadow' ? { mode: rule.mode } : {}),
        reason: verdict.kind === 'fail' ? verdict.reason : verdict.code,
        message: verdict.message,
        ...(verdict.kind === 'fail' && verdict.path !== undefined ? { path: verdict.path } : {}),
      },
    ]
  }
}
