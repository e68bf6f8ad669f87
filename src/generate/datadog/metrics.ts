import { GENERATED_MARK } from '../../model/generated-file.ts'
import { GLOBAL_TAGS, type MetricRow } from '../../telemetry/catalogue.ts'
import type { Catalogue } from '../catalogue-check.ts'
import type { Json } from '../to-json.ts'

const NOTE = `Made by Assay from its metric catalogue: changes made here are lost. ${GENERATED_MARK}`
/** Units of Datadog’s list that the catalogue uses: it takes no others. */
const UNITS: ReadonlySet<string> = new Set(['event', 'record', 'second', 'request', 'fraction'])

/** Units and descriptions, which are not on the wire: for each metric the body that the API takes. */
export function metricMetadata(catalogue: Catalogue): Json {
  const bodies = Object.entries(catalogue).map(([name, row]) => [name, metadataOf(name, row)] as const)
  return { '//': NOTE, metrics: Object.fromEntries(bodies) }
}

/** The unit of a metric, if Datadog knows it. */
export function unitOf({ unit }: MetricRow): string | undefined {
  return unit !== undefined && UNITS.has(unit) ? unit : undefined
}

function metadataOf(name: string, row: MetricRow): Json {
  const { type, help } = row
  const unit = unitOf(row)
  return {
    description: help,
    short_name: name.replace(/^dq\./, '').replaceAll(/[._]/g, ' '),
    type,
    ...(unit === undefined ? {} : { unit }),
  }
}

/** Which tags can be queried, and percentiles for distributions: for each metric the attributes that the API takes. */
export function metricTags(catalogue: Catalogue): Json {
  const attributes = Object.entries(catalogue).map(([name, { type, tags }]) => [
    name,
    {
      metric_type: type,
      tags: [...GLOBAL_TAGS, ...tags].sort(),
      ...(type === 'distribution' ? { include_percentiles: true } : {}),
    },
  ])
  return { '//': NOTE, metrics: Object.fromEntries(attributes) as { [key: string]: Json } }
}
