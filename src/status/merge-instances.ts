import type { InstanceAnswer, MergedContract, MergedStatus, StatusAnswer } from '../model/instance-answer.ts'
import { CONTRACT_STATES } from '../model/status-report.ts'
import type { ContractSummary } from '../model/status-report.ts'
import { goodAndBad } from './contract-history.ts'
import { largest } from './largest.ts'

/** A contract as one instance tells of it. */
interface Share {
  readonly domain: string
  readonly instance: string
  readonly contract: ContractSummary
}

/** Puts the shares of several instances together: each contract is told by those that judge it. The worst contracts come first. */
export function mergeInstances(answers: readonly InstanceAnswer[]): MergedStatus {
  const told = answers.flatMap((each) => ('answer' in each ? [each] : []))
  const shares = told.flatMap(({ answer }) => sharesOf(answer))
  const byContract = Map.groupBy(shares, ({ domain, contract }) => JSON.stringify([domain, contract.id]))
  return {
    contracts: [...byContract.values()].map(merge).toSorted(compare),
    instances: told.map(({ url, answer }) => ({ url, id: answer.instance.id, hash: answer.ruleSet.hash })),
    failures: answers.flatMap((each) => ('failure' in each ? [each] : [])),
  }
}

function sharesOf({ domain, instance, contracts }: StatusAnswer): Share[] {
  return contracts.map((contract) => ({ domain, instance: instance.id, contract }))
}

function merge(shares: readonly Share[]): MergedContract {
  const here = shares.filter(({ contract }) => contract.isHere)
  const [first] = shares as [Share, ...Share[]]
  const worst = here.toSorted((a, b) => rank(a.contract) - rank(b.contract))[0]?.contract
  const { id, topic, owner } = first.contract
  const counts = here.map(({ contract }) => goodAndBad(contract.events))
  return {
    domain: first.domain,
    id,
    topic,
    owner,
    state: worst?.state ?? 'unknown',
    because: worst?.because ?? 'none of these instances judges its topic',
    good: sum(counts.map(({ good }) => good)),
    bad: sum(counts.map(({ bad }) => bad)),
    passRate: passRateOf(here),
    lagOffsets: largest(here.map(({ contract }) => contract.lagOffsets)),
    eventAgeSeconds: smallest(here.map(({ contract }) => contract.eventAgeSeconds)),
    instances: here.map(({ instance }) => instance),
  }
}

function rank({ state }: Pick<ContractSummary, 'state'>): number {
  return CONTRACT_STATES.indexOf(state)
}

function compare(a: MergedContract, b: MergedContract): number {
  return rank(a) - rank(b) || (a.id < b.id ? -1 : 1)
}

function passRateOf(shares: readonly Share[]): number | undefined {
  const good = sum(shares.flatMap(({ contract }) => contract.trend.good))
  const bad = sum(shares.flatMap(({ contract }) => contract.trend.bad))
  return good + bad === 0 ? undefined : good / (good + bad)
}

/** The newest event counts, whoever saw it. */
function smallest(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
