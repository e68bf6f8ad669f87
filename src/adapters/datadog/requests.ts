import type { RemoteBody, RemoteKind, RemovableKind } from '../../ports/datadog-api.ts'
import type { ApiName, Parameters } from './calls.ts'

/** A call of the client: the API, its method, and parameters by name. */
export type Request = readonly [ApiName, string, Parameters]

/** Makes a model of the client out of JSON. */
export type ToModel = (version: 'v1' | 'v2', type: string, body: unknown) => unknown

const REMOVALS: Readonly<Record<RemovableKind, (id: string) => Request>> = {
  tags: (id) => ['tags', 'deleteTagConfiguration', { metricName: id }],
  slo: (id) => ['slos', 'deleteSLO', { sloId: id }],
  monitor: (id) => ['monitors', 'deleteMonitor', { monitorId: Number(id) }],
  notificationRule: (id) => ['rules', 'deleteMonitorNotificationRule', { ruleId: id }],
  dashboard: (id) => ['dashboards', 'deleteDashboard', { dashboardId: id }],
  entity: (id) => ['catalog', 'deleteCatalogEntity', { entityId: id }],
}

export function removalOf(kind: RemovableKind, id: string): Request {
  return REMOVALS[kind](id)
}

/** @param name of the metric, for kinds that belong to one */
export function creationOf(kind: RemoteKind, body: RemoteBody, name: string, toModel: ToModel): Request {
  switch (kind) {
    // Both are one request in Datadog.
    case 'metadata':
    case 'entity':
      return changeOf(kind, name, body, toModel)
    case 'tags': {
      const data = { data: { type: 'manage_tags', id: name, attributes: body } }
      const model = toModel('v2', 'MetricTagConfigurationCreateRequest', data)
      return ['tags', 'createTagConfiguration', { metricName: name, body: model }]
    }
    case 'slo':
      return ['slos', 'createSLO', { body: toModel('v1', 'ServiceLevelObjectiveRequest', body) }]
    case 'monitor':
      return ['monitors', 'createMonitor', { body: toModel('v1', 'Monitor', body) }]
    case 'notificationRule': {
      const model = toModel('v2', 'MonitorNotificationRuleCreateRequest', body)
      return ['rules', 'createMonitorNotificationRule', { body: model }]
    }
    case 'dashboard':
      return ['dashboards', 'createDashboard', { body: toModel('v1', 'Dashboard', body) }]
  }
}

export function changeOf(kind: RemoteKind, id: string, body: RemoteBody, toModel: ToModel): Request {
  switch (kind) {
    case 'metadata':
      return [
        'metrics',
        'updateMetricMetadata',
        { metricName: id, body: toModel('v1', 'MetricMetadata', body) },
      ]
    case 'entity':
      return ['catalog', 'upsertCatalogEntity', { body: toModel('v2', 'EntityV3', body) }]
    case 'tags': {
      const { metric_type: _, ...attributes } = body
      const data = { data: { type: 'manage_tags', id, attributes } }
      const model = toModel('v2', 'MetricTagConfigurationUpdateRequest', data)
      return ['tags', 'updateTagConfiguration', { metricName: id, body: model }]
    }
    case 'slo':
      return ['slos', 'updateSLO', { sloId: id, body: toModel('v1', 'ServiceLevelObjective', body) }]
    case 'monitor': {
      const model = toModel('v1', 'MonitorUpdateRequest', body)
      return ['monitors', 'updateMonitor', { monitorId: Number(id), body: model }]
    }
    case 'notificationRule': {
      const data = { data: { ...(body.data as RemoteBody), id } }
      const model = toModel('v2', 'MonitorNotificationRuleUpdateRequest', data)
      return ['rules', 'updateMonitorNotificationRule', { ruleId: id, body: model }]
    }
    case 'dashboard':
      return ['dashboards', 'updateDashboard', { dashboardId: id, body: toModel('v1', 'Dashboard', body) }]
  }
}
