import { Fault } from '../../errors/fault.ts'
import type { Clock } from '../../ports/clock.ts'
import type { ClientRequest, DatadogClient } from './client.ts'

const MAX_ATTEMPTS = 6
/** Without any answer a request is given up sooner. */
const MAX_FAILURES = 4
const REQUEST_TIMEOUT_MS = 30_000
/** A limit that is longer than this is told, not waited for. */
const LONGEST_WAIT_MS = 120_000
const FIRST_BACKOFF_MS = 500

/** An answer of the API: its status, and its body as JSON if it is some. */
export interface Answer {
  readonly status: number
  readonly body: unknown
}

/**
 * Sends what the client makes, within the limits that Datadog tells in its answers, and keeps the last answer: the client's models drop
 * what they don't know. A request that makes something is sent once: if its answer is lost, the next plan finds what was made.
 */
export class Transport {
  readonly #client: DatadogClient
  readonly #clock: Clock
  #last: Answer | undefined
  /** When the limit of the last answer allows the next request, on the clock that never goes back. */
  #freeAtMs = 0

  constructor(client: DatadogClient, clock: Clock) {
    this.#client = client
    this.#clock = clock
  }

  /** The answer to the last request. */
  get last(): Answer | undefined {
    return this.#last
  }

  forget(): void {
    this.#last = undefined
  }

  /** Called by the client. Rejects with Fault DATADOG_UNREACHABLE. */
  async send(request: ClientRequest): Promise<unknown> {
    for (let attempt = 1; ; attempt++) {
      await this.#clock.sleep(Math.max(0, this.#freeAtMs - this.#clock.monotonicMs()))
      const response = await this.#tryOnce(request)
      if (response instanceof Response) {
        const text = await response.text()
        const waitMs = this.#waitAfter(response, attempt, request)
        if (waitMs === undefined) return this.#answered(response, text)
        await this.#clock.sleep(waitMs)
      } else {
        if (attempt >= MAX_FAILURES || !isRepeatable(request)) throw unreachable(request, response)
        await this.#clock.sleep(backoffMs(attempt))
      }
    }
  }

  async #tryOnce(request: ClientRequest): Promise<Response | Error> {
    const body = request.getBody()
    try {
      return await fetch(request.getUrl(), {
        method: request.getHttpMethod(),
        headers: request.getHeaders(),
        ...(typeof body === 'string' ? { body } : {}),
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      })
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error))
    }
  }

  /** How long to wait before the same request is sent again; undefined if the answer is the answer. */
  #waitAfter(response: Response, attempt: number, request: ClientRequest): number | undefined {
    const resetMs = secondsOf(response, 'x-ratelimit-reset')
    if (response.headers.get('x-ratelimit-remaining') === '0' && resetMs !== undefined) {
      this.#freeAtMs = this.#clock.monotonicMs() + Math.min(resetMs, LONGEST_WAIT_MS)
    }
    if (attempt >= MAX_ATTEMPTS) return undefined
    if (response.status === 429) {
      const waitMs = secondsOf(response, 'retry-after') ?? resetMs ?? backoffMs(attempt)
      return waitMs > LONGEST_WAIT_MS ? undefined : waitMs
    }
    return response.status >= 500 && isRepeatable(request) ? backoffMs(attempt) : undefined
  }

  #answered(response: Response, text: string): unknown {
    this.#last = { status: response.status, body: parse(text) }
    const headers = Object.fromEntries(response.headers)
    return new this.#client.client.ResponseContext(response.status, headers, {
      text: () => Promise.resolve(text),
      binary: () => Promise.resolve(new TextEncoder().encode(text)),
    })
  }
}

/** Done twice, all but making comes to the same. */
function isRepeatable(request: ClientRequest): boolean {
  return request.getHttpMethod() !== 'POST'
}

function backoffMs(attempt: number): number {
  return FIRST_BACKOFF_MS * 2 ** (attempt - 1)
}

function secondsOf(response: Response, header: string): number | undefined {
  const seconds = Number(response.headers.get(header) ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function unreachable(request: ClientRequest, error: Error): Fault {
  const { host } = new URL(request.getUrl())
  const reason = error.cause instanceof Error ? error.cause.message : error.message
  return new Fault(
    'DATADOG_UNREACHABLE',
    `${host} can’t be reached: ${reason}`,
    'Check DD_SITE and the way there, then run the command again: it goes on where it stopped.',
    { cause: error },
  )
}
