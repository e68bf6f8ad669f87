import { GENERATED_MARK } from '../../../model/generated-file.ts'
import { normaliseTagValue } from '../../../model/tag.ts'
import { spanText } from '../../spans.ts'
import { tells } from './check-bounds.ts'
import { checkFormulas } from './check-formulas.ts'
import { checkGoodAndBad, type QueryPlace } from './check-query.ts'
import type { ShapeChecker } from './check-shape.ts'
import { type Expression, type MetricQuery, queriesOf } from './expression.ts'
import type { Report } from '../../finding.ts'
import type { SloJson } from './json-types.ts'

const DECIMALS = 3

/** What is wrong with an objective. */
export function checkSlo(value: unknown, place: QueryPlace, shapes: ShapeChecker, report: Report): void {
  const { type } = (value ?? {}) as { readonly type?: unknown }
  if (!shapes.isSound(`slo ${String(type)}`, value, '', report)) return
  const slo = value as SloJson
  checkTargets(slo, report)
  for (const key of ['team', 'contract', 'domain', 'topic', 'dq_check']) {
    if (slo.tags.filter((tag) => tag.startsWith(`${key}:`)).length !== 1)
      report('/tags', `one tag ${key} is expected`)
  }
  if (!slo.tags.includes(GENERATED_MARK)) report('/tags', `${GENERATED_MARK} is missing`)
  checkWords(slo, report)
  const expressions = checkSpecification(slo, place, report)
  for (const expression of expressions) checkScope(expression, slo.tags, report)
}

function checkTargets(slo: SloJson, report: Report): void {
  const { thresholds, timeframe, target_threshold: target, warning_threshold: warning } = slo
  thresholds.forEach((threshold, index) => {
    const at = `/thresholds/${index}`
    checkDecimals(threshold.target, `${at}/target`, report)
    if (threshold.target !== target) report(`${at}/target`, 'a contract promises the same for each timeframe')
    if (threshold.warning === undefined) return
    checkDecimals(threshold.warning, `${at}/warning`, report)
    if (threshold.warning <= threshold.target)
      report(`${at}/warning`, 'a warning comes before the target is missed: it must be above it')
  })
  const frames = thresholds.map((threshold) => threshold.timeframe)
  if (new Set(frames).size < frames.length) report('/thresholds', 'a timeframe stands there twice')
  const primary = thresholds.find((threshold) => threshold.timeframe === timeframe)
  if (primary === undefined) report('/timeframe', `no threshold is for ${timeframe}`)
  else if (primary.target !== target || primary.warning !== warning)
    report('/target_threshold', `target and warning are not those of ${timeframe}`)
}

/** Lists show name and description: they are of the contract, its topic and its target. */
function checkWords({ name, description, tags, target_threshold: target }: SloJson, report: Report): void {
  const of = (key: string) => tags.find((tag) => tag.startsWith(`${key}:`))?.slice(key.length + 1)
  if (!name.startsWith(`${of('contract')}: `)) report('/name', `must begin with \`${of('contract')}: \``)
  const [, topic = ''] = /topic (\S+)/i.exec(description) ?? []
  if (normaliseTagValue(topic.replace(/[:.]$/, '')) !== of('topic'))
    report('/description', `is about topic ${topic || 'nothing'}, and the tags about ${of('topic')}`)
  const [, share = ''] = /([\d.]+) %/.exec(description) ?? []
  if (Number(share) !== target)
    report('/description', `tells ${share || 'no share'} %, and the target is ${target} %`)
}

function checkDecimals(percent: number, at: string, report: Report): void {
  if (Number(percent.toFixed(DECIMALS)) !== percent) report(at, `has more than ${DECIMALS} decimals`)
}

function checkSpecification(slo: SloJson, place: QueryPlace, report: Report): Expression[] {
  const { count, time_slice: slice } = slo.sli_specification
  if (count !== undefined) {
    const at = '/sli_specification/count'
    const formulas = [
      { formula: count.good_events_formula, at: `${at}/good_events_formula/formula` },
      { formula: count.bad_events_formula, at: `${at}/bad_events_formula/formula` },
    ]
    const [good, bad] = checkFormulas(formulas, count.queries, `${at}/queries`, place, report)
    if (good && bad) checkGoodAndBad(good, bad, at, report)
    if (good?.kind !== 'query' || bad?.kind !== 'query')
      report(at, 'good and bad events are counted as they are, without arithmetic')
    return [good, bad].filter((expression) => expression !== undefined)
  }
  if (slice === undefined) return []
  const at = '/sli_specification/time_slice/query'
  const formulas = slice.query.formulas.map((formula, index) => ({
    formula,
    at: `${at}/formulas/${index}/formula`,
  }))
  const expressions = checkFormulas(formulas, slice.query.queries, `${at}/queries`, place, report)
  const [first] = expressions
  const [query] = first ? queriesOf(first) : []
  if (query?.metric === 'dq.topic.event_age' && first?.kind !== 'query')
    report(`${at}/formulas/0/formula`, 'is not the age itself, which the threshold is about')
  if (query !== undefined) checkSlice(query, slice, report)
  const age = spanText(slice.threshold * 1000)
  if (query?.metric === 'dq.topic.event_age' && !tells(slo.description, age))
    report('/sli_specification/time_slice/threshold', `is ${age}, which the description does not tell`)
  return expressions.filter((expression) => expression !== undefined)
}

/** Fresh is what is at most so old, or whose status is away from that of a breach. */
function checkSlice(
  { metric, isHighest }: MetricQuery,
  { comparator, threshold }: { comparator: string; threshold: number },
  report: Report,
): void {
  const at = '/sli_specification/time_slice'
  const expected = { 'dq.topic.event_age': '<=', 'dq.rule.status': '>=' }[metric]
  if (expected === undefined) report(at, `${metric} does not tell whether a topic is fresh`)
  else if (comparator !== expected) report(`${at}/comparator`, `${metric} is good ${expected} the threshold`)
  const isOfStatus = metric === 'dq.rule.status'
  if (isOfStatus !== isHighest)
    report(
      `${at}/query`,
      'of statuses the highest of a slice counts, `.rollup(max)`: an average of two may be the number of a third',
    )
  if (isOfStatus ? threshold !== 1 : threshold <= 0)
    report(
      `${at}/threshold`,
      isOfStatus ? 'a status is another one if it is at least 1 away' : 'must be above 0',
    )
}

function checkScope(expression: Expression, tags: readonly string[], report: Report): void {
  for (const { filter, metric, by } of queriesOf(expression)) {
    if (by.length > 0) report('/sli_specification', 'an objective of a contract has no groups')
    for (const key of ['contract', 'env']) {
      const own = tags.find((tag) => tag.startsWith(`${key}:`))?.slice(key.length + 1)
      const term = filter.find((each) => each.kind === 'tag' && each.tag === key)
      const value = term?.kind === 'tag' && !term.isNegated ? term.values.join() : undefined
      if (value !== own) report('/sli_specification', `${metric} must be narrowed to ${key} as the tags say`)
    }
  }
}
