import { GLOBAL_TAGS, type MetricRow } from '../../../telemetry/catalogue.ts'
import { STATUSES } from '../../../model/status.ts'
import type { Catalogue } from '../../catalogue-check.ts'
import { BAD_RESULTS, GOOD_RESULTS, JUDGED_RESULTS } from '../../results.ts'
import type { Expression, FilterTerm, MetricQuery } from './expression.ts'
import { partsOf, queriesOf, valuesOf } from './expression.ts'
import type { Report } from '../../finding.ts'

/** Where a query stands, and what it may refer to there. */
export interface QueryPlace {
  readonly catalogue: Catalogue
  /** Metrics whose percentiles can be asked for. */
  readonly percentiles: ReadonlySet<string>
  /** Variables of the dashboard and the tags that they stand for; none elsewhere. */
  readonly variables: ReadonlyMap<string, string>
  readonly isHeatmap?: boolean
}

const AGGREGATORS: Readonly<Record<MetricRow['type'], readonly string[]>> = {
  count: ['sum'],
  gauge: ['min', 'max', 'sum'],
  distribution: ['p50', 'p75', 'p90', 'p95', 'p99'],
}

/** What is wrong with the queries of an expression, and with how it joins them. */
export function checkExpression(expression: Expression, place: QueryPlace, at: string, report: Report): void {
  for (const query of queriesOf(expression)) checkQuery(query, place, at, report)
  for (const part of partsOf(expression)) {
    if (part.kind === 'binary' && part.operator === '/') checkQuotient(part.left, part.right, at, report)
    if (part.kind === 'binary' && part.operator === '*') checkProduct(part.left, part.right, at, report)
  }
  checkPercent(expression, at, report)
  checkStatuses(expression, at, report)
}

/** Shares are told in per cent: anything else that is calculated with one gives a number that looks like a share. */
function checkPercent(expression: Expression, at: string, report: Report): void {
  if (!isShare(expression)) return
  const { kind } = expression
  const rest = kind === 'binary' && expression.operator === '-' && isHundred(expression.left)
  if (!isPercent(rest ? expression.right : expression))
    report(
      at,
      'a share is told in per cent: times 100, as in `100 * part / whole`, and nothing else is done to it',
    )
}

/** `100 * part / whole`, and the same with a guard. */
function isPercent(expression: Expression): boolean {
  if (expression.kind !== 'binary') return false
  const { operator, left, right } = expression
  if (operator === '*') return right.kind === 'call' && isPercent(left)
  const isPart = left.kind === 'binary' && left.operator === '*' && isHundred(left.left)
  return operator === '/' && isPart && isCounted(left.right) && isCounted(right)
}

function isHundred(expression: Expression): boolean {
  return expression.kind === 'number' && expression.value === 100
}

/** What is counted, where nothing is 0 by default. */
function isCounted(expression: Expression): boolean {
  const isZero = expression.kind === 'call' && expression.name === 'default_zero'
  return expression.kind === 'query' || (isZero && expression.args.every((arg) => arg.kind === 'query'))
}

/** Whether anything is divided. */
export function isShare(expression: Expression): boolean {
  return partsOf(expression).some((part) => part.kind === 'binary' && part.operator === '/')
}

/** Statuses are numbers without an order: only how far one is away from a status says something. */
function checkStatuses(expression: Expression, at: string, report: Report): void {
  if (!queriesOf(expression).some(({ metric }) => metric.endsWith('.status'))) return
  const [difference] = expression.kind === 'call' && expression.name === 'abs' ? expression.args : []
  const status = difference?.kind === 'binary' && difference.operator === '-' ? difference.right : undefined
  const isKnown = status?.kind === 'number' && STATUSES[status.value] !== undefined
  if (!isKnown) report(at, 'a status has no order: compare it with the number of one by abs(… - number)')
}

function checkQuery(query: MetricQuery, place: QueryPlace, at: string, report: Report): void {
  const row = place.catalogue[query.metric]
  if (row === undefined) return report(at, `the catalogue has no metric ${query.metric}`)
  checkAggregator(query, row, place, at, report)
  const known = new Set([...GLOBAL_TAGS, ...row.tags])
  for (const term of query.filter) checkTerm(term, query.metric, row, known, place, at, report)
  for (const tag of query.by) if (!known.has(tag)) report(at, `${query.metric} has no tag ${tag} to group by`)
}

function checkAggregator(
  query: MetricQuery,
  row: MetricRow,
  place: QueryPlace,
  at: string,
  report: Report,
): void {
  const { aggregator, metric, isCount } = query
  const allowed =
    place.isHeatmap === true && row.type === 'distribution' ? ['histogram'] : AGGREGATORS[row.type]
  if (!allowed.includes(aggregator))
    report(at, `a ${row.type} such as ${metric} is asked for with ${allowed.join(', ')}, not ${aggregator}`)
  if (row.type === 'count' && !isCount)
    report(at, `${metric} is a count: without .as_count() windows don’t add up`)
  if (row.type !== 'count' && isCount) report(at, `${metric} is a ${row.type}: .as_count() is for counts`)
  const isPercentile = /^p\d/.test(aggregator)
  if (isPercentile && !place.percentiles.has(metric))
    report(at, `percentiles of ${metric} are not switched on by metrics.tags.json`)
  const isOfOne =
    query.by.includes('contract') ||
    query.filter.some((term) => term.kind === 'tag' && term.tag === 'contract')
  const isYoungest = metric === 'dq.topic.event_age' && isOfOne
  if (row.type === 'gauge' && (aggregator === 'min') !== isYoungest)
    report(
      at,
      isYoungest
        ? 'the newest event of a contract is what counts, whoever saw it: min is expected'
        : `the least of several ${metric} hides the others: max is expected`,
    )
  const isSummable = row.unit !== 'second' && !metric.endsWith('.status')
  if (row.type === 'gauge' && aggregator === 'sum' && !isSummable)
    report(at, `values of ${metric} don’t add up`)
}

function checkTerm(
  term: FilterTerm,
  metric: string,
  row: MetricRow,
  known: ReadonlySet<string>,
  place: QueryPlace,
  at: string,
  report: Report,
): void {
  const tag = term.kind === 'variable' ? place.variables.get(term.name) : term.tag
  if (tag === undefined)
    return report(at, `the dashboard has no variable ${term.kind === 'variable' ? term.name : ''}`)
  if (!known.has(tag)) report(at, `${metric} has no tag ${tag}`)
  if (term.kind === 'variable') return
  if (term.isNegated)
    report(
      at,
      `leaves out ${tag}:${term.values.join(', ')}, so that whatever is added later counts: name what is meant`,
    )
  const closed = row.values?.[tag]
  for (const value of term.values) {
    if (closed !== undefined && !closed.includes(value))
      report(at, `tag ${tag} of ${metric} never is ${value}`)
  }
}

/** A share is of the same events: what is divided by must be what could have been counted above. */
function checkQuotient(above: Expression, below: Expression, at: string, report: Report): void {
  const numerators = queriesOf(above)
  const denominators = queriesOf(below)
  if (numerators.length === 0 || denominators.length === 0) {
    return report(at, 'a quotient is of two queries')
  }
  for (const numerator of numerators) {
    for (const denominator of denominators) checkShare(numerator, denominator, at, report)
  }
}

const SHARES: Readonly<Record<string, { readonly bad: readonly string[]; readonly all: readonly string[] }>> =
  {
    'dq.events': { bad: BAD_RESULTS, all: JUDGED_RESULTS },
    'dq.rule.evaluations': { bad: ['fail'], all: ['pass', 'fail'] },
  }

function checkShare(numerator: MetricQuery, denominator: MetricQuery, at: string, report: Report): void {
  const share = SHARES[numerator.metric]
  if (share === undefined || numerator.metric !== denominator.metric) {
    return report(at, `${numerator.metric} / ${denominator.metric} is no share of anything`)
  }
  if (!isSame(valuesOf(numerator, 'result'), share.bad))
    report(at, `the share is of ${share.bad.join(' and ')}, and of nothing else`)
  if (!isSame(valuesOf(denominator, 'result'), share.all)) {
    report(at, `the share is among ${share.all.join(', ')}: what could not be judged is not among it`)
  }
  if (scopeOf(numerator) !== scopeOf(denominator))
    report(at, 'both sides of a quotient must be about the same series')
}

/** Two queries are multiplied only to guard a share, by `is_greater(…)` of what it is divided by. */
function checkProduct(left: Expression, right: Expression, at: string, report: Report): void {
  if (queriesOf(left).length === 0 || queriesOf(right).length === 0) return
  if (right.kind !== 'call' || right.name !== 'is_greater')
    return report(at, 'a product of two queries means nothing')
  const guards = queriesOf(right)
  const [denominator] = left.kind === 'binary' && left.operator === '/' ? queriesOf(left.right) : []
  const isGuarded =
    denominator !== undefined && guards.some((guard) => JSON.stringify(guard) === JSON.stringify(denominator))
  if (!isGuarded) report(at, 'is_greater must be about what the share is divided by')
}

/** Good and bad events of an objective: together all that was judged, of the same series. */
export function checkGoodAndBad(good: Expression, bad: Expression, at: string, report: Report): void {
  const [first] = queriesOf(good)
  const [second] = queriesOf(bad)
  if (first === undefined || second === undefined) return report(at, 'good and bad events need a query each')
  if (first.metric !== 'dq.events' || second.metric !== 'dq.events')
    report(at, 'good and bad events are those of dq.events')
  if (!isSame(valuesOf(first, 'result'), GOOD_RESULTS))
    report(at, `good events are ${GOOD_RESULTS.join(' and ')}`)
  if (!isSame(valuesOf(second, 'result'), BAD_RESULTS))
    report(at, `bad events are ${BAD_RESULTS.join(' and ')}`)
  if (scopeOf(first) !== scopeOf(second)) report(at, 'good and bad events must be of the same series')
}

/** Everything that a query is narrowed to and grouped by, but for the result. */
function scopeOf({ filter, by }: MetricQuery): string {
  const terms = filter.filter((term) => term.kind === 'variable' || term.tag !== 'result')
  return JSON.stringify([terms.map((term) => JSON.stringify(term)).sort(), [...by].sort()])
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one) => others.includes(one))
}
