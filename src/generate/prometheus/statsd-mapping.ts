import { DURATION_BUCKETS, prometheusName } from '../../model/prometheus-name.ts'
import type { MetricRow } from '../../telemetry/catalogue.ts'
import type { Catalogue } from '../catalogue-check.ts'

/** A gauge that nobody sends any more is unknown, and must not keep its last value. */
const GAUGE_TTL = '2m'

/** What statsd_exporter is told of one metric. */
interface Mapping {
  readonly match: string
  readonly name: string
  readonly ttl?: string
  readonly observer_type?: 'histogram'
  readonly histogram_options?: { readonly buckets: readonly number[] }
}

/** The mapping by which statsd_exporter shows our metrics under the names that `/metrics` has, so that the same rules hold for both. */
export function statsdMapping(catalogue: Catalogue): { readonly mappings: readonly Mapping[] } {
  return { mappings: Object.entries(catalogue).map(([match, { type }]) => mappingOf(match, type)) }
}

/** The mapping of one metric. */
export function mappingOf(match: string, type: MetricRow['type']): Mapping {
  return {
    match,
    name: prometheusName(match, type),
    ...(type === 'gauge' ? { ttl: GAUGE_TTL } : {}),
    ...(type === 'distribution'
      ? { observer_type: 'histogram', histogram_options: { buckets: DURATION_BUCKETS } }
      : {}),
  }
}
