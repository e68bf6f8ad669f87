import type { Report } from '../../finding.ts'
import { BRACES } from '../texts.ts'
import { checkAsked, type Metrics, type Series } from './check-recordings.ts'
import { type AlertJson, lengthMs } from './file.ts'

const COMPARISON = /[<>]|[=!]=(?!~)/
const TEMPLATE = /\{\{ \$value(?: \| humanizePercentage)? \}\}|\{\{ \$labels\.(\w+) \}\}/g

/** What is wrong with one alert: promtool takes all of it, and its reader would be told nothing, or something else. */
export function checkAlert(
  alert: AlertJson,
  known: Series,
  metrics: Metrics,
  at: string,
  report: Report,
): void {
  const { expr, labels, annotations } = alert
  checkAsked(expr, known, metrics, `${at}/expr`, report)
  checkCondition(alert, at, report)
  checkScope(alert, at, report)
  for (const [name, text] of Object.entries(annotations))
    checkTemplates(text, labelsAfter(expr, labels), `${at}/annotations/${name}`, report)
}

function checkCondition({ expr, for: held }: AlertJson, at: string, report: Report): void {
  const compared = expr.replaceAll(/\{[^}]*\}/g, '')
  if (!COMPARISON.test(compared) && !compared.includes('absent_over_time'))
    report(`${at}/expr`, 'compares nothing: it would always alarm')
  for (const [, share] of expr.matchAll(/:ratio\w+(?:\{[^}]*\})?\s*>=?\s*([\d.]+)/g))
    if (Number(share) >= 1)
      report(`${at}/expr`, `a share is never above ${share}: shares are between 0 and 1`)
  if (/:ratio\w+(?:\{[^}]*\})?\s*</.test(expr))
    report(`${at}/expr`, 'alarms while a share of bad ones is small')
  const windows = [...compared.matchAll(/(?:\[|:(?:ratio|increase))(\d+[smh])/g)].map(([, text = '']) => text)
  const shortest = Math.min(...windows.map(lengthMs))
  if (held !== undefined && lengthMs(held) > shortest)
    report(`${at}/for`, `${held} is longer than a window of the condition: a burst would never be told`)
}

/** What it is labelled as is what it asks for. */
function checkScope({ expr, labels }: AlertJson, at: string, report: Report): void {
  for (const label of ['contract', 'topic', 'domain', 'env'])
    for (const [, value] of expr.matchAll(new RegExp(`[{,]${label}="([^"]*)"`, 'g')))
      if (value !== labels[label])
        report(`${at}/expr`, `asks for ${label} ${value}, and is labelled ${labels[label] ?? 'without one'}`)
  const isScoped = new RegExp(`[{,](?:contract|topic|domain)="`)
  for (const [selector] of expr.matchAll(/[a-zA-Z_:][\w:]*\{[^}]*\}/g))
    if (!isScoped.test(selector)) report(`${at}/expr`, `${selector} asks for what other teams have as well`)
}

/** Labels that an alert has when it fires: its own, and those that its condition keeps. */
function labelsAfter(expr: string, labels: AlertJson['labels']): ReadonlySet<string> {
  const grouped = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, names = '']) => names.split(', '))
  const recorded = /contract_rule:/.test(expr) ? ['rule'] : []
  return new Set([...Object.keys(labels), ...grouped, ...recorded])
}

/** Ours only: those of authors are written so that they show as they are. */
function checkTemplates(text: string, labels: ReadonlySet<string>, at: string, report: Report): void {
  for (const [template, label] of text.matchAll(TEMPLATE))
    if (label !== undefined && !labels.has(label))
      report(at, `${template} stays empty: the condition does not keep the label ${label}`)
  const rest = text.replaceAll(BRACES, '').replaceAll(TEMPLATE, '')
  const [odd] = /\{\{.{0,30}/s.exec(rest) ?? []
  if (odd !== undefined) report(at, `${odd} is no template that is used`)
}
