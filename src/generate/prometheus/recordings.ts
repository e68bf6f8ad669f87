import type { Contract } from '../../model/contract.ts'
import { USUAL_WINDOW_MS } from '../bounds.ts'
import type { PromQueries } from '../promql/queries.ts'
import { namesIn, promDuration } from '../promql/selectors.ts'
import { BAD_RESULTS, JUDGED_RESULTS } from '../results.ts'
import { BURN_WINDOWS, ruleWindowsMs } from './windows.ts'

/** What is worked out once for all contracts. */
export interface Recording {
  readonly record: string
  readonly expr: string
}

/** Names of recorded series: what they are by, of which metric, and how it was worked out. */
export const RECORDED = {
  badEvents: (window: string) => `contract:dq_events_bad:increase${window}`,
  judgedEvents: (window: string) => `contract:dq_events_judged:increase${window}`,
  badShare: (window: string) => `contract:dq_events_bad:ratio${window}`,
  failed: (window: string) => `contract_rule:dq_rule_evaluations_fail:increase${window}`,
  judged: (window: string) => `contract_rule:dq_rule_evaluations_judged:increase${window}`,
  failShare: (window: string) => `contract_rule:dq_rule_evaluations_fail:ratio${window}`,
}

/** Shares and their denominators over every window that an alert goes by; each after those that it is made of. */
export function recordings(contracts: readonly Contract[], queries: PromQueries, env?: string): Recording[] {
  const labels = env === undefined ? ['contract'] : ['contract', 'env']
  const filter = env === undefined ? {} : { env }
  const usual = promDuration(USUAL_WINDOW_MS)
  const needsBurn = contracts.some(({ promises }) => promises.validity ?? promises.freshness)
  const burnWindows = needsBurn ? BURN_WINDOWS : []
  const windows = new Set([...ruleWindowsMs(contracts).map(promDuration), ...burnWindows])
  return [
    ...[usual, ...burnWindows].flatMap((window) =>
      shareOf(
        [
          RECORDED.badEvents(window),
          grown(queries.count('dq.events', { ...filter, result: BAD_RESULTS }), window),
        ],
        [
          RECORDED.judgedEvents(window),
          grown(queries.count('dq.events', { ...filter, result: JUDGED_RESULTS }), window),
        ],
        RECORDED.badShare(window),
        labels,
      ),
    ),
    ...[...windows].flatMap((window) =>
      shareOf(
        [
          RECORDED.failed(window),
          grown(queries.count('dq.rule.evaluations', { ...filter, result: 'fail' }), window),
        ],
        [
          RECORDED.judged(window),
          grown(queries.count('dq.rule.evaluations', { ...filter, result: ['pass', 'fail'] }), window),
        ],
        RECORDED.failShare(window),
        [...labels, 'rule'],
      ),
    ),
  ]
}

/** Those that alerts go by, and those that these are made of. */
export function usedBy(exprs: readonly string[], all: readonly Recording[]): Recording[] {
  const used = new Set(exprs.flatMap(namesIn))
  for (const { record, expr } of all.toReversed())
    if (used.has(record)) for (const name of namesIn(expr)) used.add(name)
  return all.filter(({ record }) => used.has(record))
}

function grown(selector: string, window: string): string {
  return `increase(${selector}[${window}])`
}

/** The numerator is 0 where only the denominator has series: none was bad. */
function shareOf(
  [badName, bad]: readonly [string, string],
  [allName, all]: readonly [string, string],
  share: string,
  labels: readonly string[],
): Recording[] {
  const by = `sum by (${labels.join(', ')})`
  return [
    { record: allName, expr: `${by} (${all})` },
    { record: badName, expr: `${by} (${bad}) or ${allName} * 0` },
    { record: share, expr: `${badName} / (${allName} > 0)` },
  ]
}
