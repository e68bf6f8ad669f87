import { Fault } from '../../errors/fault.ts'
import type { RemoteBody } from '../../ports/datadog-api.ts'
import { type ApiClass, type DatadogClient, loadClient } from './client.ts'
import { Refusal, refusalOf, unreadable } from './refusal.ts'
import { Transport, type TransportOptions } from './transport.ts'

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
  constructor({ url, apiKey, appKey }: DatadogAccess, options: TransportOptions) {
    this.#client = loadClient()
    this.#transport = new Transport(this.#client, options)
    this.#secrets = [apiKey, appKey]
    const { createConfiguration, ServerConfiguration } = this.#client.client
    this.#configuration = createConfiguration({
      baseServer: new ServerConfiguration(url, {}),
      authMethods: { apiKeyAuth: apiKey, appKeyAuth: appKey },
      httpApi: this.#transport,
      isIaC: true,
    })
  }

  /**
   * JSON as a model of the client. What the model does not know is found when the folder is checked.
   *
   * @throws Fault DATADOG_REFUSED
   */
  model(version: 'v1' | 'v2', type: string, body: unknown): unknown {
    try {
      return this.#client.models[version].deserialize(body, type)
    } catch (error) {
      throw this.#notSent(type, error)
    }
  }

  /** The body of the answer. What the client's models don't know of an answer is no failure of the request. Rejects as the port says. */
  async call(name: ApiName, method: string, parameters: Parameters): Promise<RemoteBody> {
    const api = this.#apiOf(name)
    const send = api[method]
    if (send === undefined) throw new Error(`the client has no ${name}.${method}`)
    const { answer, error } = await this.#transport.answerTo(() => send.call(api, parameters))
    if (answer === undefined) throw this.#notSent(method, error)
    const refusal = refusalOf(method, answer, (text) => this.#hide(text))
    if (refusal !== undefined) throw refusal
    return (answer.body ?? {}) as RemoteBody
  }

  /** A list of an answer. One that is missing is not taken for an empty one: all would be made a second time. */
  bodiesOf(method: string, answer: RemoteBody, key?: string): readonly RemoteBody[] {
    const list: unknown = key === undefined ? answer : answer[key]
    if (Array.isArray(list) && list.every(isObject)) return list
    throw this.#strange(method, answer)
  }

  /** The id of what was made. */
  idOf(method: string, body: unknown): string {
    const id = isObject(body) ? body.id : undefined
    if (typeof id === 'string' || typeof id === 'number') return String(id)
    throw this.#strange(method, body)
  }

  /** Undefined if Datadog does not have what is asked for. */
  async orMissing(ask: () => Promise<RemoteBody>): Promise<RemoteBody | undefined> {
    try {
      return await ask()
    } catch (error) {
      if (error instanceof Refusal && error.status === NOT_FOUND) return undefined
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

  /** The client itself refused to send it, or there was no answer. */
  #notSent(method: string, error: unknown): Fault {
    const message = this.#hide(error instanceof Error ? error.message : String(error))
    if (error instanceof Fault) return new Fault(error.code, message, error.hint, { cause: error })
    const hint = 'Check the body with `assay generate datadog --lint`.'
    return new Fault('DATADOG_REFUSED', `Datadog’s client refused ${method}: ${message}`, hint)
  }

  #strange(method: string, body: unknown): Fault {
    const text = JSON.stringify(body ?? null)
    return unreadable(method, { status: 200, text, body }, (said) => this.#hide(said))
  }

  #hide(text: string): string {
    return this.#secrets.reduce((shown, secret) => shown.replaceAll(secret, '***'), text)
  }
}

function isObject(value: unknown): value is RemoteBody {
  return typeof value === 'object' && value !== null
}
