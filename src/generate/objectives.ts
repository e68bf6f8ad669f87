import { delayMs } from '../contract/times.ts'
import type { Contract } from '../model/contract.ts'
import { roundTo, streamRules } from './bounds.ts'

const DAY_MS = 86_400_000
const TIMEFRAMES = [
  { timeframe: '7d', days: 7 },
  { timeframe: '30d', days: 30 },
  { timeframe: '90d', days: 90 },
] as const

/** The times over which an objective is counted: those that Datadog knows. */
export type Timeframe = (typeof TIMEFRAMES)[number]['timeframe']

/** A promise of a contract as an objective of a monitoring system. */
export interface Objective {
  readonly promise: 'validity' | 'freshness'
  /** In per cent, at most three decimals. */
  readonly target: number
  /** The one that the promise is about. */
  readonly timeframe: Timeframe
}

/** The least target that there is, and its decimals: what a contract promises beyond them is never loosened by more than rounding asks. */
const LEAST_TARGET = 0.001
const DECIMALS = 3

/** The objectives that follow from the promises of a contract; freshness is one of a live rule only. */
export function objectivesOf(contract: Contract): Objective[] {
  const { validity, freshness } = contract.promises
  const objectives: Objective[] = []
  if (validity !== undefined)
    objectives.push({
      promise: 'validity',
      target: targetOf(validity.objective),
      timeframe: timeframeFor(delayMs(validity.window)),
    })
  if (freshness !== undefined && streamRules(contract, 'freshness').some(({ id }) => id === freshness.rule))
    objectives.push({ promise: 'freshness', target: targetOf(freshness.objective), timeframe: '30d' })
  return objectives
}

function targetOf(objective: number): number {
  return Math.max(LEAST_TARGET, floorTo(objective, DECIMALS))
}

/** Half of the budget is spent; undefined where the decimals don't tell it from the target. */
export function warningFor(target: number): number | undefined {
  const warning = floorTo(target + (100 - target) / 2, DECIMALS)
  return warning > target && warning < 100 ? warning : undefined
}

/** Down, but not because of the noise of binary fractions. */
function floorTo(value: number, decimals: number): number {
  return Math.floor(roundTo(value * 10 ** decimals, 6)) / 10 ** decimals
}

/** The shortest that holds the window of the promise, or the longest that there is. */
function timeframeFor(windowMs: number): Timeframe {
  return TIMEFRAMES.find(({ days }) => days * DAY_MS >= windowMs)?.timeframe ?? '90d'
}

export function timeframesUpTo(timeframe: Timeframe): Timeframe[] {
  const all = TIMEFRAMES.map((each) => each.timeframe)
  return all.slice(0, all.indexOf(timeframe) + 1)
}
