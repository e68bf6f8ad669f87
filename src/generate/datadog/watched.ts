import type { Contract } from '../../model/contract.ts'
import { normaliseTagValue } from '../../model/tag.ts'
import { contractTags, type ContractTags } from '../../telemetry/tags.ts'
import type { GenerateSettings } from '../settings.ts'
import type { Queries } from './queries.ts'

/** A contract, with what everything that is made of it needs. */
export interface Watched {
  readonly contract: Contract
  readonly tags: ContractTags
  /** The series of the contract, for monitors and objectives. */
  readonly scope: { readonly contract: string; readonly env?: string }
  readonly queries: Queries
  readonly settings: GenerateSettings
}

/** The contracts of one topic, or of one domain. */
export interface WatchedGroup {
  /** Of the tag. */
  readonly name: string
  readonly domain: string
  readonly contracts: readonly Watched[]
  /** Owners of the contracts, sorted, each once. */
  readonly teams: readonly string[]
  readonly queries: Queries
  readonly settings: GenerateSettings
}

export function toWatched(contract: Contract, queries: Queries, settings: GenerateSettings): Watched {
  const tags = contractTags(contract)
  return { contract, tags, scope: { contract: tags.contract, ...envFilter(settings) }, queries, settings }
}

/** Contracts by topic or domain, sorted. */
export function groupBy(contracts: readonly Watched[], key: 'topic' | 'domain'): WatchedGroup[] {
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
