import { delayMs } from '../contract/times.ts'
import type { Contract } from '../model/contract.ts'
import { boundOf, USUAL_WINDOW_MS } from '../stream/bound.ts'
import { LONGEST_WINDOW_MS } from '../stream/promise-status.ts'

/** Lengths of time that tell at which moments the statuses of a contract may change. In milliseconds. */
export interface Lengths {
  /** After so long without a record and a change, all windows have emptied. */
  readonly settleMs: number
  /** Between two judgements before that. */
  readonly tickMs: number
  readonly volumes: readonly { readonly overMs: number; readonly latenessMs: number }[]
  readonly withinMs: readonly number[]
}

const TICK_MS = 10_000
/** Judgements on the way to the end of the longest window: for one of days they are further apart. */
const TICKS_TO_SETTLE = 1000
/** A promise of freshness counts the judgements of an hour, and needs a hundred of them. */
const LONGEST_COUNTED_TICK_MS = 30_000
/** A change that comes soon after another one is announced later. */
const ANNOUNCED_LATER_MS = 300_000

export function lengthsOf({ rules, streamRules, promises, ...contract }: Contract): Lengths {
  const whole = { ...contract, rules, streamRules, promises }
  const windows = [
    USUAL_WINDOW_MS,
    ...rules.map((rule) => boundOf({ ...rule, mode: 'live' }, whole)?.overMs ?? 0),
    promises.validity ? Math.min(delayMs(promises.validity.window), LONGEST_WINDOW_MS) : 0,
    promises.freshness ? LONGEST_WINDOW_MS : 0,
  ]
  const settleMs = 1.2 * Math.max(...windows) + ANNOUNCED_LATER_MS
  const tickMs = Math.max(TICK_MS, settleMs / TICKS_TO_SETTLE)
  const checks = streamRules.map(({ check }) => check)
  return {
    settleMs,
    tickMs: promises.freshness ? Math.min(tickMs, LONGEST_COUNTED_TICK_MS) : tickMs,
    // A window that is shorter than the time between two judgements is seen at the later one.
    volumes: checks.flatMap((check) => (check.kind === 'volume' && check.overMs >= 300_000 ? check : [])),
    withinMs: checks.flatMap((check) => (check.kind === 'freshness' ? check.withinMs : [])),
  }
}
