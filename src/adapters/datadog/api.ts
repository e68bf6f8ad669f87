import { Fault } from '../../errors/fault.ts'
import { GENERATED_MARK } from '../../model/generated-file.ts'
import type { Clock } from '../../ports/clock.ts'
import type {
  DatadogApi,
  RemoteBody,
  RemoteKind,
  RemoteObject,
  RemovableKind,
} from '../../ports/datadog-api.ts'
import { type ApiClass, type DatadogClient, loadClient } from './client.ts'
import { Transport } from './transport.ts'

/** Where Datadog is, and who asks. */
export interface DatadogAccess {
  /** `https://api.datadoghq.com`, say. */
  readonly url: string
  readonly apiKey: string
  readonly appKey: string
}

const PAGE_SIZE = 100
const NOT_FOUND = 404

type Parameters = Readonly<Record<string, unknown>>
type ApiName = 'dashboards' | 'monitors' | 'slos' | 'metrics' | 'tags' | 'rules' | 'catalog'

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
  readonly #client: DatadogClient
  readonly #transport: Transport
  readonly #secrets: readonly string[]
  readonly #apis: Readonly<Record<ApiName, ApiClass>>

  /** @throws Fault DATADOG_CLIENT_MISSING */
  constructor({ url, apiKey, appKey }: DatadogAccess, clock: Clock) {
    const loaded = loadClient()
    const { client, v1, v2 } = loaded
    this.#client = loaded
    this.#transport = new Transport(loaded, clock)
    this.#secrets = [apiKey, appKey]
    const configuration = client.createConfiguration({
      baseServer: new client.ServerConfiguration(url, {}),
      authMethods: { apiKeyAuth: apiKey, appKeyAuth: appKey },
      httpApi: this.#transport,
      isIaC: true,
    })
    const make = (apis: DatadogClient['v1'], name: string) => {
      const Api = apis[name]
      if (Api === undefined) throw new Error(`the client has no ${name}`)
      return new Api(configuration)
    }
    this.#apis = {
      dashboards: make(v1, 'DashboardsApi'),
      monitors: make(v1, 'MonitorsApi'),
      slos: make(v1, 'ServiceLevelObjectivesApi'),
      metrics: make(v1, 'MetricsApi'),
      tags: make(v2, 'MetricsApi'),
      rules: make(v2, 'MonitorsApi'),
      catalog: make(v2, 'SoftwareCatalogApi'),
    }
  }

  async list(kind: RemoteKind, names: readonly string[]): Promise<readonly RemoteObject[]> {
    switch (kind) {
      case 'metadata':
        return this.#lookUp(names, (metricName) => this.#call('metrics', 'getMetricMetadata', { metricName }))
      case 'tags':
        return this.#lookUp(names, async (metricName) => {
          return attributesOf(await this.#call('tags', 'listTagConfigurationByName', { metricName }))
        })
      case 'slo':
        return this.#pages(async (page) => {
          const answer = await this.#call('slos', 'listSLOs', {
            tagsQuery: GENERATED_MARK,
            limit: PAGE_SIZE,
            offset: page * PAGE_SIZE,
          })
          return listOf(answer, 'data').map((body) => ({ id: String(body.id), body }))
        })
      case 'monitor':
        return this.#pages(async (page) => {
          const parameters = { monitorTags: GENERATED_MARK, page, pageSize: PAGE_SIZE }
          const answer = await this.#call('monitors', 'listMonitors', parameters)
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
            body: this.#model('v2', 'MetricTagConfigurationCreateRequest', data),
          }
          return this.#call('tags', 'createTagConfiguration', parameters)
        })
      case 'slo': {
        const model = this.#model('v1', 'ServiceLevelObjectiveRequest', body)
        return String(listOf(await this.#call('slos', 'createSLO', { body: model }), 'data')[0]?.id)
      }
      case 'monitor':
        return idOf(
          await this.#call('monitors', 'createMonitor', { body: this.#model('v1', 'Monitor', body) }),
        )
      case 'notificationRule': {
        const model = this.#model('v2', 'MonitorNotificationRuleCreateRequest', body)
        return idOf((await this.#call('rules', 'createMonitorNotificationRule', { body: model })).data)
      }
      case 'dashboard':
        return idOf(
          await this.#call('dashboards', 'createDashboard', { body: this.#model('v1', 'Dashboard', body) }),
        )
      case 'entity':
        await this.#call('catalog', 'upsertCatalogEntity', { body: this.#model('v2', 'EntityV3', body) })
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
        const model = this.#model('v2', 'MetricTagConfigurationUpdateRequest', data)
        return void (await this.#call('tags', 'updateTagConfiguration', { metricName: id, body: model }))
      }
      case 'slo':
        return void (await this.#call('slos', 'updateSLO', {
          sloId: id,
          body: this.#model('v1', 'ServiceLevelObjective', body),
        }))
      case 'monitor': {
        const model = this.#model('v1', 'MonitorUpdateRequest', body)
        return void (await this.#call('monitors', 'updateMonitor', { monitorId: Number(id), body: model }))
      }
      case 'notificationRule': {
        const data = { data: { ...(body.data as RemoteBody), id } }
        const model = this.#model('v2', 'MonitorNotificationRuleUpdateRequest', data)
        return void (await this.#call('rules', 'updateMonitorNotificationRule', { ruleId: id, body: model }))
      }
      case 'dashboard':
        return void (await this.#call('dashboards', 'updateDashboard', {
          dashboardId: id,
          body: this.#model('v1', 'Dashboard', body),
        }))
      case 'entity':
        return void (await this.#call('catalog', 'upsertCatalogEntity', {
          body: this.#model('v2', 'EntityV3', body),
        }))
    }
  }

  async remove(kind: RemovableKind, id: string): Promise<void> {
    const [api, method, parameters] = REMOVALS[kind](id)
    await this.#call(api, method, parameters)
  }

  async #sendMetadata(metricName: string, body: RemoteBody): Promise<RemoteBody> {
    return this.#call('metrics', 'updateMetricMetadata', {
      metricName,
      body: this.#model('v1', 'MetricMetadata', body),
    })
  }

  async #listRules(): Promise<RemoteObject[]> {
    const answer = await this.#call('rules', 'getMonitorNotificationRules', {})
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
      const answer = await this.#call('dashboards', 'listDashboards', {
        count: PAGE_SIZE,
        start: page * PAGE_SIZE,
      })
      return listOf(answer, 'dashboards').map((body) => ({ id: String(body.id), body }))
    })
    const ours = summaries.filter(({ body }) => String(body.description).includes(GENERATED_MARK))
    const found: RemoteObject[] = []
    for (const { id } of ours) {
      found.push({ id, body: await this.#call('dashboards', 'getDashboard', { dashboardId: id }) })
    }
    return found
  }

  async #listEntities(): Promise<RemoteObject[]> {
    const schemas = new Map<string, RemoteBody>()
    const entities = await this.#pages(async (page) => {
      const parameters = { pageLimit: PAGE_SIZE, pageOffset: page * PAGE_SIZE, include: 'schema' }
      const answer = await this.#call('catalog', 'listCatalogEntity', parameters)
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
      const body = await this.#orMissing(() => ask(name))
      if (body !== undefined) found.push({ id: name, body })
    }
    return found
  }

  async #ofMetric(name: string, make: () => Promise<RemoteBody>): Promise<string | undefined> {
    return (await this.#orMissing(make)) === undefined ? undefined : name
  }

  /** Undefined if Datadog does not have what is asked for. */
  async #orMissing(ask: () => Promise<RemoteBody>): Promise<RemoteBody | undefined> {
    try {
      return await ask()
    } catch (error) {
      if (this.#transport.last?.status === NOT_FOUND) return undefined
      throw error
    }
  }

  async #pages(ask: (page: number) => Promise<readonly RemoteObject[]>): Promise<RemoteObject[]> {
    const all: RemoteObject[] = []
    for (let page = 0; ; page++) {
      const some = await ask(page)
      all.push(...some)
      if (some.length < PAGE_SIZE) return all
    }
  }

  /** JSON as a model of the client. What the model does not know is found when the folder is checked. */
  #model(version: 'v1' | 'v2', type: string, body: unknown): unknown {
    return this.#client.models[version].deserialize(body, type)
  }

  /** The body of the answer. What the client's models don't know of an answer is no failure of the request. */
  async #call(api: ApiName, method: string, parameters: Parameters): Promise<RemoteBody> {
    const send = this.#apis[api][method]
    this.#transport.forget()
    try {
      await send?.call(this.#apis[api], parameters)
    } catch (error) {
      const { last } = this.#transport
      if (error instanceof Fault) throw error
      if (last === undefined || last.status >= 400) throw this.#refused(method, error)
    }
    return (this.#transport.last?.body ?? {}) as RemoteBody
  }

  #refused(method: string, error: unknown): Fault {
    const { status, body } = this.#transport.last ?? {}
    const said =
      body === undefined ? String(error instanceof Error ? error.message : error) : JSON.stringify(body)
    const text = this.#secrets
      .reduce((message, secret) => message.replaceAll(secret, '***'), said)
      .slice(0, 500)
    return new Fault(
      'DATADOG_REFUSED',
      `Datadog refused ${method}${status === undefined ? '' : ` (${status})`}: ${text}`,
      status === 401 || status === 403
        ? 'Check DD_API_KEY, DD_APP_KEY and DD_SITE, and what the application key may do.'
        : 'What was applied before it stays. Run the command again: it goes on with what is left.',
      { cause: error },
    )
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
