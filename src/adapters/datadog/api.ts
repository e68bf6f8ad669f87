import { GENERATED_MARK } from '../../model/generated-file.ts'
import type { Clock } from '../../ports/clock.ts'
import type {
  DatadogApi,
  RemoteBody,
  RemoteKind,
  RemoteObject,
  RemovableKind,
} from '../../ports/datadog-api.ts'
import { type ApiName, Calls, type DatadogAccess, type Parameters } from './calls.ts'

const PAGE_SIZE = 100

const REMOVALS: Readonly<Record<RemovableKind, (id: string) => readonly [ApiName, string, Parameters]>> = {
  tags: (id) => ['tags', 'deleteTagConfiguration', { metricName: id }],
  slo: (id) => ['slos', 'deleteSLO', { sloId: id }],
  monitor: (id) => ['monitors', 'deleteMonitor', { monitorId: Number(id) }],
  notificationRule: (id) => ['rules', 'deleteMonitorNotificationRule', { ruleId: id }],
  dashboard: (id) => ['dashboards', 'deleteDashboard', { dashboardId: id }],
  entity: (id) => ['catalog', 'deleteCatalogEntity', { entityId: id }],
}

/** Datadog's API through its own client: bodies are made of the client's models, so what these don't know is refused before it is sent. */
export class DatadogHttpApi implements DatadogApi {
  readonly #calls: Calls

  /** @throws Fault DATADOG_CLIENT_MISSING */
  constructor(access: DatadogAccess, clock: Clock) {
    this.#calls = new Calls(access, clock)
  }

  async list(kind: RemoteKind, names: readonly string[]): Promise<readonly RemoteObject[]> {
    switch (kind) {
      case 'metadata':
        return this.#lookUp(names, (metricName) =>
          this.#calls.call('metrics', 'getMetricMetadata', { metricName }),
        )
      case 'tags':
        return this.#lookUp(names, async (metricName) => {
          return attributesOf(await this.#calls.call('tags', 'listTagConfigurationByName', { metricName }))
        })
      case 'slo':
        return this.#pages(async (page) => {
          const answer = await this.#calls.call('slos', 'listSLOs', {
            tagsQuery: GENERATED_MARK,
            limit: PAGE_SIZE,
            offset: page * PAGE_SIZE,
          })
          return listOf(answer, 'data').map((body) => ({ id: String(body.id), body }))
        })
      case 'monitor':
        return this.#pages(async (page) => {
          const parameters = { monitorTags: GENERATED_MARK, page, pageSize: PAGE_SIZE }
          const answer = await this.#calls.call('monitors', 'listMonitors', parameters)
          return (answer as unknown as RemoteBody[]).map((body) => ({ id: String(body.id), body }))
        })
      case 'notificationRule':
        return this.#listRules()
      case 'dashboard':
        return this.#listDashboards()
      case 'entity':
        return this.#listEntities()
    }
  }

  async create(kind: RemoteKind, body: RemoteBody, name: string): Promise<string | undefined> {
    switch (kind) {
      case 'metadata':
        return this.#ofMetric(name, () => this.#sendMetadata(name, body))
      case 'tags':
        return this.#ofMetric(name, () => {
          const data = { data: { type: 'manage_tags', id: name, attributes: body } }
          const parameters = {
            metricName: name,
            body: this.#calls.model('v2', 'MetricTagConfigurationCreateRequest', data),
          }
          return this.#calls.call('tags', 'createTagConfiguration', parameters)
        })
      case 'slo': {
        const model = this.#calls.model('v1', 'ServiceLevelObjectiveRequest', body)
        return String(listOf(await this.#calls.call('slos', 'createSLO', { body: model }), 'data')[0]?.id)
      }
      case 'monitor':
        return idOf(
          await this.#calls.call('monitors', 'createMonitor', {
            body: this.#calls.model('v1', 'Monitor', body),
          }),
        )
      case 'notificationRule': {
        const model = this.#calls.model('v2', 'MonitorNotificationRuleCreateRequest', body)
        return idOf((await this.#calls.call('rules', 'createMonitorNotificationRule', { body: model })).data)
      }
      case 'dashboard':
        return idOf(
          await this.#calls.call('dashboards', 'createDashboard', {
            body: this.#calls.model('v1', 'Dashboard', body),
          }),
        )
      case 'entity':
        await this.#calls.call('catalog', 'upsertCatalogEntity', {
          body: this.#calls.model('v2', 'EntityV3', body),
        })
        return name
    }
  }

  async update(kind: RemoteKind, id: string, body: RemoteBody): Promise<void> {
    switch (kind) {
      case 'metadata':
        return void (await this.#sendMetadata(id, body))
      case 'tags': {
        const { tags, include_percentiles: percentiles } = body
        const attributes = {
          tags,
          ...(percentiles === undefined ? {} : { include_percentiles: percentiles }),
        }
        const data = { data: { type: 'manage_tags', id, attributes } }
        const model = this.#calls.model('v2', 'MetricTagConfigurationUpdateRequest', data)
        return void (await this.#calls.call('tags', 'updateTagConfiguration', {
          metricName: id,
          body: model,
        }))
      }
      case 'slo':
        return void (await this.#calls.call('slos', 'updateSLO', {
          sloId: id,
          body: this.#calls.model('v1', 'ServiceLevelObjective', body),
        }))
      case 'monitor': {
        const model = this.#calls.model('v1', 'MonitorUpdateRequest', body)
        return void (await this.#calls.call('monitors', 'updateMonitor', {
          monitorId: Number(id),
          body: model,
        }))
      }
      case 'notificationRule': {
        const data = { data: { ...(body.data as RemoteBody), id } }
        const model = this.#calls.model('v2', 'MonitorNotificationRuleUpdateRequest', data)
        return void (await this.#calls.call('rules', 'updateMonitorNotificationRule', {
          ruleId: id,
          body: model,
        }))
      }
      case 'dashboard':
        return void (await this.#calls.call('dashboards', 'updateDashboard', {
          dashboardId: id,
          body: this.#calls.model('v1', 'Dashboard', body),
        }))
      case 'entity':
        return void (await this.#calls.call('catalog', 'upsertCatalogEntity', {
          body: this.#calls.model('v2', 'EntityV3', body),
        }))
    }
  }

  async remove(kind: RemovableKind, id: string): Promise<void> {
    const [api, method, parameters] = REMOVALS[kind](id)
    await this.#calls.call(api, method, parameters)
  }

  async #sendMetadata(metricName: string, body: RemoteBody): Promise<RemoteBody> {
    return this.#calls.call('metrics', 'updateMetricMetadata', {
      metricName,
      body: this.#calls.model('v1', 'MetricMetadata', body),
    })
  }

  async #listRules(): Promise<RemoteObject[]> {
    const answer = await this.#calls.call('rules', 'getMonitorNotificationRules', {})
    return listOf(answer, 'data')
      .filter((rule) => JSON.stringify(rule.attributes).includes(GENERATED_MARK))
      .map((rule) => ({
        id: String(rule.id),
        body: { data: { type: rule.type, attributes: rule.attributes } },
      }))
  }

  /** The list has no widgets, so each of ours is asked for. */
  async #listDashboards(): Promise<RemoteObject[]> {
    const summaries = await this.#pages(async (page) => {
      const answer = await this.#calls.call('dashboards', 'listDashboards', {
        count: PAGE_SIZE,
        start: page * PAGE_SIZE,
      })
      return listOf(answer, 'dashboards').map((body) => ({ id: String(body.id), body }))
    })
    const ours = summaries.filter(({ body }) => String(body.description).includes(GENERATED_MARK))
    const found: RemoteObject[] = []
    for (const { id } of ours) {
      found.push({ id, body: await this.#calls.call('dashboards', 'getDashboard', { dashboardId: id }) })
    }
    return found
  }

  async #listEntities(): Promise<RemoteObject[]> {
    const schemas = new Map<string, RemoteBody>()
    const entities = await this.#pages(async (page) => {
      const parameters = { pageLimit: PAGE_SIZE, pageOffset: page * PAGE_SIZE, include: 'schema' }
      const answer = await this.#calls.call('catalog', 'listCatalogEntity', parameters)
      for (const { id, attributes } of listOf(answer, 'included')) {
        schemas.set(String(id), (attributes as { schema?: RemoteBody } | undefined)?.schema ?? {})
      }
      return listOf(answer, 'data').map((body) => ({ id: String(body.id), body }))
    })
    return entities.flatMap(({ id, body }) => {
      const relation = (body.relationships as { schema?: { data?: { id?: string } } } | undefined)?.schema
        ?.data?.id
      const schema = schemas.get(relation ?? id) ?? {}
      return JSON.stringify(schema).includes(GENERATED_MARK) ? [{ id, body: schema }] : []
    })
  }

  async #lookUp(
    names: readonly string[],
    ask: (name: string) => Promise<RemoteBody>,
  ): Promise<RemoteObject[]> {
    const found: RemoteObject[] = []
    for (const name of names) {
      const body = await this.#calls.orMissing(() => ask(name))
      if (body !== undefined) found.push({ id: name, body })
    }
    return found
  }

  async #ofMetric(name: string, make: () => Promise<RemoteBody>): Promise<string | undefined> {
    return (await this.#calls.orMissing(make)) === undefined ? undefined : name
  }

  async #pages(ask: (page: number) => Promise<readonly RemoteObject[]>): Promise<RemoteObject[]> {
    const all: RemoteObject[] = []
    for (let page = 0; ; page++) {
      const some = await ask(page)
      all.push(...some)
      if (some.length < PAGE_SIZE) return all
    }
  }
}

function idOf(body: unknown): string {
  return String((body as RemoteBody | undefined)?.id)
}

function listOf(answer: RemoteBody, key: string): readonly RemoteBody[] {
  const list = answer[key]
  return Array.isArray(list) ? (list as RemoteBody[]) : []
}

function attributesOf(answer: RemoteBody): RemoteBody {
  return (answer.data as { attributes?: RemoteBody } | undefined)?.attributes ?? {}
}
