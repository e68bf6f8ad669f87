import { GENERATED_MARK } from '../../../model/generated-file.ts'
import { checkMessage, checkVariables } from './check-message.ts'
import { checkExpression, isShare, type QueryPlace } from './check-query.ts'
import type { ShapeChecker } from './check-shape.ts'
import { type Expression, type MetricQuery, queriesOf } from './expression.ts'
import type { Report } from '../../finding.ts'
import type { MonitorJson, SloJson, ThresholdsJson } from './json-types.ts'
import { type MetricAlert, parseMetricAlert, parseSloAlert, type SloAlert } from './parse-monitor.ts'
import { QuerySyntaxError } from './scanner.ts'

/** What monitors are checked against. */
export interface MonitorPlace extends QueryPlace {
  /** Objectives by what monitors call them. */
  readonly slos: ReadonlyMap<string, SloJson>
}

/** What is wrong with a monitor. */
export function checkMonitor(
  value: unknown,
  place: MonitorPlace,
  shapes: ShapeChecker,
  report: Report,
): void {
  const { type } = (value ?? {}) as { readonly type?: unknown }
  if (!shapes.isSound(`monitor ${String(type)}`, value, '', report)) return
  const monitor = value as MonitorJson
  checkTags(monitor, report)
  const alert = tryToParseAlert(monitor, report)
  if (alert === undefined) return
  checkThresholds(monitor.options.thresholds, alert, report)
  const groups = alert.kind === 'metric' ? groupsOf(alert.expression) : []
  const { options, message, assets = [], name } = monitor
  const hasWarning = options.thresholds.warning !== undefined
  checkMessage(message, { groups, hasWarning, addresses: assets.map(({ url }) => url) }, '/message', report)
  checkVariables(name, groups, '/name', report)
  if (alert.kind === 'metric') checkMetricAlert(alert, monitor, place, report)
  else checkSloAlert(alert, monitor, place, report)
}

function tryToParseAlert({ type, query }: MonitorJson, report: Report): MetricAlert | SloAlert | undefined {
  try {
    return type === 'slo alert' ? parseSloAlert(query) : parseMetricAlert(query)
  } catch (error) {
    if (!(error instanceof QuerySyntaxError)) throw error
    report('/query', error.message)
    return undefined
  }
}

function checkTags({ tags }: MonitorJson, report: Report): void {
  const keys = tags.map((tag) => tag.slice(0, tag.indexOf(':')))
  if (!tags.includes(GENERATED_MARK)) report('/tags', `${GENERATED_MARK} is missing`)
  for (const key of ['team', 'domain', 'dq_check']) if (!keys.includes(key)) report('/tags', `no tag ${key}`)
  for (const key of ['domain', 'dq_check', 'contract', 'env', 'topic']) {
    if (keys.filter((each) => each === key).length > 1) report('/tags', `several tags ${key}`)
  }
  if (keys.includes('contract') && !keys.includes('topic')) report('/tags', 'no tag topic')
}

/** Warnings come before alarms, and recovery is on the good side of what it recovers from. */
function checkThresholds(
  thresholds: ThresholdsJson,
  { comparator, number }: MetricAlert | SloAlert,
  report: Report,
): void {
  const { critical, warning, critical_recovery: recovery, warning_recovery: warningRecovery } = thresholds
  const at = '/options/thresholds'
  if (Object.values(thresholds).some((threshold) => threshold < 0)) report(at, 'no value is ever below 0')
  if (critical !== number) report(`${at}/critical`, `is ${critical}, and the query says ${number}`)
  const isBelow = (better: number, worse: number) =>
    comparator.startsWith('>') ? better < worse : better > worse
  if (warning !== undefined && !isBelow(warning, critical))
    report(`${at}/warning`, 'is not reached before the critical one')
  if (recovery !== undefined && !isBelow(recovery, critical))
    report(`${at}/critical_recovery`, 'is not on the good side of the critical one')
  if (warningRecovery === undefined) return
  if (warning === undefined || !isBelow(warningRecovery, warning))
    report(`${at}/warning_recovery`, 'is not on the good side of the warning')
}

function checkMetricAlert(
  alert: MetricAlert,
  { options, tags }: MonitorJson,
  place: MonitorPlace,
  report: Report,
): void {
  const { expression, over } = alert
  const at = '/query'
  checkExpression(expression, place, at, report)
  const queries = queriesOf(expression)
  if (queries.length === 0) return report(at, 'asks for no metric')
  const isCount = queries.some((query) => query.isCount)
  if (isCount !== (over === 'sum'))
    report(
      at,
      isCount
        ? 'counts of a window add up: sum(…) is expected'
        : 'values of a gauge don’t add up over a window',
    )
  const isRatio = isShare(expression)
  if (isRatio && (options.evaluation_delay ?? 0) < 60)
    report('/options/evaluation_delay', 'a quotient waits 60 s for both of its sides')
  checkBound(alert, isRatio, report)
  checkGroups(queries, options.new_group_delay !== undefined, report)
  checkMissingData(queries, options.on_missing_data, report)
  for (const query of queries) checkScope(query, tags, place, report)
}

/** Bounds that can be crossed. */
function checkBound({ comparator, number, expression }: MetricAlert, isRatio: boolean, report: Report): void {
  const metrics = queriesOf(expression).map(({ metric }) => metric)
  const isOfStatus = metrics.some((metric) => metric.endsWith('.status'))
  const expected = isOfStatus || metrics.includes('dq.heartbeat') ? '<' : '>'
  if (comparator !== expected) report('/query', `this is alarming ${expected} its bound`)
  if (isOfStatus && number !== 1) report('/query', 'a status is that of the number if it is less than 1 away')
  if (isRatio && (number < 0 || number >= 100)) report('/query', 'a share in per cent is between 0 and 100')
  if (number < 0 || (comparator.startsWith('<') && number <= 0)) report('/query', 'no value is ever below 0')
}

function checkGroups(queries: readonly MetricQuery[], hasDelay: boolean, report: Report): void {
  const groups = queries.map(({ by }) => [...by].sort().join())
  if (new Set(groups).size > 1) report('/query', 'all queries of a monitor are grouped alike')
  const isGrouped = groups.some((by) => by !== '')
  if (isGrouped !== hasDelay)
    report(
      '/options/new_group_delay',
      isGrouped ? 'is missing: a new group would be judged by its first events' : 'has no groups',
    )
}

/** Zero is what no count means: of heartbeats it must alarm, and of a silent topic the age tells, not the absence of data. */
function checkMissingData(
  queries: readonly MetricQuery[],
  onMissing: string | undefined,
  report: Report,
): void {
  const metrics = queries.map(({ metric }) => metric)
  if (metrics.includes('dq.heartbeat') && onMissing !== 'default')
    report('/options/on_missing_data', 'no heartbeat must count as zero: default')
  const isQuotient = queries.length > 1 && queries.some(({ isCount }) => isCount)
  if (isQuotient && onMissing !== 'default')
    report('/options/on_missing_data', 'a share without events is none: default')
}

/** A monitor of a contract asks for the series of that contract, and of its environment. */
function checkScope(
  { filter, metric }: MetricQuery,
  tags: readonly string[],
  { catalogue }: MonitorPlace,
  report: Report,
): void {
  const known = catalogue[metric]?.tags ?? []
  for (const key of ['contract', 'domain', 'topic', 'env']) {
    const own = tags.find((tag) => tag.startsWith(`${key}:`))?.slice(key.length + 1)
    const term = filter.find((each) => each.kind === 'tag' && each.tag === key)
    if (term?.kind === 'tag' && (term.isNegated || term.values.join() !== own))
      report('/query', `is about another ${key} than the tags say`)
    const isNeeded = key === 'env' ? own !== undefined : key === narrowest(tags) && known.includes(key)
    if (term === undefined && isNeeded) report('/query', `${metric} must be narrowed to ${key}:${own}`)
  }
}

function narrowest(tags: readonly string[]): string {
  return (
    ['contract', 'topic', 'domain'].find((key) => tags.some((tag) => tag.startsWith(`${key}:`))) ?? 'domain'
  )
}

function checkSloAlert(alert: SloAlert, { tags }: MonitorJson, { slos }: MonitorPlace, report: Report): void {
  const slo = slos.get(alert.slo)
  if (slo === undefined) return report('/query', `no objective is called ${alert.slo}`)
  const contract = tags.find((tag) => tag.startsWith('contract:'))
  if (contract === undefined || !slo.tags.includes(contract))
    report('/query', 'is about the objective of another contract')
  if (alert.timeframe !== slo.timeframe) report('/query', `the objective is about ${slo.timeframe}`)
  if (alert.comparator !== '>') report('/query', 'a budget is spent above its bound')
  if (alert.kind === 'error_budget') {
    if (alert.number <= 0 || alert.number > 100)
      report('/query', 'a share of a budget in per cent is between 0 and 100')
    return
  }
  const most = 100 / (100 - slo.target_threshold)
  if (alert.number >= most) report('/query', `the budget can’t burn faster than ${most.toFixed(2)} times`)
  if (alert.number <= 1) report('/query', 'burning at 1 or slower stays within the budget')
  if (alert.longMinutes < 60 || alert.longMinutes > 48 * 60)
    report('/query', 'the long window is between 1 h and 48 h')
  if (alert.shortMinutes * 12 !== alert.longMinutes)
    report('/query', 'the short window is a twelfth of the long one')
}

function groupsOf(expression: Expression): string[] {
  return [...new Set(queriesOf(expression).flatMap(({ by }) => by))]
}
