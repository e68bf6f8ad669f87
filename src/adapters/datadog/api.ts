import type {
  DatadogApi,
  RemoteBody,
  RemoteKind,
  RemoteObject,
  RemovableKind,
} from '../../ports/datadog-api.ts'
import { Calls, type DatadogAccess } from './calls.ts'
import { Listing } from './listing.ts'
import { changeOf, creationOf, removalOf, type ToModel } from './requests.ts'
import type { TransportOptions } from './transport.ts'

/** Datadog's API through its own client: bodies are made of the client's models, so what these don't know is refused before it is sent. */
export class DatadogHttpApi implements DatadogApi {
  readonly #calls: Calls
  readonly #listing: Listing
  readonly #toModel: ToModel

  /** @throws Fault DATADOG_CLIENT_MISSING */
  constructor(access: DatadogAccess, options: TransportOptions) {
    const calls = new Calls(access, options)
    this.#calls = calls
    this.#listing = new Listing(calls)
    this.#toModel = (version, type, body) => calls.model(version, type, body)
  }

  list(kind: RemoteKind, names: readonly string[]): Promise<readonly RemoteObject[]> {
    return this.#listing.list(kind, names)
  }

  async create(kind: RemoteKind, body: RemoteBody, name: string): Promise<string | undefined> {
    const request = creationOf(kind, body, name, this.#toModel)
    const [, method] = request
    if (kind === 'metadata' || kind === 'tags') {
      const made = await this.#calls.orMissing(() => this.#calls.call(...request))
      return made === undefined ? undefined : name
    }
    const answer = await this.#calls.call(...request)
    if (kind === 'entity') return name
    if (kind === 'slo') return this.#calls.idOf(method, this.#calls.bodiesOf(method, answer, 'data')[0])
    return this.#calls.idOf(method, kind === 'notificationRule' ? answer.data : answer)
  }

  async update(kind: RemoteKind, id: string, body: RemoteBody): Promise<void> {
    await this.#calls.call(...changeOf(kind, id, body, this.#toModel))
  }

  async remove(kind: RemovableKind, id: string): Promise<void> {
    await this.#calls.orMissing(() => this.#calls.call(...removalOf(kind, id)))
  }
}
