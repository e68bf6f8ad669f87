import type { SampledViolation } from '../model/violation.ts'
import type { RuleSamples } from './violation-sampler.ts'

/** Violations that are remembered: of one rule few, so that one that fails all the time does not push out one that fails now and then. */
const KEPT_PER_RULE = 5
const KEPT_PER_CONTRACT = 30

/** The newest violations of each contract, the newest first. */
export class RecentViolations {
  readonly #byContract = new Map<string, readonly SampledViolation[]>()

  add(samples: readonly RuleSamples[]): void {
    for (const { contract, violations } of samples) {
      const { id } = contract.contract
      this.#byContract.set(id, newest([...violations, ...this.ofContract(id)]))
    }
  }

  /** Forgets contracts that are gone. */
  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of this.#byContract.keys()) if (!ids.has(id)) this.#byContract.delete(id)
  }

  ofContract(id: string): readonly SampledViolation[] {
    return this.#byContract.get(id) ?? []
  }
}

function newest(violations: readonly SampledViolation[]): SampledViolation[] {
  const byRule = new Map<string | undefined, number>()
  return violations
    .toSorted((a, b) => b.judgedAtMs - a.judgedAtMs || b.offset - a.offset)
    .filter(({ rule }) => {
      const kept = (byRule.get(rule) ?? 0) + 1
      byRule.set(rule, kept)
      return kept <= KEPT_PER_RULE
    })
    .slice(0, KEPT_PER_CONTRACT)
}
