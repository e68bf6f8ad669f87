import type { Report } from '../../finding.ts'
import { decimal, spanText } from '../../spans.ts'
import { isShare } from './check-query.ts'
import { type Expression, type MetricQuery, partsOf, queriesOf } from './expression.ts'
import type { MonitorJson, ThresholdsJson } from './json-types.ts'
import type { MetricAlert, SloAlert } from './parse-monitor.ts'

/** Warnings come before alarms, and recovery is on the good side of what it recovers from. */
export function checkThresholds(
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

/** Bounds that can be crossed, and that say what they seem to say. */
export function checkBound({ comparator, number, expression, over }: MetricAlert, report: Report): void {
  const queries = queriesOf(expression)
  const metrics = queries.map(({ metric }) => metric)
  const isOfStatus = metrics.some((metric) => metric.endsWith('.status'))
  const isRatio = isShare(expression)
  const expected = isOfStatus || metrics.includes('dq.heartbeat') ? '<' : '>'
  if (comparator !== expected) report('/query', `this is alarming ${expected} its bound`)
  if (isOfStatus && number !== 1) report('/query', 'a status is that of the number if it is less than 1 away')
  if (isRatio && (number < 0 || number >= 100)) report('/query', 'a share in per cent is between 0 and 100')
  if (number < 0 || (comparator.startsWith('<') && number <= 0)) report('/query', 'no value is ever below 0')
  if (!isRatio) for (const query of queries) checkVerdicts(query, number, report)
  if (metrics.includes('dq.topic.event_age') && over !== 'max')
    report('/query', 'silence is told as soon as it is too long: max(…) is expected')
  if (metrics.includes('dq.consumer.lag_seconds') && over !== 'min')
    report('/query', 'a lag that goes by itself calls nobody: min(…) is expected')
}

/** Verdicts that are counted are failures, of which none is tolerated, or errors. */
function checkVerdicts({ metric, filter }: MetricQuery, number: number, report: Report): void {
  if (metric !== 'dq.rule.evaluations') return
  const term = filter.find((each) => each.kind === 'tag' && each.tag === 'result')
  const result = term?.kind === 'tag' && !term.isNegated ? term.values.join() : ''
  if (result !== 'fail' && result !== 'error')
    report('/query', 'counts verdicts that nobody needs to hear of: result:fail or result:error is expected')
  if (result === 'fail' && number !== 0)
    report(
      '/query',
      'a number of failures means nothing without its share: only rules without any tolerance are held to > 0',
    )
}

const ALWAYS_GUARDED = /^dq_check:(?:validity$|promised_share_)/

/** A share of a few events says nothing: those of a promise have a guard, and the message tells the number of every guard. */
export function checkGuard(expression: Expression, { tags, message }: MonitorJson, report: Report): void {
  if (!isShare(expression)) return
  const least = minimumOf(expression)
  const recovery = message.slice(message.indexOf('{{#is_recovery}}'))
  const [, told] = / fewer than (\d+) events were judged/.exec(recovery) ?? []
  if (least === undefined && tags.some((tag) => ALWAYS_GUARDED.test(tag)))
    report(
      '/query',
      'a single bad event among few would alarm: is_greater(…) of the judged events is missing',
    )
  else if (told !== (least === undefined ? undefined : String(least)))
    report(
      '/message',
      `tells ${told ?? 'no'} events as the fewest that count, and the query ${least ?? 'no such number'}`,
    )
}

/** How many events there must be at least for the share to count. */
function minimumOf(expression: Expression): number | undefined {
  const guard = partsOf(expression).find((part) => part.kind === 'call' && part.name === 'is_greater')
  const [, bound] = guard?.kind === 'call' ? guard.args : []
  return bound?.kind === 'number' ? bound.value + 1 : undefined
}

/** What a person reads is what is measured: bounds stand in the message, and the window of what is counted. */
export function checkToldBounds(
  alert: MetricAlert | SloAlert,
  { options: { thresholds }, message }: MonitorJson,
  report: Report,
): void {
  for (const bound of [thresholds.critical, thresholds.warning]) {
    const words = bound === undefined ? [] : boundInWords(alert, bound)
    if (words.length > 0 && !words.some((each) => tells(message, each)))
      report('/message', `does not tell the bound: ${words[0]}`)
  }
  if (alert.kind !== 'metric') return
  const isOfEvents = queriesOf(alert.expression).some(({ metric }) =>
    /^dq\.(?:events|rule\.eval)/.test(metric),
  )
  const window = `last ${spanText(alert.windowMs)}`
  if (isOfEvents && !message.includes(window)) report('/message', `does not tell the window: ${window}`)
}

/** Ways to tell a bound; none where it needs no telling. */
export function boundInWords(alert: MetricAlert | SloAlert, bound: number): string[] {
  if (alert.kind === 'burn_rate') return [`${decimal(bound)} times`]
  if (alert.kind !== 'metric' || isShare(alert.expression)) return [`${decimal(bound)} %`]
  const metrics = queriesOf(alert.expression).map(({ metric }) => metric)
  if (metrics.includes('dq.topic.event_age')) return [spanText(bound * 1000)]
  const isOfTroubles =
    alert.over === 'sum' && !metrics.some((metric) => /^dq\.(?:rule|heartbeat)/.test(metric))
  if (isOfTroubles && bound > 0) return [`more than ${bound}`]
  // Half of the retention is told by the whole.
  return metrics.includes('dq.consumer.lag_seconds')
    ? [`${bound} s`, `half of the ${spanText(bound * 2000)}`]
    : []
}

/** Whether a number with its unit stands in a text, and not as the end of another number. */
export function tells(text: string, number: string): boolean {
  return text
    .split(number)
    .slice(0, -1)
    .some((before) => !/[\d.]$/.test(before))
}
