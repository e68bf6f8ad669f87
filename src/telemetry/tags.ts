import type { CompiledContract } from '../evaluate/compiled.ts'
import type { Contract } from '../model/contract.ts'
import { normaliseTagValue } from '../model/tag.ts'
import { VERDICTS } from '../model/verdict.ts'

/** The tags that name a contract: functions of one another, so together they are one series. */
export interface ContractTags {
  readonly domain: string
  readonly team: string
  readonly contract: string
  readonly topic: string
}

/** The contract's tags, normalised as Datadog does it, so that every receiver shows the same values. */
export function contractTags(contract: Contract): ContractTags {
  return {
    domain: normaliseTagValue(contract.domain),
    team: normaliseTagValue(contract.owner),
    contract: normaliseTagValue(contract.id),
    topic: normaliseTagValue(contract.topic),
  }
}

/** What the rule tags come to: a tag value for each rule, and how many series had to be folded. */
export interface RuleTags {
  /** By contract, then by the rule's place in it. */
  readonly byContract: ReadonlyMap<CompiledContract, readonly string[]>
  readonly foldedSeries: number
}

/**
 * Gives each rule its tag. Rules past `maxSeries` series (four verdicts each) share `rule:other`, in the order of the contracts: the
 * bill has a bound, and what is beyond it is still counted.
 */
export function ruleTags(contracts: readonly CompiledContract[], maxSeries: number): RuleTags {
  const byContract = new Map<CompiledContract, readonly string[]>()
  let series = 0
  let foldedSeries = 0
  for (const contract of contracts) {
    const tags = contract.rules.map(({ rule }) => {
      series += VERDICTS.length
      if (series <= maxSeries) return normaliseTagValue(rule.id)
      foldedSeries += VERDICTS.length
      return 'other'
    })
    byContract.set(contract, tags)
  }
  return { byContract, foldedSeries }
}
