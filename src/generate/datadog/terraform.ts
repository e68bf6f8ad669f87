import { GENERATED_MARK, type GeneratedFile } from '../../model/generated-file.ts'
import { resourceName } from '../names.ts'
import { toJson, type Json } from '../to-json.ts'
import { ARTEFACT_SUFFIXES, type Artefact } from './artefact.ts'

const NOTE = `Made by Assay: it reads the JSON beside it. Changes made here are lost. ${GENERATED_MARK}`
/** What an objective is called in the query of a monitor, until its id is known. */
const SLO_PLACEHOLDER = /\bslo:([A-Za-z0-9._-]+)\/(validity|freshness)/

type Resources = Record<string, Record<string, Json>>

/** A Terraform module that creates the same things out of the same files: a file for each contract, domain and kind of the rest. */
export function terraformFiles(artefacts: readonly Artefact[]): GeneratedFile[] {
  const groups = Map.groupBy(artefacts, ({ path }) => groupOf(path))
  const files = [...groups].map(([group, members]) => {
    return { path: `${group}.tf.json`, text: toJson({ '//': NOTE, resource: resourcesOf(members) }) }
  })
  return [{ path: 'assay.tf.json', text: toJson({ '//': NOTE, terraform: PROVIDERS }) }, ...files]
}

const PROVIDERS = {
  required_providers: { datadog: { source: 'DataDog/datadog', version: '>= 4.0' } },
}

/** `contracts/ads.x/…` goes into contract.ads.x, `domains/ads/…` into domain.ads, the rest by its folder. */
function groupOf(path: string): string {
  const [folder, name, rest] = path.split('/')
  if (rest === undefined) return name === undefined ? 'metrics' : (folder ?? 'metrics')
  return `${folder?.replace(/s$/, '')}.${name}`
}

function resourcesOf(artefacts: readonly Artefact[]): Resources {
  const resources: Resources = {}
  for (const artefact of artefacts) {
    const { type, body } = resourceOf(artefact)
    resources[type] = { ...resources[type], [nameOf(artefact)]: body }
  }
  return resources
}

function nameOf({ path, kind }: Pick<Artefact, 'path' | 'kind'>): string {
  return resourceName(path.replace(ARTEFACT_SUFFIXES[kind], '') || kind)
}

function resourceOf(artefact: Artefact): { type: string; body: Json } {
  const text = `file("\${path.module}/${artefact.path}")`
  switch (artefact.kind) {
    case 'dashboard':
      return { type: 'datadog_dashboard_json', body: { dashboard: `\${${text}}` } }
    case 'monitor':
      return { type: 'datadog_monitor_json', body: { monitor: `\${${withSloId(artefact, text)}}` } }
    case 'slo':
      return { type: 'datadog_service_level_objective', body: sloBody(artefact.json, `jsondecode(${text})`) }
    case 'entity':
      return { type: 'datadog_software_catalog', body: { entity: `\${${text}}` } }
    case 'notificationRule':
      return {
        type: 'datadog_monitor_notification_rule',
        body: notificationBody(`jsondecode(${text}).data.attributes`),
      }
    case 'metadata':
      return { type: 'datadog_metric_metadata', body: metadataBody(`jsondecode(${text}).metrics`) }
    case 'tags':
      return { type: 'datadog_metric_tag_configuration', body: tagsBody(`jsondecode(${text}).metrics`) }
  }
}

/** Replaced, and not a template: a message may hold what Terraform would take for one. */
function withSloId({ path, json }: Artefact, text: string): string {
  const query = (json as { readonly query: string }).query
  const [placeholder, , promise] = SLO_PLACEHOLDER.exec(query) ?? []
  if (placeholder === undefined || promise === undefined) return text
  const slo = nameOf({ kind: 'slo', path: `${path.slice(0, path.lastIndexOf('/'))}/${promise}.slo.json` })
  return `replace(${text}, "${placeholder}", datadog_service_level_objective.${slo}.id)`
}

/** The one resource that takes no JSON. */
function sloBody(json: Json, decoded: string): Json {
  const of = (field: string) => `\${${decoded}.${field}}`
  const { type, thresholds } = json as { readonly type: string; readonly thresholds: readonly Json[] }
  return {
    name: of('name'),
    description: of('description'),
    type: of('type'),
    tags: of('tags'),
    timeframe: of('timeframe'),
    target_threshold: of('target_threshold'),
    ...('warning_threshold' in (json as object) ? { warning_threshold: of('warning_threshold') } : {}),
    thresholds: thresholds.map((threshold, index) =>
      Object.fromEntries(
        Object.keys(threshold as object).map((key) => [key, of(`thresholds[${index}].${key}`)]),
      ),
    ),
    sli_specification: type === 'metric' ? { count: countBody(of) } : { time_slice: timeSliceBody(of) },
  }
}

function countBody(of: (field: string) => string): Json {
  const count = 'sli_specification.count'
  return {
    good_events_formula: { formula_expression: of(`${count}.good_events_formula.formula`) },
    bad_events_formula: { formula_expression: of(`${count}.bad_events_formula.formula`) },
    queries: [0, 1].map((index) => ({
      metric_query: metricQueryBody((field) => of(`${count}.queries[${index}].${field}`)),
    })),
  }
}

function timeSliceBody(of: (field: string) => string): Json {
  const slice = 'sli_specification.time_slice'
  return {
    comparator: of(`${slice}.comparator`),
    threshold: of(`${slice}.threshold`),
    query_interval_seconds: of(`${slice}.query_interval_seconds`),
    query: {
      formula: { formula_expression: of(`${slice}.query.formulas[0].formula`) },
      query: { metric_query: metricQueryBody((field) => of(`${slice}.query.queries[0].${field}`)) },
    },
  }
}

function metricQueryBody(of: (field: string) => string): Json {
  return { data_source: of('data_source'), name: of('name'), query: of('query') }
}

function notificationBody(attributes: string): Json {
  return {
    name: `\${${attributes}.name}`,
    recipients: `\${${attributes}.recipients}`,
    filter: { tags: `\${${attributes}.filter.tags}` },
  }
}

function metadataBody(metrics: string): Json {
  return {
    for_each: `\${${metrics}}`,
    metric: '${each.key}',
    description: '${each.value.description}',
    short_name: '${each.value.short_name}',
    type: '${each.value.type}',
    unit: '${try(each.value.unit, null)}',
  }
}

function tagsBody(metrics: string): Json {
  return {
    for_each: `\${${metrics}}`,
    metric_name: '${each.key}',
    metric_type: '${each.value.metric_type}',
    tags: '${each.value.tags}',
    include_percentiles: '${try(each.value.include_percentiles, null)}',
  }
}
