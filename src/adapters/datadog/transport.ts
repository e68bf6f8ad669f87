import { AsyncLocalStorage } from 'node:async_hooks'
import { Fault } from '../../errors/fault.ts'
import type { Clock } from '../../ports/clock.ts'
import type { ClientRequest, DatadogClient } from './client.ts'
import { backoffMs, isRepeatable, limitMs, toldMs, type Tried } from './retry.ts'

const NO_CONTENT = 204
const MAX_ATTEMPTS = 6
/** Without any answer a request is given up sooner. */
const MAX_FAILURES = 4
const REQUEST_TIMEOUT_MS = 30_000
/** A limit that is longer than this is told, not waited for. */
const LONGEST_WAIT_MS = 120_000
/** A shorter wait needs no word. */
const TOLD_WAIT_MS = 5000

/** An answer of the API: its status, and its body as JSON if it is some. */
export interface Answer {
  readonly status: number
  readonly text: string
  readonly body: unknown
}

/** What a transport needs from outside. */
export interface TransportOptions {
  readonly clock: Clock
  /** Told of long waits. */
  readonly say: (line: string) => void
  /** Aborted, what is sent is still answered, and nothing more is sent. */
  readonly signal: AbortSignal
}

/**
 * Sends what the client makes, within the limits that Datadog tells in its answers, and keeps the answer of each call. The client itself is
 * given none: its models drop what they don't know, and take a tenth of a second to read a dashboard. A request that makes something is sent once: if its answer is lost, the next plan finds what was made.
 */
export class Transport {
  readonly #client: DatadogClient
  readonly #options: TransportOptions
  readonly #calls = new AsyncLocalStorage<{ answer?: Answer }>()
  /** When the limits allow the next request, on the clock that never goes back. */
  #freeAtMs = 0
  #toldUntilMs = 0

  constructor(client: DatadogClient, options: TransportOptions) {
    this.#client = client
    this.#options = options
  }

  /** Runs a call of the client, and resolves with the answer that came to it, or with what kept it from coming. */
  answerTo(call: () => Promise<unknown>): Promise<{ answer: Answer | undefined; error: unknown }> {
    const kept: { answer?: Answer } = {}
    return this.#calls.run(kept, async () => {
      try {
        await call()
        return { answer: kept.answer, error: undefined }
      } catch (error) {
        return { answer: kept.answer, error }
      }
    })
  }

  /** Called by the client. Rejects with Fault DATADOG_UNREACHABLE or DATADOG_INTERRUPTED. */
  async send(request: ClientRequest): Promise<unknown> {
    for (let attempt = 1; ; attempt++) {
      await this.#pause()
      const tried = await this.#tryOnce(request)
      if (!(tried instanceof Error)) this.#noteLimit(tried, attempt)
      const waitMs = this.#waitAfter(tried, attempt, request)
      if (waitMs === undefined) return this.#settle(tried, request)
      if (waitMs > 0) await this.#options.clock.sleep(waitMs, this.#options.signal)
    }
  }

  async #pause(): Promise<void> {
    const { clock, signal, say } = this.#options
    const waitMs = this.#freeAtMs - clock.monotonicMs()
    if (waitMs >= TOLD_WAIT_MS && this.#freeAtMs > this.#toldUntilMs + TOLD_WAIT_MS) {
      this.#toldUntilMs = this.#freeAtMs
      say(`Datadog allows no more requests for ${Math.ceil(waitMs / 1000)} s: waiting`)
    }
    if (waitMs > 0) await clock.sleep(waitMs, signal)
    if (signal.aborted)
      throw new Fault(
        'DATADOG_INTERRUPTED',
        'stopped by a signal',
        'Run the command again: it goes on with what is left.',
      )
  }

  async #tryOnce(request: ClientRequest): Promise<Tried> {
    const body = request.getBody()
    try {
      const response = await fetch(request.getUrl(), {
        method: request.getHttpMethod(),
        // A connection of its own: one that was idle may be closed just as the request is sent, and what makes something can't be sent again.
        headers: { ...request.getHeaders(), connection: 'close' },
        ...(typeof body === 'string' ? { body } : {}),
        // Followed, a redirect would take the keys to wherever it leads.
        redirect: 'manual',
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      })
      return { status: response.status, headers: response.headers, text: await response.text() }
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error))
    }
  }

  /** The limit is the organisation's, so all requests keep to it. */
  #noteLimit(answered: Exclude<Tried, Error>, attempt: number): void {
    const { clock } = this.#options
    const waitMs = Math.min(limitMs(answered, clock.nowMs(), attempt) ?? 0, LONGEST_WAIT_MS)
    if (waitMs > 0) this.#freeAtMs = Math.max(this.#freeAtMs, clock.monotonicMs() + waitMs)
  }

  /** How long to wait, beside the limit, before the same request is sent again; undefined if it is not. */
  #waitAfter(tried: Tried, attempt: number, request: ClientRequest): number | undefined {
    if (tried instanceof Error)
      return attempt < MAX_FAILURES && isRepeatable(request, tried) ? backoffMs(attempt) : undefined
    if (attempt >= MAX_ATTEMPTS) return undefined
    if (tried.status === 429)
      return (toldMs(tried, this.#options.clock.nowMs()) ?? 0) > LONGEST_WAIT_MS ? undefined : 0
    return tried.status >= 500 && isRepeatable(request, tried) ? backoffMs(attempt) : undefined
  }

  #settle(tried: Tried, request: ClientRequest): unknown {
    if (tried instanceof Error) throw unreachable(request, tried)
    const { status, text } = tried
    const kept = this.#calls.getStore()
    if (kept !== undefined) kept.answer = { status, text, body: parse(text) }
    return new this.#client.client.ResponseContext(NO_CONTENT, {}, { text: () => Promise.resolve('') })
  }
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
