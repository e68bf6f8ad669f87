import { STATUSES } from '../../../model/status.ts'
import type { Report } from '../../finding.ts'
import { EVALUATION_DELAY_S, NEW_GROUP_DELAY_S, type OnMissingData } from '../monitor.ts'
import { isShare } from './check-query.ts'
import { type Expression, partsOf, queriesOf, valuesOf } from './expression.ts'
import type { MonitorJson } from './json-types.ts'
import { kindOf, type MonitorKind } from './monitor-kinds.ts'
import type { MetricAlert, SloAlert } from './parse-monitor.ts'

/** A monitor does what its tag `dq_check` says: the same question in other words may never alarm, or alarm of something else. */
export function checkKind(monitor: MonitorJson, alert: MetricAlert | SloAlert, report: Report): void {
  const check = monitor.tags.find((tag) => tag.startsWith('dq_check:'))?.slice('dq_check:'.length)
  const kind = check === undefined ? undefined : kindOf(check)
  if (check === undefined) return
  if (kind === undefined) return report('/tags', `no kind of monitor is called ${check}`)
  if (monitor.priority !== kind.priority)
    report(
      '/priority',
      `is ${monitor.priority}, and ${check} is of priority ${kind.priority}: 1 and 2 wake somebody, 3 and 4 wait for the day, 5 is to be read`,
    )
  const isOfMetric = kind.metric !== undefined
  if (isOfMetric !== (alert.kind === 'metric'))
    return report('/query', `${check} is about ${isOfMetric ? 'a metric' : 'an objective'}`)
  if (alert.kind !== 'metric') return
  checkQuestion(alert, kind, check, report)
  checkDelays(monitor, alert.expression, report)
  const { on_missing_data: missing } = monitor.options
  if (kind.missing !== undefined && missing !== kind.missing)
    report('/options/on_missing_data', `must be ${kind.missing} for ${check}: ${BECAUSE[kind.missing]}`)
}

const BECAUSE: Readonly<Record<OnMissingData, string>> = {
  default: 'without data a count is zero, and a status stays what it was',
  show_no_data: 'that nothing is known is to be seen, and is neither good nor an alarm',
  resolve: 'it is only sent while something is wrong, and nobody would close it',
}

function checkQuestion(alert: MetricAlert, kind: MonitorKind, check: string, report: Report): void {
  const { metric, aggregator, over, status, result, minutes } = kind
  for (const query of queriesOf(alert.expression)) {
    if (query.metric !== metric) report('/query', `asks for ${query.metric}, and ${check} is about ${metric}`)
    else if (query.aggregator !== aggregator)
      report(
        '/query',
        `takes the ${query.aggregator} of all series, and ${check} is about their ${aggregator}`,
      )
    if (result !== undefined && valuesOf(query, 'result').join() !== result)
      report('/query', `${check} counts result:${result}, and nothing else`)
  }
  if (minutes !== undefined && alert.windowMs !== minutes * 60_000)
    report(
      '/query',
      `looks at ${alert.windowMs / 60_000} min, and ${check} at ${minutes}: longer tells of it late, shorter of what goes by itself`,
    )
  if (alert.over !== over)
    report('/query', `takes ${alert.over}(…) of the window: ${over}(…) is expected of ${check}`)
  if (status !== undefined && statusOf(alert.expression) !== STATUSES.indexOf(status))
    report('/query', `${check} is about status ${status}, whose number is ${STATUSES.indexOf(status)}`)
}

/** The number that a status is held against. */
function statusOf(expression: Expression): number | undefined {
  const difference = partsOf(expression).find((part) => part.kind === 'binary' && part.operator === '-')
  const right = difference?.kind === 'binary' ? difference.right : undefined
  return right?.kind === 'number' ? right.value : undefined
}

/** Waiting longer than is needed tells of everything late; not waiting alarms of halves. */
function checkDelays({ options }: MonitorJson, expression: Expression, report: Report): void {
  const { evaluation_delay: wait, new_group_delay: grace } = options
  const expected = isShare(expression) ? EVALUATION_DELAY_S : undefined
  if (wait !== undefined && wait !== expected)
    report('/options/evaluation_delay', `is ${wait} s, and ${expected ?? 'no delay'} is needed`)
  if (grace !== undefined && grace !== NEW_GROUP_DELAY_S)
    report('/options/new_group_delay', `is ${grace} s, and ${NEW_GROUP_DELAY_S} is needed`)
}
