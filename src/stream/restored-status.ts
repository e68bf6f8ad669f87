import type { Status } from '../model/status.ts'

/** Statuses that say something, and are announced. */
export const SETTLED = ['ok', 'warning', 'breached', 'not_applied'] as const satisfies readonly Status[]
export type Settled = (typeof SETTLED)[number]

/** What was announced of a subject that is not ok: all that the next process must know of the one before. */
export interface RestoredStatus {
  readonly contract: string
  readonly kind: 'rule' | 'promise'
  /** The id of the rule, or the name of the promise. */
  readonly name: string
  readonly status: Settled
  readonly sinceMs: number
}
