import { roundTo } from './bounds.ts'
import type { Objective, Timeframe } from './objectives.ts'

/**
 * Burn rates over an hour and over six: a page and a ticket. They spend 10 % and 20 % of the budget of a week, 2 % and 5 % of that of 30 days,
 * 1 % and 3 % of that of 90. Source: Datadog's documentation, "Burn rate alerts"; for 30 days the SRE workbook, "Alerting on SLOs".
 */
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
