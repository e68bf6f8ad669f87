import type { ContractSummary, StatusReport } from './status-report.ts'

/** What an instance tells at a glance: `/api/v1/status`. */
export type StatusAnswer = Omit<StatusReport, 'contracts'> & {
  readonly contracts: readonly ContractSummary[]
}

/** What came of asking one instance. */
export type InstanceAnswer =
  { readonly url: string; readonly answer: StatusAnswer } | { readonly url: string; readonly failure: string }

/** A contract as several instances together see it. */
export interface MergedContract extends Pick<
  ContractSummary,
  'id' | 'topic' | 'owner' | 'state' | 'because' | 'passRate' | 'lagOffsets' | 'eventAgeSeconds'
> {
  readonly domain: string
  readonly good: number
  readonly bad: number
  /** The instances that judge its topic, or parts of it. */
  readonly instances: readonly string[]
}

/** What several instances tell together. */
export interface MergedStatus {
  readonly contracts: readonly MergedContract[]
  readonly instances: readonly { readonly url: string; readonly id: string; readonly hash: string }[]
  readonly failures: readonly { readonly url: string; readonly failure: string }[]
}
