import type { Contract } from '../../model/contract.ts'
import type { GeneratedFile } from '../../model/generated-file.ts'
import type { Catalogue } from '../catalogue-check.ts'
import { fileName } from '../names.ts'
import { DEFAULT_GENERATE_SETTINGS, type GenerateSettings } from '../settings.ts'
import { toJson } from '../to-json.ts'
import { groupBy, toWatched } from '../watched.ts'
import type { Artefact } from './artefact.ts'
import { contractDashboard } from './dashboards/contract-dashboard.ts'
import { dashboardJson } from './dashboards/dashboard.ts'
import { domainDashboard } from './dashboards/domain-dashboard.ts'
import { checkerEntity, domainEntity, topicEntity } from './entities.ts'
import { metricMetadata, metricTags } from './metrics.ts'
import { contractSubject, groupSubject, type MonitorDraft, monitorJson, type Subject } from './monitor.ts'
import { burnMonitors } from './monitors/burn.ts'
import { checkerMonitors, domainMonitors, topicMonitors } from './monitors/checker.ts'
import { ruleMonitors, validityMonitors } from './monitors/shares.ts'
import { freshnessMonitors, notAppliedMonitors, volumeMonitors } from './monitors/streams.ts'
import { notificationRule } from './notification-rules.ts'
import { Queries } from './queries.ts'
import { slosOf } from './slo.ts'
import { terraformFiles } from './terraform.ts'
import type { Watched, WatchedGroup } from './watched.ts'

/**
 * All that Datadog shall have for the contracts: dashboards, monitors, objectives, metadata of metrics, entities and notification rules as
 * the bodies that its API takes, and Terraform that reads the same files. The same contracts give the same bytes, in whatever order.
 *
 * @throws Fault GENERATE_NOT_IN_CATALOGUE if a query would need what the catalogue does not have
 */
export function generateDatadog(
  contracts: readonly Contract[],
  catalogue: Catalogue,
  settings: GenerateSettings = DEFAULT_GENERATE_SETTINGS,
): GeneratedFile[] {
  const artefacts = artefactsOf(contracts, catalogue, settings)
  const files = artefacts.map(({ path, json }) => ({ path, text: toJson(json) }))
  return [...files, ...terraformFiles(artefacts)].sort((one, other) => (one.path < other.path ? -1 : 1))
}

function artefactsOf(
  contracts: readonly Contract[],
  catalogue: Catalogue,
  settings: GenerateSettings,
): Artefact[] {
  const watched = toWatched(contracts, new Queries(catalogue), settings)
  const teams = [...new Set(watched.map(({ tags }) => tags.team))].sort()
  const topics = Map.groupBy(watched, ({ tags }) => tags.topic)
  return [
    { kind: 'metadata', path: 'metrics.metadata.json', json: metricMetadata(catalogue) },
    { kind: 'tags', path: 'metrics.tags.json', json: metricTags(catalogue) },
    ...watched.flatMap(contractArtefacts),
    ...groupBy(watched, 'topic').flatMap(topicArtefacts),
    ...groupBy(watched, 'domain').flatMap(domainArtefacts),
    ...[...topics].map(([topic, group]): Artefact => {
      return {
        kind: 'entity',
        path: `topics/${fileName(topic)}.entity.json`,
        json: topicEntity(topic, group),
      }
    }),
    ...teams.map((team): Artefact => {
      const json = notificationRule(team, settings)
      return { kind: 'notificationRule', path: `teams/${fileName(team)}.notification-rule.json`, json }
    }),
  ]
}

function contractArtefacts(watched: Watched): Artefact[] {
  const folder = `contracts/${fileName(watched.tags.contract)}`
  const slos = slosOf(watched)
  const drafts = [
    ...validityMonitors(watched),
    ...ruleMonitors(watched),
    ...freshnessMonitors(watched),
    ...volumeMonitors(watched),
    ...notAppliedMonitors(watched),
    ...checkerMonitors(watched),
    ...slos.flatMap((slo) => burnMonitors(watched, slo)),
  ]
  return [
    {
      kind: 'dashboard',
      path: `${folder}/contract.dashboard.json`,
      json: dashboardJson(contractDashboard(watched)),
    },
    ...slos.map(({ promise, json }): Artefact => ({
      kind: 'slo',
      path: `${folder}/${promise}.slo.json`,
      json,
    })),
    ...monitorArtefacts(`${folder}/`, drafts, contractSubject(watched)),
  ]
}

function topicArtefacts(group: WatchedGroup): Artefact[] {
  const place = `domains/${fileName(group.domain)}/${fileName(group.name)}.`
  return monitorArtefacts(place, topicMonitors(group), groupSubject(group, 'topic'))
}

function domainArtefacts(group: WatchedGroup): Artefact[] {
  const folder = `domains/${fileName(group.name)}`
  return [
    {
      kind: 'dashboard',
      path: `${folder}/domain.dashboard.json`,
      json: dashboardJson(domainDashboard(group)),
    },
    { kind: 'entity', path: `${folder}/system.entity.json`, json: domainEntity(group) },
    { kind: 'entity', path: `${folder}/checker.entity.json`, json: checkerEntity(group) },
    ...monitorArtefacts(`${folder}/`, domainMonitors(group), groupSubject(group, 'domain')),
  ]
}

function monitorArtefacts(place: string, drafts: readonly MonitorDraft[], subject: Subject): Artefact[] {
  return drafts.map((draft) => ({
    kind: 'monitor',
    path: `${place}${fileName(draft.check)}.monitor.json`,
    json: monitorJson(draft, subject),
  }))
}
