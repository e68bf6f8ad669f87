import { systemClock } from '../adapters/clock/clock.ts'
import { readReferencedFile } from '../adapters/files/text-file.ts'
import type { GovernedContract } from '../contract/policy/check-contract.ts'
import { checkGovernance } from '../contract/policy/govern.ts'
import { schemaFieldsOf } from '../evaluate/schema-fields.ts'
import type { Problem } from '../model/problem.ts'
import { isUsable, type LoadedContract, type RuleFiles } from './load-rules.ts'

/**
 * Holds the contracts of a rule set against the policies that hold for them. Kept apart from loading: a policy is about how contracts are
 * written and reviewed, and stands in nobody's way when they are run.
 *
 * @param today YYYY-MM-DD
 */
export function govern({ loaded, policies, isComplete }: RuleFiles, today: string): Problem[] {
  // One with errors might mean something else: it is mended first.
  return policies
    .filter(({ problems }) => isUsable({ problems }))
    .flatMap((policy) => {
      const contracts = loaded.filter((contract) => contract.policy === policy)
      const isWhole = policy.isWhole && isComplete
      const hasWords = policy.policies.some(({ demand }) => demand.kind === 'classify')
      const governed = contracts.map((contract) => toGoverned(contract, hasWords))
      return checkGovernance(policy, governed, today, isWhole)
    })
}

/** Today in UTC. */
export function dayNow(): string {
  return new Date(systemClock.nowMs()).toISOString().slice(0, 'YYYY-MM-DD'.length)
}

/** @param hasWords whether any policy asks for the fields of JSON Schemas, which must be read for it */
function toGoverned({ contract, values }: LoadedContract, hasWords: boolean): GovernedContract {
  const rules = hasWords ? contract.rules : []
  const schemaFields = rules.flatMap((rule) => {
    if (rule.check.kind !== 'schema') return []
    const at = rule.check.path.locate()
    return schemaFieldsOf(rule, readReferencedFile).map((field) => ({ ...field, at }))
  })
  return { contract, values, schemaFields }
}
