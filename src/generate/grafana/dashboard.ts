import type { Contract } from '../../model/contract.ts'
import { shortHash } from '../names.ts'
import type { Json } from '../to-json.ts'
import { DATASOURCE } from './datasource.ts'
import { placeSections, type Section } from './layout.ts'

/** Stands among the tags of every dashboard. */
export const GRAFANA_MARK = 'generated-by:assay/grafana'

/** Of Grafana 11. */
export const SCHEMA_VERSION = 39
const SLUG_LENGTH = 22

/** Grafana keeps no more of a tag in its database: a dashboard with a longer one is not saved (grafana/grafana#22424, #116047). */
export const MAX_TAG_LENGTH = 50
const HASH_LENGTH = 8

export interface DashboardDraft {
  readonly uid: string
  readonly title: string
  readonly description: string
  readonly tags: readonly string[]
  readonly links: readonly Json[]
  readonly sections: readonly Section[]
  /** The environment that is shown at first; undefined for a dashboard without environments. */
  readonly env: string | undefined
  /** The series of changes of status, to be marked in time. */
  readonly changes: string
}

/** Stable and unlike that of any other subject: at most 40 characters. */
export function uidOf(kind: 'contract' | 'domain', name: string): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, SLUG_LENGTH)
  return `assay-${kind.charAt(0)}-${slug}-${shortHash(`${kind}/${name}`)}`
}

/** A tag `key:value`. Of one that is too long the beginning stays, with a hash of the whole. */
export function tagOf(key: string, value: string): string {
  const tag = `${key}:${value}`
  return tag.length <= MAX_TAG_LENGTH
    ? tag
    : `${tag.slice(0, MAX_TAG_LENGTH - HASH_LENGTH - 1)}-${shortHash(tag)}`
}

/** A dashboard as Grafana provisions it. */
export function dashboardJson({ sections, env, changes, tags, ...draft }: DashboardDraft): Json {
  return {
    ...draft,
    id: null,
    tags: ['assay', ...tags, GRAFANA_MARK].toSorted(),
    schemaVersion: SCHEMA_VERSION,
    version: 1,
    editable: false,
    graphTooltip: 1,
    refresh: '1m',
    timezone: 'browser',
    time: { from: 'now-24h', to: 'now' },
    templating: { list: [datasourceVariable(), ...(env === undefined ? [] : [envVariable(env)])] },
    annotations: { list: [changesAnnotation(changes)] },
    panels: placeSections(sections),
  }
}

/** A link at the head of a dashboard. */
export function linkTo(title: string, url: string): Json {
  const isInside = url.startsWith('/d/')
  return {
    type: 'link',
    title,
    url,
    icon: isInside ? 'dashboard' : 'doc',
    tooltip: '',
    tags: [],
    asDropdown: false,
    targetBlank: !isInside,
    keepTime: isInside,
    includeVars: isInside,
  }
}

/** The runbook and what else a contract links to, as far as a browser can go there. */
export function linksOf({ links }: Contract): [string, string][] {
  return Object.entries(links)
    .filter(([, url]) => /^https?:\/\/[^\s/]/.test(url))
    .sort(([one], [other]) => (one < other ? -1 : 1))
}

function datasourceVariable(): Json {
  return { type: 'datasource', name: 'datasource', label: 'Prometheus', query: 'prometheus', hide: 0 }
}

function envVariable(env: string): Json {
  const query = 'label_values(dq_heartbeat_total, env)'
  return {
    type: 'query',
    name: 'env',
    label: 'Environment',
    datasource: DATASOURCE,
    definition: query,
    query: { query, refId: 'env' },
    refresh: 2,
    sort: 1,
    hide: 0,
    multi: true,
    includeAll: true,
    allValue: '.*',
    current: { text: [env], value: [env] },
  }
}

/** A count that appears with its first change has not grown: it is new instead. */
function changesIn(changes: string, window: string): string {
  return `(${changes} unless ${changes} offset ${window}) or increase(${changes}[${window}])`
}

function changesAnnotation(changes: string): Json {
  return {
    name: 'Changes of status',
    enable: true,
    hide: false,
    iconColor: 'orange',
    datasource: DATASOURCE,
    expr: `sum by (contract, status) (${changesIn(changes, '2m')}) > 0`,
    step: '60s',
    titleFormat: '{{contract}}',
    textFormat: 'became {{status}}',
    tagKeys: 'status',
  }
}
