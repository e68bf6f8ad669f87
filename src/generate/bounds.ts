import type { Contract, Rule, Severity, StreamCheck, StreamRule } from '../model/contract.ts'

/** Rules that are held to the same bound, so that one alarm by rule watches them all. Shares are between 0 and 1. */
export interface ShareBound {
  readonly kind: 'share'
  readonly severity: Severity
  readonly rules: readonly Rule[]
  readonly warn: number | undefined
  readonly fail: number
  readonly overMs: number
  readonly minimumEvents: number
  readonly origin: 'tolerance' | 'promise'
}

/** Rules of which a single failure is too much. */
export interface NoneBound {
  readonly kind: 'none'
  readonly severity: Severity
  readonly rules: readonly Rule[]
  readonly overMs: number
}

export type Bound = ShareBound | NoneBound

const MINUTE_MS = 60_000
/** The window of rules without a window of their own: that of their statuses. */
export const USUAL_WINDOW_MS = 15 * MINUTE_MS
/** Below so many judged events a share of the promise says nothing. */
export const MINIMUM_EVENTS = 100
/** An alarm is over when the share is this much below its bound, so that it does not come and go. */
export const RECOVERY_SHARE = 0.9
/** Verdicts of `error` in a window that make a rule a broken one. */
export const BROKEN_RULE_ERRORS = 10
/** Lag of verdicts that somebody should look at. */
export const LATE_SECONDS = 120
/** Of the retention: records older than it are gone before they are judged. */
export const RETENTION_SHARE = 0.5

/** The bounds of a contract's rules about single events. Rules in the shadow and rules that are only counted have none. */
export function boundsOf(contract: Contract): readonly Bound[] {
  const groups = new Map<string, { readonly bound: Bound; readonly rules: Rule[] }>()
  for (const rule of contract.rules) {
    const bound = rule.mode === 'live' ? boundOf(rule, contract) : undefined
    if (bound === undefined) continue
    const key = JSON.stringify(bound)
    const group = groups.get(key) ?? { bound, rules: [] }
    group.rules.push(rule)
    groups.set(key, group)
  }
  return [...groups.values()].map(({ bound, rules }) => ({ ...bound, rules }))
}

function boundOf({ tolerance, severity }: Rule, contract: Contract): Bound | undefined {
  if (tolerance === 'none') return { kind: 'none', severity, rules: [], overMs: USUAL_WINDOW_MS }
  if (tolerance !== undefined) {
    return { kind: 'share', severity, rules: [], ...tolerance, origin: 'tolerance' }
  }
  const promised = contract.promises.validity
  if (promised === undefined || severity !== 'error') return undefined
  return {
    kind: 'share',
    severity,
    rules: [],
    warn: undefined,
    fail: badShare(promised.objective),
    overMs: USUAL_WINDOW_MS,
    minimumEvents: MINIMUM_EVENTS,
    origin: 'promise',
  }
}

/** What an objective in per cent leaves, as a share: 0.001 for 99.9. */
export function badShare(objective: number): number {
  return roundTo((100 - objective) / 100, 8)
}

/** Live rules over the stream with one kind of check. */
export function streamRules<Kind extends StreamCheck['kind']>(
  contract: Contract,
  kind: Kind,
): (StreamRule & { readonly check: Extract<StreamCheck, { kind: Kind }> })[] {
  return contract.streamRules.filter(
    (rule): rule is StreamRule & { readonly check: Extract<StreamCheck, { kind: Kind }> } =>
      rule.mode === 'live' && rule.check.kind === kind,
  )
}

/** Whether the age of the topic alone tells if a freshness rule is kept: not if it goes by times in events or knows exceptions. */
export function isByArrival(check: Extract<StreamCheck, { kind: 'freshness' }>): boolean {
  return check.field === undefined && check.except.length === 0
}

/** Without the noise of binary fractions: 100 − 99.9 is 0.1. */
export function roundTo(value: number, decimals: number): number {
  return Number(value.toFixed(decimals))
}
