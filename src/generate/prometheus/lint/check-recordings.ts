import { checkExpression } from '../../promql/check-expression.ts'
import { checkForms } from '../../promql/check-selectors.ts'
import { type KnownMetric } from '../../promql/known-metrics.ts'
import { namesIn } from '../../promql/selectors.ts'
import type { Report } from '../../finding.ts'
import { type GroupsJson, type RecordingJson, rulesOf } from './file.ts'

/** The labels that each series has, by its name. */
export type Series = ReadonlyMap<string, ReadonlySet<string>>
export type Metrics = ReadonlyMap<string, KnownMetric>

/** Says what is wrong with recorded series, and gives what is known with them: each may go by those before it. */
export function checkRecordings(
  content: GroupsJson<RecordingJson>,
  series: Series,
  metrics: Metrics,
  report: Report,
): Series {
  const known = new Map(series)
  for (const { rule, at } of rulesOf(content)) {
    checkAsked(rule.expr, known, metrics, `${at}/expr`, report)
    if (known.has(rule.record)) report(`${at}/record`, `another series is recorded as ${rule.record}`)
    known.set(rule.record, labelsOf(rule.expr, known))
  }
  return known
}

/** What is wrong with what an expression asks for. */
export function checkAsked(expr: string, known: Series, metrics: Metrics, at: string, report: Report): void {
  const say = (message: string) => {
    report(at, message)
  }
  checkExpression(expr, known, say)
  checkForms(expr, metrics, say)
}

/** Those that it is summed by, or those that all that it is made of have. */
function labelsOf(expr: string, known: Series): ReadonlySet<string> {
  const [, labels] = /^sum by \(([^)]*)\)/.exec(expr) ?? []
  if (labels !== undefined) return new Set(labels.split(', '))
  const sets = namesIn(expr).flatMap((name) => known.get(name) ?? [])
  const all = new Set(sets.flatMap((set) => [...set]))
  return new Set([...all].filter((label) => sets.every((set) => set.has(label))))
}

/** Recorded series that nothing asks for, neither an alert nor, by way of others, what an alert asks for. */
export function checkUse(
  content: GroupsJson<RecordingJson>,
  alerts: readonly string[],
  report: Report,
): void {
  const used = new Set(alerts.flatMap(namesIn))
  for (const { rule, at } of rulesOf(content).toReversed()) {
    if (used.has(rule.record)) for (const name of namesIn(rule.expr)) used.add(name)
    else report(`${at}/record`, `no alert goes by ${rule.record}`)
  }
}
