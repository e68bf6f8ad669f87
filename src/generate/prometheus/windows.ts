import type { Contract } from '../../model/contract.ts'
import { boundsOf, USUAL_WINDOW_MS } from '../bounds.ts'

/** Windows of burn rates: long and short, for a fast and a slow burn (SRE workbook, "Alerting on SLOs"). */
export const BURN_WINDOWS = ['5m', '30m', '1h', '6h'] as const

/** Windows over which shares of rules are needed, shortest first. */
export function ruleWindowsMs(contracts: readonly Contract[]): number[] {
  const used = contracts.flatMap((contract) => boundsOf(contract).map(({ overMs }) => overMs))
  return [...new Set([USUAL_WINDOW_MS, ...used])].sort((one, other) => one - other)
}
