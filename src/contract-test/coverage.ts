import type { CompiledContract } from '../evaluate/compiled.ts'
import type { RuleCoverage } from '../model/test-result.ts'
import type { VerdictKind } from '../model/verdict.ts'
import type { RuleFilter } from './run-case.ts'

/** Counts which verdicts the cases of one contract have shown of each rule. */
export class CoverageTally {
  readonly #compiled: CompiledContract
  readonly #seen: Record<VerdictKind, number>[]

  constructor(compiled: CompiledContract) {
    this.#compiled = compiled
    this.#seen = compiled.contract.rules.map(() => ({ pass: 0, fail: 0, error: 0, skip: 0 }))
  }

  count(index: number, verdict: VerdictKind): void {
    const seen = this.#seen[index]
    if (seen) seen[verdict]++
  }

  result(isWanted: RuleFilter): RuleCoverage[] {
    const { id, rules } = this.#compiled.contract
    return rules.flatMap((rule, index) => {
      const seen = this.#seen[index]
      return seen && isWanted(index) ? { contract: id, rule: rule.id, seen, at: rule.at } : []
    })
  }
}
