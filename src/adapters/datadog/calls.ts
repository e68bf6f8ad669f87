import { Fault } from '../../errors/fault.ts'
import type { Clock } from '../../ports/clock.ts'
import type { RemoteBody } from '../../ports/datadog-api.ts'
import { type ApiClass, type DatadogClient, loadClient } from './client.ts'
import { Transport } from './transport.ts'

/** Where Datadog is, and who asks. */
export interface DatadogAccess {
  /** `https://api.datadoghq.com`, say. */
  readonly url: string
  readonly apiKey: string
  readonly appKey: string
}

export type Parameters = Readonly<Record<string, unknown>>

/** The client's API classes that are used, with the version of the API that each belongs to. */
const APIS = {
  dashboards: ['v1', 'DashboardsApi'],
  monitors: ['v1', 'MonitorsApi'],
  slos: ['v1', 'ServiceLevelObjectivesApi'],
  metrics: ['v1', 'MetricsApi'],
  tags: ['v2', 'MetricsApi'],
  rules: ['v2', 'MonitorsApi'],
  catalog: ['v2', 'SoftwareCatalogApi'],
} as const

export type ApiName = keyof typeof APIS

const NOT_FOUND = 404

/** Calls of the client's methods, with plain JSON on both sides. */
export class Calls {
  readonly #client: DatadogClient
  readonly #transport: Transport
  readonly #secrets: readonly string[]
  readonly #configuration: unknown
  readonly #apis = new Map<ApiName, ApiClass>()

  /** @throws Fault DATADOG_CLIENT_MISSING */
  constructor({ url, apiKey, appKey }: DatadogAccess, clock: Clock) {
    this.#client = loadClient()
    this.#transport = new Transport(this.#client, clock)
    this.#secrets = [apiKey, appKey]
    const { createConfiguration, ServerConfiguration } = this.#client.client
    this.#configuration = createConfiguration({
      baseServer: new ServerConfiguration(url, {}),
      authMethods: { apiKeyAuth: apiKey, appKeyAuth: appKey },
      httpApi: this.#transport,
      isIaC: true,
    })
  }

  /** JSON as a model of the client. What the model does not know is found when the folder is checked. */
  model(version: 'v1' | 'v2', type: string, body: unknown): unknown {
    return this.#client.models[version].deserialize(body, type)
  }

  /**
   * The body of the answer. What the client's models don't know of an answer is no failure of the request. Rejects with Fault
   * DATADOG_REFUSED or DATADOG_UNREACHABLE.
   */
  async call(name: ApiName, method: string, parameters: Parameters): Promise<RemoteBody> {
    const api = this.#apiOf(name)
    const send = api[method]
    if (send === undefined) throw new Error(`the client has no ${name}.${method}`)
    this.#transport.forget()
    try {
      await send.call(api, parameters)
    } catch (error) {
      if (error instanceof Fault) throw error
      const { last } = this.#transport
      if (last === undefined || last.status >= 400) throw this.#refused(method, error)
    }
    return (this.#transport.last?.body ?? {}) as RemoteBody
  }

  /** Undefined if Datadog does not have what is asked for. */
  async orMissing(ask: () => Promise<RemoteBody>): Promise<RemoteBody | undefined> {
    try {
      return await ask()
    } catch (error) {
      if (this.#transport.last?.status === NOT_FOUND) return undefined
      throw error
    }
  }

  #apiOf(name: ApiName): ApiClass {
    const known = this.#apis.get(name)
    if (known !== undefined) return known
    const [version, className] = APIS[name]
    const Api = this.#client[version][className]
    if (Api === undefined) throw new Error(`the client has no ${className}`)
    const made = new Api(this.#configuration)
    this.#apis.set(name, made)
    return made
  }

  #refused(method: string, error: unknown): Fault {
    const { status, body } = this.#transport.last ?? {}
    const reason = error instanceof Error ? error.message : String(error)
    const said = body === undefined ? reason : JSON.stringify(body)
    const text = this.#secrets
      .reduce((message, secret) => message.replaceAll(secret, '***'), said)
      .slice(0, 500)
    const isKey = status === 401 || status === 403
    return new Fault(
      'DATADOG_REFUSED',
      `Datadog refused ${method}${status === undefined ? '' : ` (${status})`}: ${text}`,
      isKey
        ? 'Check DD_API_KEY, DD_APP_KEY and DD_SITE, and what the application key may do.'
        : 'What was applied before it stays. Run the command again: it goes on with what is left.',
    )
  }
}
