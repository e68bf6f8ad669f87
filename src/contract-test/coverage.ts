import type { CompiledContract } from '../evaluate/compiled.ts'
import type { Status } from '../model/status.ts'
import type { RuleCoverage } from '../model/test-result.ts'
import type { VerdictKind } from '../model/verdict.ts'
import type { RuleFilter } from './subject-names.ts'

const NO_VERDICTS: Readonly<Record<VerdictKind, number>> = { pass: 0, fail: 0, error: 0, skip: 0 }
const NO_STATUSES: Readonly<Record<Status, number>> = {
  ok: 0,
  warning: 0,
  breached: 0,
  warming_up: 0,
  unknown: 0,
  not_applied: 0,
}

/** Counts which verdicts and statuses the cases of one contract have shown of each rule. */
export class CoverageTally {
  readonly #compiled: CompiledContract
  readonly #seen: Record<VerdictKind, number>[]
  /** By rule id. */
  readonly #statuses = new Map<string, Record<Status, number>>()

  constructor(compiled: CompiledContract) {
    this.#compiled = compiled
    this.#seen = compiled.contract.rules.map(() => ({ ...NO_VERDICTS }))
  }

  count(index: number, verdict: VerdictKind): void {
    const seen = this.#seen[index]
    if (seen) seen[verdict]++
  }

  countStatus(rule: string, status: Status): void {
    const seen = this.#statuses.get(rule) ?? { ...NO_STATUSES }
    seen[status]++
    this.#statuses.set(rule, seen)
  }

  result(isWanted: RuleFilter): RuleCoverage[] {
    const { id: contract, rules, streamRules } = this.#compiled.contract
    const statusesOf = (rule: string) => this.#statuses.get(rule) ?? NO_STATUSES
    const ofEvents = rules.map(({ id, tolerance, at }, index): RuleCoverage => {
      const seen = this.#seen[index] ?? NO_VERDICTS
      const statuses = tolerance === undefined ? undefined : statusesOf(id)
      return { contract, rule: id, seen, hasVerdicts: true, statuses, at }
    })
    const ofStream = streamRules.map(({ id, at }): RuleCoverage => {
      return { contract, rule: id, seen: NO_VERDICTS, hasVerdicts: false, statuses: statusesOf(id), at }
    })
    return [...ofEvents, ...ofStream].filter(({ rule }) => isWanted(rule))
  }
}
