import type { Dimension, FieldNote, Mode, Severity } from './contract.ts'
import type { Measure, Status, StatusReason } from './status.ts'
import type { EventResult, VerdictKind } from './verdict.ts'
import type { SampledViolation } from './violation.ts'

/** How a contract stands, in the words of its owner: the worst of its rules and promises decides, and what can't be told comes before what can. */
export const CONTRACT_STATES = ['broken', 'at_risk', 'unknown', 'warming_up', 'kept'] as const
export type ContractState = (typeof CONTRACT_STATES)[number]

/** Checks of a rule, about single events and about the stream of them. */
export type CheckKind = 'assert' | 'schema' | 'freshness' | 'volume'

export type EventCounts = Readonly<Record<EventResult, number>>
export type VerdictCounts = Readonly<Record<VerdictKind, number>>

/** How a rule or a promise stands. */
export interface StandingReport {
  readonly status: Status
  readonly reason: StatusReason
  readonly sinceMs: number | undefined
  readonly measure: Measure
  /** The same in a sentence. */
  readonly says: string
}

export interface RuleReport {
  readonly id: string
  readonly description: string | undefined
  readonly severity: Severity
  readonly dimension: Dimension
  readonly check: CheckKind
  readonly mode: Mode
  /** The rule's own text: its assertion, the path of its schema, its bounds. */
  readonly text: string
  readonly when: string | undefined
  /** Undefined for a rule that is only counted. */
  readonly standing: StandingReport | undefined
  /** Since the start of the process; undefined for rules over the stream, which judge windows. */
  readonly counts: VerdictCounts | undefined
  /** In the buckets of the trend. */
  readonly recent: VerdictCounts | undefined
  /** Whether it is left out at present, for it exceeded its budget again and again. */
  readonly isSuspended: boolean
}

export interface PromiseReport {
  readonly promise: 'validity' | 'freshness'
  /** In per cent. */
  readonly objective: number
  /** Of `validity` its window, of `freshness` its rule. */
  readonly of: string
  readonly standing: StandingReport | undefined
}

export interface FieldReport extends FieldNote {
  readonly path: string
  /** Whether samples may show its values. */
  readonly isShown: boolean
}

/** Good and bad records by flush interval, the oldest first. Bad ones count against validity: fail and undecodable. */
export interface TrendReport {
  readonly good: readonly number[]
  readonly bad: readonly number[]
}

/** What there is to see of a contract at a glance. */
export interface ContractSummary {
  readonly id: string
  readonly version: string
  readonly topic: string
  readonly owner: string
  readonly producer: { readonly team: string | undefined; readonly service: string | undefined }
  readonly consumers: readonly string[]
  readonly state: ContractState
  /** Why, in a sentence. */
  readonly because: string
  /** Since when the worst of its rules and promises has stood so; undefined if that is not known. */
  readonly sinceMs: number | undefined
  /** Whether this instance judges the topic, or a part of it. */
  readonly isHere: boolean
  /** Since the start of the process. */
  readonly events: EventCounts
  /** Good records of all that count, in the buckets of the trend: 0 to 1; undefined while nothing was judged. */
  readonly passRate: number | undefined
  readonly trend: TrendReport
  /** The largest of its partitions; undefined while unknown. */
  readonly lagOffsets: number | undefined
  readonly lagSeconds: number | undefined
  readonly eventAgeSeconds: number | undefined
  readonly rules: number
  /** Rules that failed or could not judge, in the buckets of the trend. */
  readonly failing: number
}

/** All there is to see of a contract. */
export interface ContractReport extends ContractSummary {
  readonly description: string | undefined
  readonly file: string
  readonly links: Readonly<Record<string, string>>
  readonly tags: Readonly<Record<string, string>>
  readonly promises: readonly PromiseReport[]
  readonly ruleReports: readonly RuleReport[]
  /** The newest first. */
  readonly violations: readonly SampledViolation[]
}

/** A partition that this instance judges. */
export interface PartitionReport {
  readonly topic: string
  readonly partition: number
  /** The next offset to judge. */
  readonly position: number
  readonly lagOffsets: number | undefined
  readonly lagSeconds: number | undefined
  /** Whether it waits for the schema registry. */
  readonly isHeld: boolean
}

/** The rules that run, and what came of the last attempt to load others. */
export interface RuleSetReport {
  /** Of the text of all files: two instances with the same hash judge alike. */
  readonly hash: string
  readonly loadedAtMs: number
  readonly contracts: number
  readonly rules: number
  /** Why the rules on disk are not those that run; undefined if they are. */
  readonly reloadError: { readonly atMs: number; readonly message: string } | undefined
}

/** One process of a domain. */
export interface InstanceReport {
  readonly id: string
  readonly group: string
  readonly version: string
  readonly startedAtMs: number
  readonly live: boolean
  readonly ready: boolean
  readonly reason: string
  readonly partitions: readonly PartitionReport[]
}

/** How the contracts of a domain stand, as one instance sees its share. */
export interface StatusReport {
  readonly domain: string
  /** When the totals in it were sent. */
  readonly atMs: number
  /** Counts the flushes of the process, so that readers notice what they missed. */
  readonly flush: number
  readonly flushIntervalMs: number
  readonly instance: InstanceReport
  readonly ruleSet: RuleSetReport
  readonly contracts: readonly ContractReport[]
}
