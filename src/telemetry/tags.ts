import type { CompiledContract } from '../evaluate/compiled.ts'
import type { Contract, Mode } from '../model/contract.ts'
import { normaliseTagValue } from '../model/tag.ts'
import { VERDICTS } from '../model/verdict.ts'

/** The tag of all rules past the bound. */
export const FOLDED_RULE = 'other'

/** The tags that name a contract: functions of one another, so together they are one series. */
export interface ContractTags {
  readonly domain: string
  readonly team: string
  readonly contract: string
  readonly topic: string
}

/** They are asked for with every sample, and normalising them costs more than all else about one. */
const known = new WeakMap<Contract, ContractTags>()

/** The contract's tags, normalised as Datadog does it, so that every receiver shows the same values. */
export function contractTags(contract: Contract): ContractTags {
  const found = known.get(contract) ?? toContractTags(contract)
  known.set(contract, found)
  return found
}

function toContractTags(contract: Contract): ContractTags {
  return {
    domain: normaliseTagValue(contract.domain),
    team: normaliseTagValue(contract.owner),
    contract: normaliseTagValue(contract.id),
    topic: normaliseTagValue(contract.topic),
  }
}

/** Under which name the verdicts of a rule are counted: those of rules in the shadow never page anybody. */
export function evaluationsOf(mode: Mode): 'dq.rule.evaluations' | 'dq.shadow.evaluations' {
  return mode === 'shadow' ? 'dq.shadow.evaluations' : 'dq.rule.evaluations'
}

/** What the rule tags come to: a tag value for each rule, and how many series had to be folded. */
export interface RuleTags {
  /** By contract, then by the rule's place in it: those about single events. */
  readonly byContract: ReadonlyMap<CompiledContract, readonly string[]>
  /** The same of the rules over the stream. */
  readonly ofStream: ReadonlyMap<CompiledContract, readonly string[]>
  readonly foldedSeries: number
}

/**
 * Gives each rule its tag. Rules past `maxSeries` series (four verdicts each) share `rule:other`, in the order of the contracts: the
 * bill has a bound, and what is beyond it is still counted.
 */
export function ruleTags(contracts: readonly CompiledContract[], maxSeries: number): RuleTags {
  const byContract = new Map<CompiledContract, readonly string[]>()
  const ofStream = new Map<CompiledContract, readonly string[]>()
  let series = 0
  let foldedSeries = 0
  const tagOf = ({ rule }: { readonly rule: { readonly id: string } }): string => {
    series += VERDICTS.length
    if (series <= maxSeries) return normaliseTagValue(rule.id)
    foldedSeries += VERDICTS.length
    return FOLDED_RULE
  }
  for (const contract of contracts) {
    byContract.set(contract, contract.rules.map(tagOf))
    ofStream.set(contract, contract.streamRules.map(tagOf))
  }
  return { byContract, ofStream, foldedSeries }
}
