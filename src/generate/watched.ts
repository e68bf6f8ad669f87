import type { Contract } from '../model/contract.ts'
import { normaliseTagValue } from '../model/tag.ts'
import { contractTags, type ContractTags } from '../telemetry/tags.ts'
import type { GenerateSettings } from './settings.ts'

/** A contract, with what everything that is made of it needs; `Queries` are those of the system that it is made for. */
export interface Watched<Queries> {
  readonly contract: Contract
  readonly tags: ContractTags
  /** The series of the contract, for monitors and objectives. */
  readonly scope: { readonly contract: string; readonly env?: string }
  readonly queries: Queries
  readonly settings: GenerateSettings
}

/** The contracts of one topic, or of one domain. */
export interface WatchedGroup<Queries> {
  /** Of the tag. */
  readonly name: string
  readonly domain: string
  readonly contracts: readonly Watched<Queries>[]
  /** Owners of the contracts, sorted, each once. */
  readonly teams: readonly string[]
  readonly queries: Queries
  readonly settings: GenerateSettings
}

/** Contracts by the tag that names them. */
export function toWatched<Queries>(
  contracts: readonly Contract[],
  queries: Queries,
  settings: GenerateSettings,
): Watched<Queries>[] {
  return contracts
    .map((contract) => {
      const tags = contractTags(contract)
      return { contract, tags, scope: { contract: tags.contract, ...envFilter(settings) }, queries, settings }
    })
    .sort((one, other) => (one.tags.contract < other.tags.contract ? -1 : 1))
}

/** Contracts by topic or domain, sorted. */
export function groupBy<Queries>(
  contracts: readonly Watched<Queries>[],
  key: 'topic' | 'domain',
): WatchedGroup<Queries>[] {
  const groups = Map.groupBy(contracts, ({ tags }) =>
    key === 'domain' ? tags.domain : `${tags.domain} ${tags.topic}`,
  )
  return [...groups]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, members]) => {
      const [first] = members
      if (first === undefined) return []
      const { tags, queries, settings } = first
      const teams = [...new Set(members.map((member) => member.tags.team))].sort()
      return [{ name: tags[key], domain: tags.domain, contracts: members, teams, queries, settings }]
    })
}

export function envFilter({ env }: GenerateSettings): { env?: string } {
  return env === undefined ? {} : { env: normaliseTagValue(env) }
}
