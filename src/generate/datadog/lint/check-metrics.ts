import { GLOBAL_TAGS } from '../../../telemetry/catalogue.ts'
import type { Catalogue } from '../../catalogue-check.ts'
import { unitOf } from '../metrics.ts'
import type { ShapeChecker } from './check-shape.ts'
import type { Report } from '../../finding.ts'
import type { MetadataJson, MetricsJson, TagsJson } from './json-types.ts'

/** What is wrong with the metadata: each metric of the catalogue has it, with its own type and unit. */
export function checkMetadata(
  value: unknown,
  catalogue: Catalogue,
  shapes: ShapeChecker,
  report: Report,
): void {
  if (!shapes.isSound('metadata', value, '', report)) return
  const { metrics } = value as MetricsJson<MetadataJson>
  checkNames(metrics, catalogue, report)
  for (const [name, { type, unit }] of Object.entries(metrics)) {
    const row = catalogue[name]
    if (row === undefined) continue
    if (type !== row.type) report(`/metrics/${name}/type`, `the catalogue says ${row.type}`)
    if (unit !== unitOf(row)) report(`/metrics/${name}/unit`, `the catalogue says ${unitOf(row) ?? 'none'}`)
  }
}

/** What is wrong with the tag configurations. */
export function checkTagConfiguration(
  value: unknown,
  catalogue: Catalogue,
  shapes: ShapeChecker,
  report: Report,
): void {
  if (!shapes.isSound('tags', value, '', report)) return
  const { metrics } = value as MetricsJson<TagsJson>
  checkNames(metrics, catalogue, report)
  for (const [name, { metric_type: type, tags, include_percentiles: percentiles }] of Object.entries(
    metrics,
  )) {
    const row = catalogue[name]
    if (row === undefined) continue
    if (type !== row.type) report(`/metrics/${name}/metric_type`, `the catalogue says ${row.type}`)
    const known = [...GLOBAL_TAGS, ...row.tags]
    for (const tag of tags.filter((each) => !known.includes(each)))
      report(`/metrics/${name}/tags`, `the metric has no tag ${tag}`)
    for (const tag of known.filter((each) => !tags.includes(each)))
      report(`/metrics/${name}/tags`, `tag ${tag} could not be queried`)
    if (percentiles !== undefined && row.type !== 'distribution')
      report(`/metrics/${name}/include_percentiles`, 'only distributions have percentiles')
  }
}

function checkNames(metrics: Readonly<Record<string, unknown>>, catalogue: Catalogue, report: Report): void {
  for (const name of Object.keys(metrics).filter((each) => !(each in catalogue)))
    report(`/metrics/${name}`, 'is no metric of the catalogue')
  for (const name of Object.keys(catalogue).filter((each) => !(each in metrics)))
    report('/metrics', `${name} is missing`)
}

/** Metrics whose percentiles a folder switches on. */
export function percentilesOf(value: unknown): ReadonlySet<string> {
  const { metrics } = (value ?? {}) as Partial<MetricsJson<Partial<TagsJson>>>
  const names = Object.entries(metrics ?? {}).filter(([, body]) => body?.include_percentiles === true)
  return new Set(names.map(([name]) => name))
}
