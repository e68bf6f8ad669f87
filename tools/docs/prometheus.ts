import { join } from 'node:path'
import { parse } from 'yaml'
import { loadRules } from '../../src/cli/load-rules.ts'
import { generatePrometheus } from '../../src/generate/prometheus/generate-prometheus.ts'
import { CATALOGUE } from '../../src/telemetry/catalogue.ts'
import { code, GENERATED, markdownTable } from './markdown.ts'

/** Contracts with every kind of rule and promise; only this one is shown, and its domain with it. */
const FIXTURES = join(import.meta.dirname, '../../test/fixtures/generate')
const CONTRACT = 'contracts/shop.orders.rules.yaml'
const DOMAIN = 'domains/shop.rules.yaml'
const RECORDINGS = 'recording.rules.yaml'

interface Alert {
  readonly alert: string
  readonly expr: string
  readonly for?: string
  readonly labels: { readonly severity: string; readonly dq_check: string }
  readonly annotations: { readonly summary: string; readonly recovery: string }
}

interface Recording {
  readonly record: string
  readonly expr: string
}

/** The page of what `assay generate prometheus` makes, shown on a contract with every kind of rule. */
export function prometheusPage(): string {
  const files = new Map(
    generatePrometheus(loadRules([FIXTURES]).contracts, CATALOGUE).map(({ path, text }) => [path, text]),
  )
  return `${GENERATED}

# What is generated for Prometheus

\`assay generate prometheus\` makes these rules of the contracts of \`test/fixtures/generate\`, of which \`shop.orders\` has a rule of every kind.
[Alerts with Prometheus](../how-to/prometheus-alerts.md) says how to use them. Every alert has the labels \`severity\`, \`team\`, \`domain\` and
\`dq_check\`, and \`contract\` and \`topic\` where it is about one; \`dq_check\` is the same as the tag of Datadog’s monitor.

## Alerts of a contract

${alertTable(rulesOf<Alert>(files, CONTRACT))}

## Alerts of a topic and of a domain

Each comes once for each team that relies on it.

${alertTable(distinct(rulesOf<Alert>(files, DOMAIN)))}

## Conditions

${conditionTable([...rulesOf<Alert>(files, CONTRACT), ...distinct(rulesOf<Alert>(files, DOMAIN))])}

## Recorded series

Worked out once for all contracts, over every window that an alert goes by. An increase is what a count grew by; a ratio is a share between 0
and 1, absent while nothing was judged.

${markdownTable(
  ['Series', 'Is'],
  rulesOf<Recording>(files, RECORDINGS).map(({ record, expr }) => [code(record), code(expr)]),
)}
`
}

function rulesOf<Rule>(files: ReadonlyMap<string, string>, path: string): Rule[] {
  const { groups } = parse(files.get(path) ?? 'groups: []') as { groups: { rules: Rule[] }[] }
  return groups.flatMap(({ rules }) => rules)
}

/** Of alerts that differ by the team that they tell, one. */
function distinct(alerts: readonly Alert[]): Alert[] {
  return [...new Map(alerts.map((alert) => [`${alert.alert} ${alert.expr}`, alert])).values()]
}

function alertTable(alerts: readonly Alert[]): string {
  return markdownTable(
    ['Alert', 'Check', 'Severity', 'For', 'Means', 'It is over when'],
    alerts.map(({ alert, for: held, labels, annotations }) => [
      code(alert),
      code(labels.dq_check),
      labels.severity,
      held ?? 'at once',
      // Templates, as what they are about.
      annotations.summary.replaceAll(/\{\{ \$(?:labels\.)?(\w+).*?\}\}/g, '_$1_'),
      annotations.recovery,
    ]),
  )
}

function conditionTable(alerts: readonly Alert[]): string {
  return markdownTable(
    ['Check', 'Condition'],
    alerts.map(({ labels, expr }) => [code(`${labels.dq_check} (${labels.severity})`), code(expr)]),
  )
}
