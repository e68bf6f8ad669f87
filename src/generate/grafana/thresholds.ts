import type { Contract } from '../../model/contract.ts'
import { STATUSES, type Status } from '../../model/status.ts'
import { badShare, isByArrival, roundTo, type ShareBound, streamRules } from '../bounds.ts'
import type { Json } from '../to-json.ts'
import type { Step } from './panels.ts'

const COLOURS: Readonly<Record<Status, 'green' | 'yellow' | 'red' | 'blue' | 'text'>> = {
  ok: 'green',
  warning: 'yellow',
  breached: 'red',
  warming_up: 'blue',
  unknown: 'text',
  not_applied: 'yellow',
}

/** The names of the numbers of `dq.rule.status`. */
export const STATUS_MAPPINGS: readonly Json[] = [
  {
    type: 'value',
    options: Object.fromEntries(
      STATUSES.map((status, index) => [
        String(index),
        { text: status.replaceAll('_', ' '), color: COLOURS[status], index },
      ]),
    ),
  },
]

/** Of a share: half of the least budget that a promise can leave. */
const DECIMALS = 9

/** Of the share of valid events, between 0 and 1; red below the promise, yellow when half of its budget is spent. */
export function validitySteps({ promises }: Contract): readonly Step[] | undefined {
  if (promises.validity === undefined) return undefined
  const bad = badShare(promises.validity.objective)
  const [promised, half] = [roundTo(1 - bad, DECIMALS), roundTo(1 - bad / 2, DECIMALS)]
  return [
    { color: 'red', value: null },
    ...(promised < half ? [{ color: 'yellow' as const, value: promised }] : []),
    { color: 'green', value: half },
  ]
}

/** Of objectives with more digits there is none that could be told from others. */
const MOST_DECIMALS = 7

/**
 * Digits behind the point of a share of valid events in per cent: two more than the promises have. Left to itself Grafana writes 0.9995 as
 * 100.0%.
 */
export function shareDecimals(contracts: readonly Contract[]): number {
  const digits = contracts.map(({ promises: { validity } }) =>
    validity === undefined ? 0 : (String(validity.objective).split('.')[1]?.length ?? 0),
  )
  return Math.min(2 + Math.max(...digits), MOST_DECIMALS)
}

/** Of the age of the newest event, in seconds; undefined where the age alone tells nothing. */
export function ageSteps(contract: Contract): readonly Step[] | undefined {
  const bounds = streamRules(contract, 'freshness')
    .filter(({ check }) => isByArrival(check))
    .map(({ check }) => check.withinMs / 1000)
  return bounds.length === 0 ? undefined : redFrom(Math.min(...bounds))
}

/** Of the share of fails. */
export function boundSteps({ warn, fail }: ShareBound): readonly Step[] {
  return [
    { color: 'green', value: null },
    ...(warn === undefined || warn >= fail ? [] : [{ color: 'yellow' as const, value: warn }]),
    { color: 'red', value: fail },
  ]
}

/** Of what a window of a volume rule may hold. */
export function volumeSteps(min: number | undefined, max: number | undefined): readonly Step[] {
  return [
    { color: min === undefined ? 'green' : 'red', value: null },
    ...(min === undefined ? [] : [{ color: 'green' as const, value: min }]),
    ...(max === undefined ? [] : [{ color: 'red' as const, value: max }]),
  ]
}

export function redFrom(value: number): readonly Step[] {
  return [
    { color: 'green', value: null },
    { color: 'red', value },
  ]
}

/** Of the share of an error budget that is left. */
export const BUDGET_STEPS: readonly Step[] = [
  { color: 'red', value: null },
  { color: 'yellow', value: 0.000001 },
  { color: 'green', value: 0.5 },
]
