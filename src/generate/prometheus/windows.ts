import type { Contract } from '../../model/contract.ts'
import { boundsOf, USUAL_WINDOW_MS } from '../bounds.ts'

const MINUTE_MS = 60_000

/** Windows of burn rates: long and short, for a fast and a slow burn (SRE workbook, "Alerting on SLOs"). */
export const BURN_WINDOWS = ['5m', '30m', '1h', '6h'] as const

/** A length of time as PromQL writes it: `15m`, `6h`, `90s`. */
export function promDuration(lengthMs: number): string {
  if (lengthMs % (60 * MINUTE_MS) === 0) return `${lengthMs / (60 * MINUTE_MS)}h`
  if (lengthMs % MINUTE_MS === 0) return `${lengthMs / MINUTE_MS}m`
  return `${Math.ceil(lengthMs / 1000)}s`
}

/** Windows over which shares of rules are needed, shortest first. */
export function ruleWindowsMs(contracts: readonly Contract[]): number[] {
  const used = contracts.flatMap((contract) => boundsOf(contract).map(({ overMs }) => overMs))
  return [...new Set([USUAL_WINDOW_MS, ...used])].sort((one, other) => one - other)
}
