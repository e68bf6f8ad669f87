import { DURATION_BUCKETS, prometheusName } from '../../model/prometheus-name.ts'
import type { Catalogue } from '../catalogue-check.ts'

/** A gauge that nobody sends any more is unknown, and must not keep its last value. */
const GAUGE_TTL = '2m'

/** The mapping by which statsd_exporter shows our metrics under the names that `/metrics` has, so that the same rules hold for both. */
export function statsdMapping(catalogue: Catalogue): object {
  return {
    mappings: Object.entries(catalogue).map(([match, { type }]) => ({
      match,
      name: prometheusName(match, type),
      ...(type === 'gauge' ? { ttl: GAUGE_TTL } : {}),
      ...(type === 'distribution'
        ? { observer_type: 'histogram', histogram_options: { buckets: DURATION_BUCKETS } }
        : {}),
    })),
  }
}
