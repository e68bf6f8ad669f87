import { prometheusLabel, prometheusName } from '../../model/prometheus-name.ts'
import { GLOBAL_TAGS, type MetricRow } from '../../telemetry/catalogue.ts'
import type { Catalogue } from '../catalogue-check.ts'

/** What the catalogue says of a metric, by the names that Prometheus has for it. */
export interface KnownMetric {
  readonly type: MetricRow['type']
  readonly labels: ReadonlySet<string>
  /** Closed sets of values, by label. */
  readonly values: ReadonlyMap<string, readonly string[]>
}

/** The metrics of the catalogue by their names in Prometheus; distributions by that of their buckets. */
export function metricsByName(catalogue: Catalogue): Map<string, KnownMetric> {
  return new Map(
    Object.entries(catalogue).map(([name, { type, tags, values = {} }]) => {
      const isSpread = type === 'distribution'
      const labels = [...[...GLOBAL_TAGS, ...tags].map(prometheusLabel), ...(isSpread ? ['le'] : [])]
      const closed = Object.entries(values).map(([tag, each]) => [prometheusLabel(tag), each] as const)
      const known = { type, labels: new Set(labels), values: new Map(closed) }
      return [isSpread ? `${prometheusName(name, type)}_bucket` : prometheusName(name, type), known]
    }),
  )
}

/** The labels that each of them has. */
export function labelsByName(metrics: ReadonlyMap<string, KnownMetric>): Map<string, ReadonlySet<string>> {
  return new Map([...metrics].map(([name, { labels }]) => [name, labels]))
}
