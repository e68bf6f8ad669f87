import type { Report } from '../../finding.ts'
import { decimal, spanText } from '../../spans.ts'
import { boundInWords } from './check-bounds.ts'
import { isShare } from './check-query.ts'
import { queriesOf } from './expression.ts'
import type { MonitorJson, SloJson } from './json-types.ts'
import type { MetricAlert, SloAlert } from './parse-monitor.ts'

const QUANTITY = /(?<![\w.:/-])\d+(?:\.\d+)? ?(?:%|times as|(?:s|min|h|d)\b)/g
/** Lines of facts hold what authors write, and bounds of rules. */
const FACTS = /^- .*$/gm

/**
 * Every share, time and rate that a monitor tells is one that it measures by: a person acts on what is written there.
 *
 * @param slo the objective that the monitor is about, if it is about one
 */
export function checkNumbers(
  alert: MetricAlert | SloAlert,
  { name, message, options: { thresholds } }: MonitorJson,
  slo: SloJson | undefined,
  report: Report,
): void {
  // It tells the retention, which no query knows.
  if (alert.kind === 'metric' && queriesOf(alert.expression).some(({ metric }) => metric === 'dq.offset_gap'))
    return
  const { critical, warning, critical_recovery: recovery } = thresholds
  const common = commonOf(alert, slo)
  const alarms = [...common, ...wordsOf(alert, critical)]
  checkText(name.slice(name.indexOf(': ')), alarms, '/name', report)
  for (const [, block = '', text = ''] of message.matchAll(/\{\{#(is_\w+)\}\}(.*?)\{\{\/\1\}\}/gs)) {
    const own = {
      is_alert: alarms,
      is_warning: [...common, ...wordsOf(alert, warning)],
      is_recovery: [
        ...common,
        ...(recovery === undefined ? wordsOf(alert, critical) : [`${decimal(recovery)} %`]),
      ],
    }[block]
    checkText(text.replaceAll(FACTS, ''), own ?? [], '/message', report)
  }
  if (alert.kind === 'metric' && isShare(alert.expression)) checkRecovery(critical, recovery, report)
}

/** As long as it swings around its bound, a share would call again and again. */
function checkRecovery(critical: number, recovery: number | undefined, report: Report): void {
  if (recovery === undefined && critical > 0)
    report(
      '/options/thresholds',
      'a share that swings around its bound calls again and again: critical_recovery is missing',
    )
}

function commonOf(alert: MetricAlert | SloAlert, slo: SloJson | undefined): string[] {
  if (alert.kind === 'metric') return [spanText(alert.windowMs)]
  const target = slo === undefined ? [] : [`${decimal(slo.target_threshold)} %`]
  return [...target, alert.timeframe, `${alert.longMinutes / 60}h`, `${alert.shortMinutes}m`]
}

function wordsOf(alert: MetricAlert | SloAlert, bound: number | undefined): string[] {
  return bound === undefined ? [] : boundInWords(alert, bound)
}

function checkText(text: string, known: readonly string[], at: string, report: Report): void {
  const allowed = new Set(known.map((each) => each.replace('half of the ', '').replace(/times$/, 'times as')))
  for (const [told] of text.matchAll(QUANTITY)) {
    if (!allowed.has(told)) report(at, `tells ${told}, and the monitor knows ${[...allowed].join(', ')}`)
  }
}
