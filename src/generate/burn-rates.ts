import { roundTo } from './bounds.ts'
import type { Objective, Timeframe } from './objectives.ts'

/** Burn rates that spend 2 % of a budget in an hour, and 5 % in six; a page and a ticket (SRE workbook, "Alerting on SLOs"). */
const BURN_RATES: Readonly<Record<Timeframe, { readonly fast: number; readonly slow: number }>> = {
  '7d': { fast: 16.8, slow: 5.6 },
  '30d': { fast: 14.4, slow: 6 },
  '90d': { fast: 21.6, slow: 10.8 },
}

/** Of the fastest burn that there is, when everything is bad: a bound on it would never be exceeded. */
const FAST_SHARE = 0.9
const SLOW_SHARE = 0.45

/** With all events bad the budget burns at 1 / (1 − target), and Datadog refuses bounds above it. */
export function burnRatesFor({ target, timeframe }: Pick<Objective, 'target' | 'timeframe'>): {
  fast: number
  slow: number
} {
  const most = 100 / (100 - target)
  const { fast, slow } = BURN_RATES[timeframe]
  return {
    fast: Math.min(fast, floorRate(most * FAST_SHARE)),
    slow: Math.min(slow, floorRate(most * SLOW_SHARE)),
  }
}

function floorRate(rate: number): number {
  return Math.floor(roundTo(rate * 100, 6)) / 100
}
