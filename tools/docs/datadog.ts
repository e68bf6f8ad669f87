import { join } from 'node:path'
import { loadRules } from '../../src/cli/load-rules.ts'
import { kindOfPath } from '../../src/generate/datadog/artefact.ts'
import { generateDatadog } from '../../src/generate/datadog/generate-datadog.ts'
import { CATALOGUE } from '../../src/telemetry/catalogue.ts'
import { code, GENERATED, markdownTable } from './markdown.ts'

/** Contracts with every kind of rule and promise; only this one is shown. */
const FIXTURES = join(import.meta.dirname, '../../test/fixtures/generate')
const SHOWN = /^(?:contracts\/shop\.orders|domains\/shop)/

interface Monitor {
  readonly name: string
  readonly message: string
  readonly query: string
  readonly priority: number
  readonly options: {
    readonly on_missing_data?: string
    readonly thresholds: Readonly<Record<string, number>>
  }
}

/** The page of what `assay generate datadog` makes, shown on a contract with every kind of rule. */
export function datadogPage(): string {
  const all = generateDatadog(loadRules([FIXTURES]).contracts, CATALOGUE)
  const files = all.filter(({ path }) => SHOWN.test(path))
  const monitors = files.filter(({ path }) => kindOfPath(path) === 'monitor')
  return `${GENERATED}

# What is generated for Datadog

\`assay generate datadog\` makes these files of the contracts of \`test/fixtures/generate\`, of which \`shop.orders\` has a rule of every kind.
[Dashboards and monitors in Datadog](../how-to/datadog-dashboards-and-monitors.md) says how to use them.

## Files

${markdownTable(
  ['File', 'Is'],
  [
    [
      'contracts/<contract>/contract.dashboard.json',
      'dashboard: is the promise kept, what is failing, volume, freshness and lag, the checker itself',
    ],
    ['contracts/<contract>/<check>.monitor.json', 'monitor'],
    ['contracts/<contract>/validity.slo.json', 'objective that counts good and bad events'],
    ['contracts/<contract>/freshness.slo.json', 'objective of slices of time'],
    ['domains/<domain>/domain.dashboard.json', 'dashboard of all contracts of a domain'],
    ['domains/<domain>/<topic>.<check>.monitor.json', 'monitor of a topic, for all contracts on it'],
    [
      'domains/<domain>/system.entity.json, checker.entity.json',
      'the domain and its service in the software catalogue, v3',
    ],
    ['topics/<topic>.entity.json', 'the topic there, as a queue'],
    ['teams/<team>.notification-rule.json', 'whom the monitors of a team tell'],
    ['metrics.metadata.json', 'unit and description of each metric'],
    ['metrics.tags.json', 'tags by which each metric can be queried, and percentiles'],
    ['*.tf.json', 'Terraform that reads the files above'],
  ].map(([path = '', what = '']) => [code(path), what]),
)}

Each JSON file but those of metrics is the body that Datadog’s API takes. In those of metrics, \`metrics\` has the body of each by its name.

## Terraform

${terraformSection(all.find(({ path }) => path === 'assay.tf.json')?.text)}

## Monitors

A monitor is known by its tags \`contract\` (or \`domain\` and \`topic\`), \`env\` and \`dq_check\`, of which the last is the name of the file. The
number in a query is the threshold; P is the priority, from 1 for a page to 5 for information.

${markdownTable(
  ['Check', 'P', 'Query', 'Other thresholds', 'Without data'],
  monitors.map(({ path, text }) => monitorRow(path, JSON.parse(text) as Monitor)),
)}

What they mean, and what it means that they are over:

${markdownTable(
  ['Check', 'Means', 'It is over when'],
  monitors.map(({ path, text }) => meaningRow(path, JSON.parse(text) as Monitor)),
)}
`
}

interface TerraformModule {
  readonly terraform: { readonly required_providers: { readonly datadog: { readonly version: string } } }
  readonly variable: Readonly<
    Record<string, { readonly type: string; readonly default: unknown; readonly description: string }>
  >
}

function terraformSection(text = '{}'): string {
  const { terraform, variable } = JSON.parse(text) as TerraformModule
  return `The folder is a module for the provider \`DataDog/datadog\` (\`${terraform.required_providers.datadog.version}\`).

${markdownTable(
  ['File', 'Resource'],
  [
    ['*.dashboard.json', 'datadog_dashboard_json'],
    ['*.monitor.json', 'datadog_monitor'],
    ['*.slo.json', 'datadog_service_level_objective'],
    ['*.entity.json', 'datadog_software_catalog'],
    ['*.notification-rule.json', 'datadog_monitor_notification_rule'],
    ['metrics.metadata.json', 'datadog_metric_metadata'],
    ['metrics.tags.json', 'datadog_metric_tag_configuration'],
  ].map(([file = '', resource = '']) => [code(file), code(resource)]),
)}

Monitors are told field by field, for \`datadog_monitor_json\` holds what Datadog adds by itself (delays, ids of runbooks, \`metric alert\` for a
simple query) for a change, in every plan.

${markdownTable(
  ['Variable', 'Type', 'Default', 'Meaning'],
  Object.entries(variable).map(([name, { type, default: preset, description }]) => [
    code(name),
    code(type),
    code(JSON.stringify(preset)),
    description,
  ]),
)}`
}

function monitorRow(path: string, { query, priority, options }: Monitor): string[] {
  const { critical: _, ...others } = options.thresholds
  const thresholds = Object.entries(others).map(([name, value]) => `${name.replaceAll('_', ' ')} ${value}`)
  return [
    code(checkOf(path)),
    String(priority),
    code(query),
    thresholds.join(', '),
    options.on_missing_data ?? '',
  ]
}

function checkOf(path: string): string {
  return path.replace(/^.*\//, '').replace('.monitor.json', '')
}

function meaningRow(path: string, { name, message }: Monitor): string[] {
  const [, recovered = ''] = /\{\{#is_recovery\}\}\n(.*)\n\{\{\/is_recovery\}\}/.exec(message) ?? []
  return [code(checkOf(path)), name, recovered]
}
