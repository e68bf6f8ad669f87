import type { Contract, Rule } from '../model/contract.ts'

const MINUTE_MS = 60_000
/** The window of rules that don't name one. */
export const USUAL_WINDOW_MS = 15 * MINUTE_MS
/** Events without which a bound that was taken from a promise says nothing. */
const USUAL_MINIMUM = 100
/** The two judgements of a recovery are this part of the window apart. */
const APART = 0.1

/** What the share of fails of a rule is held against. Shares are between 0 and 1. */
export interface Bound {
  readonly warn: number | undefined
  readonly fail: number
  readonly overMs: number
  readonly minimumEvents: number
  /** How far apart the two judgements of a recovery are; 0 if it takes one. */
  readonly apartMs: number
  /** Where the bound comes from. */
  readonly from: 'tolerance' | 'none' | 'promise'
}

/** The bound of a rule; undefined if it is only counted. */
export function boundOf(rule: Rule, { promises }: Contract): Bound | undefined {
  if (rule.mode === 'shadow') return undefined
  const { tolerance, severity } = rule
  if (tolerance === 'none') {
    return { warn: undefined, fail: 0, overMs: USUAL_WINDOW_MS, minimumEvents: 1, apartMs: 0, from: 'none' }
  }
  if (tolerance !== undefined) return { ...tolerance, apartMs: tolerance.overMs * APART, from: 'tolerance' }
  if (promises.validity === undefined || severity !== 'error') return undefined
  return {
    warn: undefined,
    fail: allowedShare(promises.validity.objective),
    overMs: USUAL_WINDOW_MS,
    minimumEvents: USUAL_MINIMUM,
    apartMs: USUAL_WINDOW_MS * APART,
    from: 'promise',
  }
}

/** Whether a rule may not apply to an event. */
export function mayNotApply({ when, missing, mode }: Rule): boolean {
  return mode === 'live' && (when !== undefined || missing === 'skip')
}

/** The share that may be bad, of an objective in per cent: without the noise of binary fractions, for people read it. */
export function allowedShare(objective: number): number {
  return Number((1 - objective / 100).toPrecision(12))
}
