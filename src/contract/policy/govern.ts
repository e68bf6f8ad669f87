import type { Waiver } from '../../model/policy.ts'
import type { Problem } from '../../model/problem.ts'
import { contractCheck, type GovernedContract } from './check-contract.ts'
import type { PolicyFile } from './parse-policy.ts'

/**
 * Holds contracts against the policies of one policy file.
 *
 * @param today YYYY-MM-DD
 * @param isWhole whether these are all contracts that the file governs; otherwise nothing is said about waivers of others
 */
export function checkGovernance(
  { policies, waivers }: Pick<PolicyFile, 'policies' | 'waivers'>,
  contracts: readonly GovernedContract[],
  today: string,
  isWhole: boolean,
): Problem[] {
  const used = new Set<Waiver>()
  const checks = policies.map((policy) => ({ id: policy.id, check: contractCheck(policy) }))
  const breaches = contracts.flatMap((governed) =>
    checks.flatMap(({ id, check }) => {
      const problems = check(governed)
      const waiver = waivers.find((candidate) => waives(candidate, id, governed.contract.id))
      if (!waiver || problems.length === 0) return problems
      used.add(waiver)
      return isOver(waiver, today) ? problems : []
    }),
  )
  const known = new Set(contracts.map(({ contract }) => contract.id))
  const idle = waivers.filter((waiver) => !used.has(waiver) && (isWhole || known.has(waiver.contract)))
  const over = waivers.filter((waiver) => isOver(waiver, today))
  return [
    ...breaches,
    ...over.map((waiver) => expired(waiver, today)),
    ...idle.filter((waiver) => !over.includes(waiver)).map((waiver) => unused(waiver, known)),
  ]
}

function waives(waiver: Waiver, policy: string, contract: string): boolean {
  return waiver.policy === policy && waiver.contract === contract
}

/** Dates of this form sort as text. */
function isOver({ until }: Waiver, today: string): boolean {
  return until.text < today
}

function expired({ policy, contract, until, reason }: Waiver, today: string): Problem {
  return {
    code: 'WAIVER_EXPIRED',
    severity: 'error',
    message: `the waiver of policy "${policy}" for contract "${contract}" ended with ${until.text}, and today is ${today}`,
    hint: `Make the contract comply and remove the waiver, or agree on a new day. Its reason was: ${reason}`,
    at: until.at,
  }
}

function unused({ policy, contract, at }: Waiver, known: ReadonlySet<string>): Problem {
  const isThere = known.has(contract)
  return {
    code: 'WAIVER_UNUSED',
    severity: 'warning',
    message: isThere
      ? `contract "${contract}" complies with policy "${policy}": the waiver waives nothing`
      : `there is no contract "${contract}" that policy "${policy}" could be waived for`,
    hint: isThere ? 'Remove the waiver.' : 'Correct the id, or remove the waiver.',
    at,
  }
}
