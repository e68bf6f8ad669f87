import { GENERATED_MARK, type GeneratedFile } from '../../model/generated-file.ts'
import { resourceName } from '../names.ts'
import { toJson, type Json } from '../to-json.ts'
import { ARTEFACT_SUFFIXES, type Artefact, type ArtefactKind } from './artefact.ts'
import { monitorBody } from './terraform/monitor-body.ts'
import type { Reading } from './terraform/reading.ts'
import { sloBody } from './terraform/slo-body.ts'

const NOTE = `Made by Assay: it reads the JSON beside it. Changes made here are lost. ${GENERATED_MARK}`
/** What an objective is called in the query of a monitor, until its id is known. */
const SLO_PLACEHOLDER = /\bslo:([A-Za-z0-9._-]+)\/(validity|freshness)/

type Blocks = Record<string, Json>

/** A Terraform module that creates the same things out of the same files: a file for each contract, domain and kind of the rest. */
export function terraformFiles(artefacts: readonly Artefact[]): GeneratedFile[] {
  const groups = Map.groupBy(artefacts, ({ path }) => groupOf(path))
  const files = [...groups].map(([group, members]) => ({ path: `${group}.tf.json`, text: textOf(members) }))
  return [{ path: 'assay.tf.json', text: toJson({ '//': NOTE, ...MODULE }) }, ...files]
}

const MODULE = {
  terraform: {
    // Objectives take a formula of bad events after 4.3, and distributions keep their type from 4.16 on.
    required_providers: { datadog: { source: 'DataDog/datadog', version: '>= 4.16' } },
  },
  variable: {
    shared: {
      type: 'bool',
      default: true,
      nullable: false,
      description:
        'Whether dashboards and catalogue entities are made, which are the same for all environments: true in one of them.',
    },
    metrics: {
      type: 'set(string)',
      default: [],
      nullable: false,
      description:
        'Metrics that get their unit, description and tags, in one module of an account. Datadog refuses these for a metric that it has not received.',
    },
  },
}

/** `contracts/ads.x/…` goes into contract.ads.x, `domains/ads/…` into domain.ads, the rest by its folder. */
function groupOf(path: string): string {
  const [folder, name, rest] = path.split('/')
  if (rest === undefined) return name === undefined ? 'metrics' : (folder ?? 'metrics')
  return `${folder?.replace(/s$/, '')}.${name}`
}

function textOf(artefacts: readonly Artefact[]): string {
  const locals: Blocks = {}
  const resource: Record<string, Blocks> = {}
  for (const artefact of artefacts) {
    const type = TYPES[artefact.kind]
    if (!isReadWhole(artefact.kind)) locals[localOf(artefact)] = `\${jsondecode(${fileOf(artefact)})}`
    resource[type] = { ...resource[type], [nameOf(artefact)]: bodyOf(artefact) }
  }
  return toJson({ '//': NOTE, ...(Object.keys(locals).length === 0 ? {} : { locals }), resource })
}

const TYPES: Readonly<Record<ArtefactKind, string>> = {
  dashboard: 'datadog_dashboard_json',
  monitor: 'datadog_monitor',
  slo: 'datadog_service_level_objective',
  entity: 'datadog_software_catalog',
  notificationRule: 'datadog_monitor_notification_rule',
  metadata: 'datadog_metric_metadata',
  tags: 'datadog_metric_tag_configuration',
}

/** The same for all environments, of which one makes them. */
const IF_SHARED = '${var.shared ? 1 : 0}'

function bodyOf(artefact: Artefact): Json {
  const { kind, json } = artefact
  const of: Reading = (field) => `\${local.${localOf(artefact)}.${field}}`
  switch (kind) {
    case 'dashboard':
      return { count: IF_SHARED, dashboard: `\${${fileOf(artefact)}}` }
    case 'entity':
      return { count: IF_SHARED, entity: `\${${fileOf(artefact)}}` }
    case 'monitor':
      return monitorBody(json, of, queryOf(artefact))
    case 'slo':
      return sloBody(json, of)
    case 'notificationRule':
      return notificationBody((field) => of(`data.attributes.${field}`))
    case 'metadata':
      return metricBody(artefact, 'metric', ['description', 'short_name', 'type'], 'unit')
    case 'tags':
      return metricBody(artefact, 'metric_name', ['metric_type', 'tags'], 'include_percentiles')
  }
}

function isReadWhole(kind: ArtefactKind): boolean {
  return kind === 'dashboard' || kind === 'entity'
}

/** Dots and slashes may not stand in a name: what differs in them alone is told apart by a hash. */
function nameOf({ path, kind }: Pick<Artefact, 'path' | 'kind'>): string {
  return resourceName(path.replace(ARTEFACT_SUFFIXES[kind], '') || kind)
}

/** A monitor and an objective may have the same name. */
function localOf(artefact: Artefact): string {
  return `${artefact.kind}_${nameOf(artefact)}`
}

function fileOf({ path }: Artefact): string {
  return `file("\${path.module}/${path}")`
}

/** The query of a monitor; that of an objective gets its id. */
function queryOf(artefact: Artefact): string {
  const { path, json } = artefact
  const read = `local.${localOf(artefact)}.query`
  const [placeholder, , promise] = SLO_PLACEHOLDER.exec((json as { readonly query: string }).query) ?? []
  if (placeholder === undefined || promise === undefined) return `\${${read}}`
  const slo = nameOf({ kind: 'slo', path: `${path.slice(0, path.lastIndexOf('/'))}/${promise}.slo.json` })
  return `\${replace(${read}, "${placeholder}", datadog_service_level_objective.${slo}.id)}`
}

function notificationBody(of: Reading): Json {
  return { name: of('name'), recipients: of('recipients'), filter: { tags: of('filter.tags') } }
}

/** One for each metric that is asked for, from the file that has all of them. */
function metricBody(artefact: Artefact, key: string, fields: readonly string[], optional: string): Json {
  const metric = `local.${localOf(artefact)}.metrics[each.key]`
  return {
    for_each: '${var.metrics}',
    [key]: '${each.key}',
    ...Object.fromEntries(fields.map((field) => [field, `\${${metric}.${field}}`])),
    [optional]: `\${try(${metric}.${optional}, null)}`,
  }
}
