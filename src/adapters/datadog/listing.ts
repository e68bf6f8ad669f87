import { GENERATED_MARK } from '../../model/generated-file.ts'
import type { RemoteBody, RemoteKind, RemoteObject } from '../../ports/datadog-api.ts'
import type { ApiName, Calls, Parameters } from './calls.ts'

const PAGE_SIZE = 100
/** Questions at a time, where each thing is asked for by itself. */
const PARALLEL = 8

/** What Datadog has, read to the last page. */
export class Listing {
  readonly #calls: Calls

  constructor(calls: Calls) {
    this.#calls = calls
  }

  list(kind: RemoteKind, names: readonly string[]): Promise<readonly RemoteObject[]> {
    switch (kind) {
      case 'metadata':
        return this.#lookUp(names, (metricName) =>
          this.#calls.call('metrics', 'getMetricMetadata', { metricName }),
        )
      case 'tags':
        return this.#lookUp(names, async (metricName) =>
          attributesOf(await this.#calls.call('tags', 'listTagConfigurationByName', { metricName })),
        )
      case 'slo':
        return this.#pages('slos', 'listSLOs', 'data', (page) => {
          return { tagsQuery: GENERATED_MARK, limit: PAGE_SIZE, offset: page * PAGE_SIZE }
        })
      case 'monitor':
        return this.#monitors()
      case 'notificationRule':
        return this.#rules()
      case 'dashboard':
        return this.#dashboards()
      case 'entity':
        return this.#entities()
    }
  }

  /** From id to id: pages by number would shift, and pass over one, when a monitor is removed meanwhile. */
  async #monitors(): Promise<RemoteObject[]> {
    const found = new Map<string, RemoteObject>()
    for (let idOffset = 0; ;) {
      const parameters = { monitorTags: GENERATED_MARK, withDowntimes: true, idOffset, pageSize: PAGE_SIZE }
      const some = this.#calls.bodiesOf(
        'listMonitors',
        await this.#calls.call('monitors', 'listMonitors', parameters),
      )
      const isEnd = addTo(found, some.map(toObject)) === 0
      if (isEnd) return [...found.values()]
      idOffset = Math.max(idOffset, ...some.map(({ id }) => Number(id)).filter(Number.isFinite))
    }
  }

  async #rules(): Promise<RemoteObject[]> {
    const rules = await this.#pages('rules', 'getMonitorNotificationRules', 'data', (page) => {
      return { page, perPage: PAGE_SIZE }
    })
    return rules.map(({ id, body: { type, attributes } }) => ({ id, body: { data: { type, attributes } } }))
  }

  /** The list has no widgets, so each of ours is asked for. One that is gone by then is none. */
  async #dashboards(): Promise<RemoteObject[]> {
    const summaries = await this.#pages('dashboards', 'listDashboards', 'dashboards', (page) => {
      return { count: PAGE_SIZE, start: page * PAGE_SIZE }
    })
    const ours = summaries.filter(({ body }) => String(body.description).includes(GENERATED_MARK))
    return this.#lookUp(
      ours.map(({ id }) => id),
      (dashboardId) => this.#calls.call('dashboards', 'getDashboard', { dashboardId }),
    )
  }

  async #entities(): Promise<RemoteObject[]> {
    const schemas = new Map<string, RemoteBody>()
    const entities = await this.#pages(
      'catalog',
      'listCatalogEntity',
      'data',
      (page) => {
        return { pageLimit: PAGE_SIZE, pageOffset: page * PAGE_SIZE, include: 'schema' }
      },
      (answer) => {
        for (const { id, attributes } of this.#calls.bodiesOf(
          'listCatalogEntity',
          { included: [], ...answer },
          'included',
        ))
          schemas.set(String(id), (attributes as { schema?: RemoteBody } | undefined)?.schema ?? {})
      },
    )
    return entities.map(({ id, body }) => {
      const { relationships } = body as { relationships?: { schema?: { data?: { id?: string } } } }
      return { id, body: schemas.get(relationships?.schema?.data?.id ?? id) ?? {} }
    })
  }

  async #pages(
    api: ApiName,
    method: string,
    key: string,
    parametersOf: (page: number) => Parameters,
    alsoRead: (answer: RemoteBody) => void = () => {},
  ): Promise<RemoteObject[]> {
    const found = new Map<string, RemoteObject>()
    // Whether pages count from 0 or 1 is not told of all lists: a page that brings nothing new may be the first a second time.
    for (let page = 0, idle = 0; idle < 2; page++) {
      const answer = await this.#calls.call(api, method, parametersOf(page))
      alsoRead(answer)
      const some = this.#calls.bodiesOf(method, answer, key)
      idle = addTo(found, some.map(toObject)) === 0 ? idle + 1 : 0
      if (some.length < PAGE_SIZE) break
    }
    return [...found.values()]
  }

  /** Looks each up by its name or id; what Datadog does not have is left out. */
  async #lookUp(
    names: readonly string[],
    ask: (name: string) => Promise<RemoteBody>,
  ): Promise<RemoteObject[]> {
    const found: (RemoteObject | undefined)[] = []
    for (let from = 0; from < names.length; from += PARALLEL) {
      const some = names.slice(from, from + PARALLEL).map(async (id) => {
        const body = await this.#calls.orMissing(() => ask(id))
        return body && { id, body }
      })
      found.push(...(await Promise.all(some)))
    }
    return found.filter((object) => object !== undefined)
  }
}

/** Adds what is new, and returns how much that was: while pages are read, things move between them. */
function addTo(found: Map<string, RemoteObject>, some: readonly RemoteObject[]): number {
  const before = found.size
  for (const object of some) found.set(object.id, object)
  return found.size - before
}

function toObject(body: RemoteBody): RemoteObject {
  return { id: String(body.id), body }
}

function attributesOf(answer: RemoteBody): RemoteBody {
  return (answer.data as { attributes?: RemoteBody } | undefined)?.attributes ?? {}
}
