import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { lintDatadog } from '../../../src/generate/datadog/lint/lint-datadog.ts'
import { parseSloAlert } from '../../../src/generate/datadog/lint/parse-monitor.ts'
import { CATALOGUE } from '../../../src/telemetry/catalogue.ts'
import { bodyFaults as faultsOfBody, V1, V2 } from './models.ts'

type Body = Record<string, unknown>
/** A body of text is sent as it is, and not as JSON. */
type Reply = { readonly status: number; readonly body: unknown; readonly headers?: Record<string, string> }

/** What the server shall do in place of its work, by the number of the request. */
export type Trouble = (
  request: number,
  method: string,
  path: string,
) => Reply | 'hang up' | 'lose the answer' | 'half an answer' | 'no answer' | undefined

/** What the models found in bodies before: they take a tenth of a second for a dashboard, and tests send the same ones. */
const known = new Map<string, string[]>()

function bodyFaults(serializer: typeof V1, type: string, body: Body): string[] {
  const key = `${type} ${JSON.stringify(body)}`
  const faults = known.get(key) ?? faultsOfBody(serializer, type, body)
  known.set(key, faults)
  return faults
}

/** What the real one adds to a monitor by itself. */
const MONITOR_DEFAULTS = {
  created: '2026-01-01T00:00:00.000000+00:00',
  modified: '2026-01-01T00:00:00.000000+00:00',
  creator: { name: 'x' },
  multi: true,
  overall_state: 'OK',
  draft_status: 'published',
  restricted_roles: null,
  matching_downtimes: [],
  of_the_future: { some: 'thing' },
}
const OPTION_DEFAULTS = {
  silenced: {},
  new_host_delay: 300,
  notify_no_data: false,
  renotify_interval: 0,
  timeout_h: 0,
  escalation_message: '',
  locked: false,
  groupby_simple_monitor: false,
  notification_preset_name: 'show_all',
  of_the_future: 1,
}

/**
 * A stand-in for Datadog's API that keeps what it is given in memory, and takes only what the public models take, with the rules of the
 * real one that are documented: keys, ids, thresholds that equal the query. It is not the real API.
 */
export class ApiServer {
  readonly requests: string[] = []
  connections = 0
  readonly stores: Record<
    'monitor' | 'slo' | 'dashboard' | 'rule' | 'entity' | 'metadata' | 'tags',
    Map<string, Body>
  > = {
    monitor: new Map(),
    slo: new Map(),
    dashboard: new Map(),
    rule: new Map(),
    entity: new Map(),
    metadata: new Map(),
    tags: new Map(),
  }
  /** Metrics that have never been sent. */
  readonly unseen = new Set<string>()
  trouble: Trouble = () => undefined
  #nextId = 1000
  #server: Server | undefined

  /** Resolves with the address. */
  async start(): Promise<string> {
    const server = createServer((request, response) => void this.#handle(request, response))
    this.#server = server
    server.on('connection', () => this.connections++)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await readBody(request)
    const { url: path = '', method = '' } = request
    this.requests.push(`${method} ${path.split('?')[0]}`)
    const trouble = this.trouble(this.requests.length, method, path)
    if (trouble === 'no answer') return
    const reply =
      typeof trouble === 'object' || trouble === 'hang up'
        ? trouble
        : this.#answer(request, method, path, text)
    if (typeof reply === 'string' || trouble === 'lose the answer') return void request.socket.destroy()
    const isText = typeof reply.body === 'string'
    const answer = isText ? String(reply.body) : JSON.stringify(reply.body)
    const length = trouble === 'half an answer' ? { 'content-length': String(answer.length + 9) } : {}
    const type = isText ? 'text/html' : 'application/json'
    response.writeHead(reply.status, { 'content-type': type, ...length, ...reply.headers })
    if (trouble === 'half an answer') return void response.write(answer, () => request.socket.destroy())
    response.end(answer)
  }

  stop(): Promise<void> {
    this.#server?.closeAllConnections()
    return new Promise((resolve) => this.#server?.close(() => resolve()))
  }

  /** What it holds, to begin another one with. */
  snapshot(): ApiServer['stores'] {
    return structuredClone(this.stores)
  }

  /** Begins with what another one held. */
  restore(stores: ApiServer['stores']): void {
    for (const [name, store] of Object.entries(structuredClone(stores))) {
      for (const [id, body] of store) this.stores[name as keyof ApiServer['stores']].set(id, body)
    }
    this.#nextId = 2000
  }

  /** Writes since the start, without the questions. */
  get writes(): string[] {
    return this.requests.filter((request) => !request.startsWith('GET'))
  }

  #answer(request: IncomingMessage, method: string, path: string, text: string): Reply {
    if (request.headers['dd-api-key'] !== 'key-a' || request.headers['dd-application-key'] !== 'key-b')
      return { status: 403, body: { errors: ['Forbidden'] } }
    const url = new URL(path, 'http://datadog')
    const [, , , resource = '', ...rest] = url.pathname.split('/')
    const body = (text === '' ? {} : JSON.parse(text)) as Body
    if (resource === 'metrics') return this.#metrics(method, decodeURIComponent(rest[0] ?? ''), rest[1], body)
    if (resource === 'slo') return this.#slos(method, rest[0], body, url)
    if (resource === 'dashboard') return this.#dashboards(method, rest[0], body, url)
    if (resource === 'catalog') return this.#entities(method, rest[1], body, url)
    if (resource === 'monitor' && rest[0] === 'notification_rule')
      return this.#rules(method, rest[1], body, url)
    if (resource === 'monitor') return this.#monitors(method, rest[0], body, url)
    return notFound()
  }

  #monitors(method: string, id: string | undefined, body: Body, url: URL): Reply {
    const { monitor: store } = this.stores
    if (method === 'GET') {
      const offset = Number(url.searchParams.get('id_offset'))
      const size = Number(url.searchParams.get('page_size'))
      const tag = url.searchParams.get('monitor_tags') ?? ''
      const found = [...store.values()]
        .filter(({ tags, id: own }) => (tags as string[]).includes(tag) && Number(own) > offset)
        .sort((one, other) => Number(one.id) - Number(other.id))
      return ok(found.slice(0, size))
    }
    if (method === 'DELETE') return this.#delete(store, id)
    if (id !== undefined && !store.has(id)) return notFound()
    const faults = bodyFaults(V1, method === 'PUT' ? 'MonitorUpdateRequest' : 'Monitor', body)
    const said = faults.length > 0 ? faults : this.#monitorFaults(body)
    if (said.length > 0) return bad(said)
    if (method === 'PUT' && store.get(id ?? '')?.type !== body.type)
      return bad(['the type of a monitor can’t be changed'])
    const options = { ...OPTION_DEFAULTS, ...(body.options as Body) }
    return ok(this.#keep(store, id, { ...MONITOR_DEFAULTS, ...body, options }, Number))
  }

  /** What the documentation says of the real one: our own check of queries, and that objectives are there. */
  #monitorFaults(body: Body): string[] {
    const { query, options, type } = body
    const number = / (-?[\d.]+)$/.exec(String(query))?.[1]
    const { thresholds } = (options ?? {}) as { thresholds?: { critical?: number } }
    const isObjective = type === 'slo alert'
    const slo = isObjective ? parseSloAlert(String(query)).slo : undefined
    const findings = isObjective
      ? []
      : lintDatadog(new Map([['a.monitor.json', JSON.stringify(body)]]), CATALOGUE)
    return [
      ...(Number(number) === thresholds?.critical ? [] : ['thresholds.critical does not equal the query']),
      ...(slo === undefined || this.stores.slo.has(slo) ? [] : [`no SLO ${slo}`]),
      ...findings
        .filter(({ at }) => /^.(?:query|options.thresholds)/.test(at))
        .map(({ at, message }) => `${at}: ${message}`),
    ]
  }

  #slos(method: string, id: string | undefined, body: Body, url: URL): Reply {
    const { slo: store } = this.stores
    if (method === 'GET') {
      const offset = Number(url.searchParams.get('offset'))
      const limit = Number(url.searchParams.get('limit'))
      const tag = url.searchParams.get('tags_query') ?? ''
      const found = [...store.values()].filter(({ tags }) => (tags as string[]).includes(tag))
      return ok({ data: found.slice(offset, offset + limit) })
    }
    if (method === 'DELETE') {
      const users = [...this.stores.monitor.values()].filter(({ query }) => String(query).includes(`"${id}"`))
      if (users.length > 0) return { status: 409, body: { errors: ['the SLO is in use'] } }
      store.delete(id ?? '')
      return ok({ data: [id] })
    }
    if (id !== undefined && !store.has(id)) return notFound()
    const faults = bodyFaults(
      V1,
      method === 'PUT' ? 'ServiceLevelObjective' : 'ServiceLevelObjectiveRequest',
      body,
    )
    if (faults.length > 0) return bad(faults)
    if (method === 'PUT' && store.get(id ?? '')?.type !== body.type)
      return bad(['the type of an SLO can’t be changed'])
    const thresholds = (body.thresholds as Body[])
      .map((each) => ({ ...each, target_display: '99.' }))
      .toReversed()
    return ok({ data: [this.#keep(store, id, { ...body, thresholds, created_at: 1, modified_at: 2 })] })
  }

  #dashboards(method: string, id: string | undefined, body: Body, url: URL): Reply {
    const { dashboard: store } = this.stores
    if (method === 'GET' && id === undefined) {
      const start = Number(url.searchParams.get('start'))
      const count = Number(url.searchParams.get('count'))
      const dashboards = [...store.values()].map(({ title, description, id: own, layout_type: layout }) => {
        return { title, description, id: own, layout_type: layout }
      })
      return ok({ dashboards: dashboards.slice(start, start + count) })
    }
    if (method === 'GET') return store.has(id ?? '') ? ok(store.get(id ?? '')) : notFound()
    if (method === 'DELETE') return this.#delete(store, id)
    if (id !== undefined && !store.has(id)) return notFound()
    const faults = bodyFaults(V1, 'Dashboard', body)
    if (faults.length > 0) return bad(faults)
    return ok(this.#keep(store, id, { ...body, author_handle: 'x@example.org', url: '/dashboard/x' }))
  }

  #rules(method: string, id: string | undefined, body: Body, url: URL): Reply {
    const { rule: store } = this.stores
    if (method === 'GET') {
      const size = Number(url.searchParams.get('per_page') ?? 100)
      const from = Number(url.searchParams.get('page') ?? 0) * size
      return ok({ data: [...store.values()].slice(from, from + size) })
    }
    if (method === 'DELETE') return this.#delete(store, id)
    if (id !== undefined && !store.has(id)) return notFound()
    const type =
      method === 'POST' ? 'MonitorNotificationRuleCreateRequest' : 'MonitorNotificationRuleUpdateRequest'
    const faults = bodyFaults(V2, type, body)
    if (faults.length > 0) return bad(faults)
    return ok({ data: this.#keep(store, id, body.data as Body) })
  }

  #entities(method: string, id: string | undefined, body: Body, url: URL): Reply {
    const { entity: store } = this.stores
    if (method === 'GET') {
      const offset = Number(url.searchParams.get('page[offset]'))
      const limit = Number(url.searchParams.get('page[limit]'))
      const all = [...store].slice(offset, offset + limit)
      const data = all.map(([own]) => ({
        id: own,
        type: 'entity',
        attributes: {},
        relationships: { schema: { data: { id: `s-${own}`, type: 'schema' } } },
      }))
      const included = all.map(([own, schema]) => ({
        id: `s-${own}`,
        type: 'schema',
        attributes: { schema },
      }))
      return ok({ data, included })
    }
    if (method === 'DELETE') return this.#delete(store, id)
    const faults = bodyFaults(V2, 'EntityV3', body)
    if (faults.length > 0) return bad(faults)
    store.set(`${String(body.kind)}:${(body.metadata as { name: string }).name}`, body)
    return { status: 202, body: { data: [] } }
  }

  #metrics(method: string, name: string, part: string | undefined, body: Body): Reply {
    const store = part === 'tags' ? this.stores.tags : this.stores.metadata
    const { unseen } = this
    if (unseen.has(name)) return notFound()
    if (part !== 'tags') {
      if (method === 'GET') return ok(store.get(name) ?? { type: null })
      const faults = bodyFaults(V1, 'MetricMetadata', body)
      if (faults.length > 0) return bad(faults)
      store.set(name, { ...store.get(name), ...body })
      return ok(store.get(name))
    }
    if (method === 'GET')
      return store.has(name)
        ? ok({ data: { id: name, type: 'manage_tags', attributes: store.get(name) } })
        : notFound()
    if (method === 'DELETE') return this.#delete(store, name)
    if ((method === 'POST') === store.has(name))
      return { status: 409, body: { errors: ['it is there, or is not'] } }
    const faults = bodyFaults(
      V2,
      method === 'POST' ? 'MetricTagConfigurationCreateRequest' : 'MetricTagConfigurationUpdateRequest',
      body,
    )
    if (faults.length > 0) return bad(faults)
    const { attributes } = body.data as { attributes: Body }
    store.set(name, { ...store.get(name), ...attributes })
    return { status: 201, body: { data: { id: name, type: 'manage_tags', attributes: store.get(name) } } }
  }

  #keep(
    store: Map<string, Body>,
    id: string | undefined,
    body: Body,
    toId: (id: string) => unknown = String,
  ): Body {
    const own = id ?? String(this.#nextId++)
    const { tags } = body
    // In another order, as it may please the real one.
    const reversed = Array.isArray(tags) ? { tags: tags.toReversed() as unknown[] } : {}
    store.set(own, { ...body, ...reversed, id: toId(own) })
    return store.get(own) ?? {}
  }

  #delete(store: Map<string, Body>, id: string | undefined): Reply {
    return store.delete(decodeURIComponent(id ?? '')) ? { status: 200, body: {} } : notFound()
  }
}

function ok(body: unknown): Reply {
  return { status: 200, body }
}

function bad(errors: readonly string[]): Reply {
  return { status: 400, body: { errors } }
}

function notFound(): Reply {
  return { status: 404, body: { errors: ['not found'] } }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
