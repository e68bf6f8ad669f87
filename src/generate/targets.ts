import type { Contract } from '../model/contract.ts'
import { GENERATED_MARK, type GeneratedFile } from '../model/generated-file.ts'
import { CATALOGUE } from '../telemetry/catalogue.ts'
import { generateDatadog } from './datadog/generate-datadog.ts'
import { lintDatadog } from './datadog/lint/lint-datadog.ts'
import { GRAFANA_MARK } from './grafana/dashboard.ts'
import { generateGrafana } from './grafana/generate-grafana.ts'
import { lintGrafana } from './grafana/lint/lint.ts'
import { PROMETHEUS_MARK } from './prometheus/rule-files.ts'
import { generatePrometheus } from './prometheus/generate-prometheus.ts'
import { lintPrometheus } from './prometheus/lint/lint.ts'
import type { Finding } from './finding.ts'
import type { GenerateSettings } from './settings.ts'

/** A system that files are made for. */
export interface Target {
  readonly name: string
  /** For help: what is written. */
  readonly description: string
  /** Stands in every file of this target, and in none of another: what carries it may be changed and removed. */
  readonly mark: string
  /** @throws Fault GENERATE_NOT_IN_CATALOGUE */
  generate(contracts: readonly Contract[], settings: GenerateSettings): readonly GeneratedFile[]
  /** What the system would refuse in such files, by their path, or what would mislead its reader. */
  lint(files: ReadonlyMap<string, string>): readonly Finding[]
}

export const TARGETS: readonly Target[] = [
  {
    name: 'datadog',
    description:
      'dashboards, monitors, objectives, metric metadata, entities and notification rules as JSON of Datadog’s API, with Terraform that reads it',
    mark: GENERATED_MARK,
    generate: (contracts, settings) => generateDatadog(contracts, CATALOGUE, settings),
    lint: (files) => lintDatadog(files, CATALOGUE),
  },
  {
    name: 'prometheus',
    description:
      'recording and alert rules with promtool tests, and a mapping for statsd_exporter under which they hold',
    mark: PROMETHEUS_MARK,
    generate: (contracts, settings) => generatePrometheus(contracts, CATALOGUE, settings),
    lint: (files) => lintPrometheus(files, CATALOGUE),
  },
  {
    name: 'grafana',
    description: 'dashboards over the metrics of /metrics: one for each contract, and one for each domain',
    mark: GRAFANA_MARK,
    generate: (contracts, settings) => generateGrafana(contracts, CATALOGUE, settings),
    lint: (files) => lintGrafana(files, CATALOGUE),
  },
]
