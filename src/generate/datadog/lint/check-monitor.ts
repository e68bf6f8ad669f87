import { GENERATED_MARK } from '../../../model/generated-file.ts'
import { burnRatesFor } from '../../burn-rates.ts'
import type { Timeframe } from '../../objectives.ts'
import { checkBound, checkGuard, checkThresholds, checkToldBounds } from './check-bounds.ts'
import { checkKind } from './check-kind.ts'
import { checkMessage, checkVariables } from './check-message.ts'
import { checkNumbers } from './check-numbers.ts'
import { checkExpression, isShare, type QueryPlace } from './check-query.ts'
import type { ShapeChecker } from './check-shape.ts'
import { type Expression, type MetricQuery, queriesOf } from './expression.ts'
import type { Report } from '../../finding.ts'
import type { MonitorJson, SloJson } from './json-types.ts'
import { type MetricAlert, parseMetricAlert, parseSloAlert, type SloAlert } from './parse-monitor.ts'
import { checkTold } from './check-told.ts'
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
  checkToldBounds(alert, monitor, report)
  checkKind(monitor, alert, report)
  checkNumbers(alert, monitor, alert.kind === 'metric' ? undefined : place.slos.get(alert.slo), report)
  const groups = alert.kind === 'metric' ? groupsOf(alert.expression) : []
  const { options, message, assets = [], name } = monitor
  const hasWarning = options.thresholds.warning !== undefined
  checkMessage(message, { groups, hasWarning, addresses: assets.map(({ url }) => url) }, '/message', report)
  checkVariables(name, groups, '/name', report)
  if (assets.length === 0 && /^- Runbook: /m.test(message))
    report('/assets', 'is missing: the runbook that the message tells')
  checkTold(monitor, alert.kind === 'metric' ? queriesOf(alert.expression) : [], report)
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

function checkMetricAlert(
  alert: MetricAlert,
  monitor: MonitorJson,
  place: MonitorPlace,
  report: Report,
): void {
  const { expression, over } = alert
  const { options, tags } = monitor
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
  if (queries.some((query) => query.isHighest))
    report(at, 'a monitor sees its window only: .rollup(…) has no place in it')
  if (isShare(expression) && (options.evaluation_delay ?? 0) < 60)
    report('/options/evaluation_delay', 'a quotient waits 60 s for both of its sides')
  checkBound(alert, report)
  checkGuard(expression, monitor, report)
  checkGroups(queries, options.new_group_delay !== undefined, report)
  for (const query of queries) checkScope(query, tags, place, report)
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
    // Two domains may watch one topic: without theirs, each would hear of the other.
    const isOfDomain = key === 'domain' && !known.includes('contract')
    const isNeeded =
      key === 'env' ? own !== undefined : (key === narrowest(tags) || isOfDomain) && known.includes(key)
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
  checkSpeed(alert, tags, slo, report)
}

/** Fast and slow are what the error budget of the objective makes of them. */
function checkSpeed(alert: SloAlert, tags: readonly string[], slo: SloJson, report: Report): void {
  const { target_threshold: target, timeframe } = slo
  const rates = burnRatesFor({ target, timeframe: timeframe as Timeframe })
  const isFast = tags.some((tag) => tag.endsWith('_burn_fast'))
  const expected = isFast ? { rate: rates.fast, hours: 1 } : { rate: rates.slow, hours: 6 }
  if (alert.number !== expected.rate || alert.longMinutes !== expected.hours * 60)
    report(
      '/query',
      `the budget burns ${isFast ? 'fast' : 'slowly'} at ${expected.rate} over ${expected.hours} h`,
    )
}

function groupsOf(expression: Expression): string[] {
  return [...new Set(queriesOf(expression).flatMap(({ by }) => by))]
}
