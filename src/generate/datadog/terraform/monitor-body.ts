import type { Json } from '../../to-json.ts'
import { fieldsOf, type Reading } from './reading.ts'

interface MonitorParts {
  readonly options: { readonly thresholds: object }
  readonly assets?: readonly object[]
}

/**
 * A monitor field by field: `datadog_monitor_json` would take the file as it is, but knows nothing of what Datadog adds by itself (delays,
 * the ids of runbooks, `metric alert` for a simple query), so that every plan would change each monitor or make it anew.
 */
export function monitorBody(json: Json, of: Reading, query: string): Json {
  const { options, assets = [], ...fields } = json as unknown as MonitorParts
  const { thresholds, ...others } = options
  return {
    ...fieldsOf(fields, of),
    ...fieldsOf(others, of, 'options.'),
    query,
    monitor_thresholds: fieldsOf(thresholds, of, 'options.thresholds.'),
    ...(assets.length === 0
      ? {}
      : { assets: assets.map((asset, index) => fieldsOf(asset, of, `assets[${index}].`)) }),
  }
}
