import type { Status } from '../../../model/status.ts'
import type { OnMissingData } from '../monitor.ts'

/** What all monitors of one kind have in common. */
export interface MonitorKind {
  /** None of those about objectives, which ask for no metric themselves. */
  readonly metric?: string
  /** What is made of the values of a window. */
  readonly over?: 'sum' | 'min' | 'max'
  /** What is made of several series. */
  readonly aggregator?: 'sum' | 'min' | 'max'
  /** The status that is told of. */
  readonly status?: Status
  /** The verdicts that are counted, where they are not a share. */
  readonly result?: string
  readonly missing?: OnMissingData
  readonly priority: number
  /** The window, where the message does not tell it. */
  readonly minutes?: number
}

const counted = (metric: string, missing: OnMissingData, priority: number): MonitorKind => ({
  metric,
  over: 'sum',
  aggregator: 'sum',
  missing,
  priority,
})
/** True for the whole window. */
const lasting = (metric: string, missing: OnMissingData, priority: number): MonitorKind => ({
  metric,
  over: 'min',
  aggregator: 'max',
  missing,
  priority,
})
const inStatus = (status: Status, priority: number): MonitorKind => ({
  metric: 'dq.rule.status',
  over: 'max',
  aggregator: 'max',
  status,
  minutes: 5,
  missing: 'default',
  priority,
})
const failures = (priority: number): MonitorKind => counted('dq.rule.evaluations', 'default', priority)
const verdicts = (result: string, missing: OnMissingData, priority: number): MonitorKind => ({
  ...counted('dq.rule.evaluations', missing, priority),
  result,
})

/** Kinds of monitors by their tag `dq_check`. */
const KINDS: Readonly<Record<string, MonitorKind>> = {
  validity: counted('dq.events', 'default', 2),
  promised_share_error: failures(2),
  promised_share_warning: failures(3),
  promised_share_info: failures(5),
  tolerance_error: failures(2),
  tolerance_warning: failures(3),
  tolerance_info: failures(5),
  no_failure_error: verdicts('fail', 'default', 1),
  no_failure_warning: verdicts('fail', 'default', 3),
  no_failure_info: verdicts('fail', 'default', 5),
  freshness: {
    metric: 'dq.topic.event_age',
    over: 'max',
    aggregator: 'min',
    minutes: 5,
    missing: 'show_no_data',
    priority: 2,
  },
  freshness_status: inStatus('breached', 2),
  volume: inStatus('breached', 3),
  not_applied: inStatus('not_applied', 4),
  validity_burn_fast: { priority: 1 },
  freshness_burn_fast: { priority: 1 },
  validity_burn_slow: { priority: 2 },
  freshness_burn_slow: { priority: 2 },
  validity_budget: { priority: 4 },
  freshness_budget: { priority: 4 },
  checker_dead: { ...counted('dq.heartbeat', 'default', 2), minutes: 10 },
  broken_rule: verdicts('error', 'resolve', 4),
  suspended_rule: { ...lasting('dq.rules.suspended', 'resolve', 3), over: 'max', minutes: 5 },
  lag: { ...lasting('dq.consumer.lag_seconds', 'show_no_data', 3), minutes: 10 },
  lag_retention: { ...lasting('dq.consumer.lag_seconds', 'show_no_data', 1), minutes: 15 },
  topic_missing: { ...lasting('dq.topic.missing', 'resolve', 2), minutes: 5 },
  offset_gap: { ...counted('dq.offset_gap', 'resolve', 3), minutes: 60 },
  undecodable: counted('dq.records.rejected', 'resolve', 3),
  commit_failures: counted('dq.commit.failures', 'resolve', 3),
  send_failures: counted('dq.metrics.send_failures', 'resolve', 3),
  expression_differences: { ...counted('dq.expression.differences', 'resolve', 4), minutes: 60 },
  registry_unavailable: { ...lasting('dq.registry.unavailable', 'resolve', 2), minutes: 5 },
  folded_series: { ...lasting('dq.metrics.folded_series', 'resolve', 3), minutes: 10 },
  stale_rules: { ...lasting('dq.rules.stale', 'resolve', 3), minutes: 10 },
}

/** The kind of a monitor; only names of kinds that are about a severity go on with the bound. */
export function kindOf(check: string): MonitorKind | undefined {
  if (Object.hasOwn(KINDS, check)) return KINDS[check]
  const [beginning = ''] =
    /^(?:promised_share|tolerance|no_failure)_(?:error|warning|info)(?=_)/.exec(check) ?? []
  return Object.hasOwn(KINDS, beginning) ? KINDS[beginning] : undefined
}
