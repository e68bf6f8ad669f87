import type { Bound, ShareBound } from './bounds.ts'
import { decimal, spanText } from './spans.ts'

/**
 * What the monitor of a bound is called, in each system: by the bound alone, so that no other rule changes it, wherever it stands. A bound
 * that changes is another check.
 */
export function checkName(bound: Bound): string {
  if (bound.kind === 'none') return `no_failure_${bound.severity}`
  if (bound.origin === 'promise') return `promised_share_${bound.severity}`
  return `tolerance_${bound.severity}_${toleranceName(bound)}`
}

/** Whole: two bounds are different if any part is. */
function toleranceName({ warn, fail, overMs, minimumEvents }: ShareBound): string {
  const parts = [
    ...(warn === undefined ? [] : ['warn', percent(warn)]),
    'fail',
    percent(fail),
    'over',
    spanText(overMs).replace(' ', ''),
    'from',
    String(minimumEvents),
  ]
  return parts.join('_')
}

/** A point would not be taken for a part of a name everywhere. */
function percent(share: number): string {
  return decimal(share * 100).replace('.', '_')
}
