import type { Contract } from '../model/contract.ts'
import type { Notice } from '../model/notice.ts'
import type { StatusChange } from '../model/status.ts'
import { toGatheredNotice } from './gathered-notice.ts'
import type { RuleChange } from './gathered-notice.ts'
import { toNotice } from './notice.ts'

/** So many rules of a contract are told of one by one in this time. A producer that breaks thousands of them at once is one story. */
const MOST_SINGLE = 20
const WITHIN_MS = 5 * 60_000

/**
 * Makes notices of changes of status: one for each, until those of a contract are too many for people to read. Then the rules that change in
 * the same judgement, to the same status, are one notice. Counts and gauges still tell of each.
 */
export class NoticeDesk {
  /** When rules were told of one by one, by id of the contract. */
  readonly #singles = new Map<string, readonly number[]>()

  /** @param changes of one judgement of the statuses of these contracts. */
  notices(changes: readonly StatusChange[], contracts: readonly Contract[], nowMs: number): Notice[] {
    const byContract = Map.groupBy(changes, ({ contract }) => contract)
    return contracts.flatMap((contract) =>
      this.#ofContract(byContract.get(contract.id) ?? [], contract, nowMs),
    )
  }

  #ofContract(changes: readonly StatusChange[], contract: Contract, nowMs: number): Notice[] {
    const rules = changes.filter(isOfRule)
    const recent = this.#recent(contract.id, nowMs)
    const gathered =
      recent.length + rules.length <= MOST_SINGLE
        ? []
        : [...Map.groupBy(rules, ({ status }) => status)].filter(([, { length }]) => length > 1)
    const isGathered = new Set<StatusChange>(gathered.flatMap(([, members]) => members))
    const singles = changes.filter((change) => !isGathered.has(change))
    this.#singles.set(contract.id, [...recent, ...singles.filter(isOfRule).map(() => nowMs)])
    return [
      ...gathered.map(([status, members]) => toGatheredNotice(status, members, contract)),
      ...singles.map((change) => toNotice(change, contract)),
    ]
  }

  /** A clock that went back begins anew. */
  #recent(contract: string, nowMs: number): readonly number[] {
    const moments = this.#singles.get(contract) ?? []
    return moments.filter((atMs) => atMs <= nowMs && nowMs - atMs < WITHIN_MS)
  }
}

function isOfRule(change: StatusChange): change is RuleChange {
  return change.subject.kind === 'rule'
}
