/** Outcome of one rule on one event. The order is that of the counters' columns. */
export const VERDICTS = ['pass', 'fail', 'error', 'skip'] as const
export type VerdictKind = (typeof VERDICTS)[number]

/** Why a rule failed: `false`, no value (a missing field), a type error that the data caused, or a schema that the event does not match. */
export type FailReason = 'false' | 'no_value' | 'type' | 'schema'

/**
 * Outcome of one rule on one event, with what is needed to explain it. Three arms that are judged (pass, fail, skip) and one that could
 * not be (error): an error is never a pass and never bad data.
 */
export type Verdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'skip'; readonly reason: 'when' | 'missing' }
  | {
      readonly kind: 'fail'
      readonly reason: FailReason
      readonly message: string
      readonly path?: string
      readonly code?: string
    }
  | { readonly kind: 'error'; readonly message: string; readonly code: string }

/** Result of one event for one contract. The order is that of the counters' columns. */
export const EVENT_RESULTS = ['pass', 'warn', 'fail', 'error', 'undecodable', 'tombstone'] as const
export type EventResult = (typeof EVENT_RESULTS)[number]
