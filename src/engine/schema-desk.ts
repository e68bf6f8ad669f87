import type { FindSchema } from '../decode/decode.ts'
import type { KnownSchema } from '../model/schema.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { SchemaAnswer, SchemaProvider } from '../ports/schema-provider.ts'
import { backoffMs, jittered } from './backoff.ts'

/** How schemas are asked for. */
export interface SchemaDeskOptions {
  readonly provider: SchemaProvider
  /** For how long an id that the registry does not know is not asked for again. */
  readonly unknownTtlMs: number
  /** A number from 0 up to 1, so that many processes don't ask at the same moment. */
  readonly random: () => number
}

/** Who counts what the registry answered. */
export interface RegistryTally {
  countRegistryRequest(result: SchemaAnswer['kind']): void
}

interface KnownEntry {
  readonly answer: KnownSchema
  /** On the monotonic clock. */
  readonly validUntilMs: number
}

/** Requests at once: a flood of ids that nobody knows must not become a flood of requests. */
const MOST_AT_ONCE = 4
/** Ids that are kept as unknown: past that, the oldest is forgotten and may be asked for once more. */
const MOST_UNKNOWN = 10_000
/** How long a batch waits for its schemas before its partition is put aside, so that others go on. */
const PATIENCE_MS = 1_000
const REPEAT_WARNING_MS = 30_000

/**
 * Keeps what a registry said, and asks it for what is missing: each id once at a time, and no more than one id at longer and longer
 * intervals while the registry is out of reach (a circuit breaker that is half open at the end of each interval).
 */
export class SchemaDesk {
  readonly find: FindSchema
  readonly #options: SchemaDeskOptions
  readonly #tally: RegistryTally
  readonly #clock: Clock
  readonly #log: Log
  readonly #known = new Map<number, KnownEntry>()
  readonly #wanted = new Map<number, PromiseWithResolvers<void>>()
  readonly #stopped = new AbortController()
  #unknown = 0
  #isWorking = false
  #failures = 0
  #lastWarnedMs = Number.NEGATIVE_INFINITY
  /** Ends the waits of batches as soon as the registry is found to be out of reach. */
  #outage = new AbortController()

  constructor(options: SchemaDeskOptions, tally: RegistryTally, clock: Clock, log: Log) {
    this.#options = options
    this.#tally = tally
    this.#clock = clock
    this.#log = log
    this.find = (id) => this.#known.get(id)?.answer
  }

  /** Whether the last question got no answer. */
  get isUnavailable(): boolean {
    return this.#failures > 0
  }

  /** Of these ids, those that the registry has to be asked for now. */
  missing(ids: Iterable<number>): number[] {
    return [...ids].filter((id) => !this.#isKnown(id))
  }

  /** Asks for schemas and waits for a short time at most, and not at all while the registry is out of reach. */
  async resolve(ids: readonly number[]): Promise<void> {
    const answers = Promise.all(ids.map((id) => this.whenKnown(id)))
    if (this.isUnavailable) return
    const late = new AbortController()
    const signal = AbortSignal.any([late.signal, this.#outage.signal])
    await Promise.race([answers, this.#clock.sleep(PATIENCE_MS, signal)])
    late.abort()
  }

  /** Resolves when it is known what an id stands for, be it nothing. Asks until then. Never rejects. */
  whenKnown(id: number): Promise<void> {
    if (this.#isKnown(id)) return Promise.resolve()
    const waiting = this.#wanted.get(id) ?? Promise.withResolvers<void>()
    this.#wanted.set(id, waiting)
    if (!this.#isWorking) void this.#work()
    return waiting.promise
  }

  stop(): void {
    this.#stopped.abort()
    this.#options.provider.close()
  }

  #isKnown(id: number): boolean {
    const entry = this.#known.get(id)
    if (entry === undefined) return false
    if (this.#clock.monotonicMs() < entry.validUntilMs) return true
    this.#forget(id)
    return false
  }

  async #work(): Promise<void> {
    this.#isWorking = true
    // So that what is wanted at one moment is asked for at once.
    await Promise.resolve()
    while (this.#wanted.size > 0 && !this.#stopped.signal.aborted) {
      const ids = [...this.#wanted.keys()].slice(0, this.isUnavailable ? 1 : MOST_AT_ONCE)
      const answers = await Promise.all(ids.map((id) => this.#ask(id)))
      const failed = answers.find((answer) => answer.kind === 'unavailable')
      if (failed?.kind === 'unavailable') await this.#waitOut(failed.detail)
      else this.#recovered()
    }
    this.#isWorking = false
  }

  async #ask(id: number): Promise<SchemaAnswer> {
    const answer = await this.#options.provider.ask(id)
    this.#tally.countRegistryRequest(answer.kind)
    const waiting = this.#wanted.get(id)
    this.#wanted.delete(id)
    if (answer.kind === 'unavailable') {
      // To the end of the queue: one id that makes the registry fail must not keep the others from being asked for.
      if (waiting !== undefined) this.#wanted.set(id, waiting)
      return answer
    }
    this.#keep(id, answer)
    waiting?.resolve()
    return answer
  }

  #keep(id: number, answer: KnownSchema): void {
    if (answer.kind === 'schema') {
      this.#known.set(id, { answer, validUntilMs: Number.POSITIVE_INFINITY })
      return
    }
    const { unknownTtlMs, random } = this.#options
    const validUntilMs = this.#clock.monotonicMs() + jittered(unknownTtlMs, random)
    this.#known.set(id, { answer, validUntilMs })
    if (++this.#unknown > MOST_UNKNOWN) this.#forgetOldestUnknown()
    this.#log.warn('Records name a schema that can’t be used: they are counted as schema_unknown', {
      schemaId: id,
      detail: answer.detail,
    })
  }

  #forget(id: number): void {
    this.#known.delete(id)
    this.#unknown--
  }

  #forgetOldestUnknown(): void {
    for (const [id, { answer }] of this.#known) {
      if (answer.kind === 'unknown') return this.#forget(id)
    }
  }

  async #waitOut(detail: string): Promise<void> {
    this.#failures++
    this.#outage.abort()
    const delayMs = jittered(backoffMs(this.#failures), this.#options.random)
    if (this.#clock.monotonicMs() - this.#lastWarnedMs >= REPEAT_WARNING_MS) {
      this.#lastWarnedMs = this.#clock.monotonicMs()
      this.#log.warn('The schema registry can’t be used: records that need it wait, others go on', {
        state: 'registry_unavailable',
        error: detail,
        schemas: this.#wanted.size,
        nextAttemptMs: Math.round(delayMs),
      })
    }
    await this.#clock.sleep(delayMs, this.#stopped.signal)
  }

  #recovered(): void {
    if (this.#failures === 0) return
    this.#log.info('The schema registry answers again', { attempts: this.#failures })
    this.#failures = 0
    this.#lastWarnedMs = Number.NEGATIVE_INFINITY
    this.#outage = new AbortController()
  }
}
