import { CRM_AD_PUBLISHED } from './expected-crm-ads.ts'
import { CRM_PAYMENT_CAPTURED } from './expected-crm-payments.ts'
import { SEARCH_AD_PUBLISHED } from './expected-search-ads.ts'
import { readJson } from './read-json.ts'

/** What a rule says of an event. The words are the contract language's; nothing here comes from the code under test. */
export type ExpectedVerdict = 'pass' | 'fail' | 'error' | 'skip'
export type ExpectedResult = 'pass' | 'warn' | 'fail' | 'error' | 'undecodable' | 'tombstone'

/** A rule of a contract file, written again by hand. */
export interface ExpectedRule {
  readonly id: string
  readonly severity: 'error' | 'warning' | 'info'
  readonly judge: (event: unknown, nowMs: number) => ExpectedVerdict
}

/** A contract file of rules/ads, written again by hand. */
export interface ExpectedContract {
  readonly id: string
  readonly topic: string
  readonly tombstones: 'ignore' | 'fail'
  readonly rules: readonly ExpectedRule[]
}

/** What must be counted for one contract. */
export interface ExpectedCounts {
  readonly events: Record<ExpectedResult, number>
  /** By rule id. */
  readonly rules: Record<string, Record<ExpectedVerdict, number>>
}

/** Counts what Assay must count for the contracts in rules/ads, by plain predicates over the raw bytes. */
export interface ExpectedCounter {
  /** Takes one record as it stands in Kafka. */
  take(topic: string, value: Uint8Array | null): void
  /** By contract id. */
  readonly contracts: ReadonlyMap<string, ExpectedCounts>
}

export const EXPECTED_CONTRACTS: readonly ExpectedContract[] = [
  SEARCH_AD_PUBLISHED,
  CRM_AD_PUBLISHED,
  CRM_PAYMENT_CAPTURED,
]

/** @param nowMs the time of judging. Any time after the events' base time gives the same counts. */
export function createExpectedCounter(nowMs: number): ExpectedCounter {
  const contracts = new Map(EXPECTED_CONTRACTS.map((contract) => [contract.id, emptyCounts(contract)]))
  return {
    contracts,
    take: (topic, value) => {
      const event = value === null ? undefined : readJson(value)
      for (const contract of EXPECTED_CONTRACTS) {
        const counts = contracts.get(contract.id)
        if (contract.topic !== topic || counts === undefined) continue
        if (value === null) counts.events[contract.tombstones === 'fail' ? 'fail' : 'tombstone'] += 1
        else if (event === undefined) counts.events.undecodable += 1
        else counts.events[judge(contract, event.value, nowMs, counts)] += 1
      }
    },
  }
}

function emptyCounts(contract: ExpectedContract): ExpectedCounts {
  const rules = contract.rules.map(({ id }) => [id, { pass: 0, fail: 0, error: 0, skip: 0 }])
  return {
    events: { pass: 0, warn: 0, fail: 0, error: 0, undecodable: 0, tombstone: 0 },
    rules: Object.fromEntries(rules),
  }
}

function judge(
  contract: ExpectedContract,
  event: unknown,
  nowMs: number,
  counts: ExpectedCounts,
): ExpectedResult {
  const errorRules = { pass: 0, fail: 0, error: 0, skip: 0 }
  let warned = false
  for (const rule of contract.rules) {
    const verdict = rule.judge(event, nowMs)
    const ruleCounts = counts.rules[rule.id]
    if (ruleCounts !== undefined) ruleCounts[verdict] += 1
    if (rule.severity === 'error') errorRules[verdict] += 1
    if (rule.severity === 'warning' && verdict === 'fail') warned = true
  }
  if (errorRules.fail > 0) return 'fail'
  if (errorRules.error > 0 && errorRules.pass === 0) return 'error'
  return warned ? 'warn' : 'pass'
}
