import type { Evaluation } from '../model/status.ts'
import type { VerdictKind } from '../model/verdict.ts'

/** Running totals of looks at one freshness rule: how many were ok, and how many were not. */
export class FreshTicks {
  readonly totals = new Float64Array(2)
  readonly columns = 2

  count(verdict: VerdictKind): void {
    if (verdict === 'skip') return
    const column = verdict === 'pass' ? 0 : 1
    this.totals[column] = (this.totals[column] as number) + 1
  }
}

/** What can't be told, or holds nobody to anything, is neither pass nor fail. */
export function freshnessVerdict({ status, reason }: Evaluation): VerdictKind {
  if (status === 'breached') return 'fail'
  return status === 'ok' && reason !== 'exempt' ? 'pass' : 'skip'
}
