import { Fault } from '../../errors/fault.ts'
import type { PartitionEnds, PartitionOffset } from '../../model/offsets.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Log } from '../../ports/log.ts'
import type { History, OffsetCommit, Source, SourceHandler, TopicFault } from '../../ports/source.ts'
import { createClient } from './client.ts'
import type { KafkaConfig } from './config.ts'
import { isFatal, rootOf, toFault } from './faults.ts'
import { KafkaHistory } from './history.ts'
import { Session } from './session.ts'
import type { Clients, SessionEnd } from './session.ts'

const FIRST_BACKOFF_MS = 500
const MAX_BACKOFF_MS = 5_000
const REPEAT_WARNING_MS = 30_000

/** Events from Kafka: keeps a session going, and starts a new one when the present one ends for a reason that this mends. */
export class KafkaSource implements Source {
  readonly #config: KafkaConfig
  #topics: readonly string[]
  #whenOthers = Promise.withResolvers<void>()
  readonly #clock: Clock
  readonly #log: Log
  readonly #clients: Clients
  readonly #stopped = new AbortController()
  /** One promise for all sessions: each listener of its own would stay on the signal. */
  readonly #whenStopped: Promise<void>
  #session: Session | undefined
  #backoffMs = FIRST_BACKOFF_MS
  #lastReachedMs: number
  /** Since when no session has got as far as partitions. */
  #failingSinceMs: number | undefined
  #isReached = false
  #lastWarnedMs = Number.NEGATIVE_INFINITY
  #handler: SourceHandler | undefined
  #knownFaults = ''
  readonly #onceMissing = new Set<string>()

  constructor(config: KafkaConfig, topics: readonly string[], clock: Clock, log: Log) {
    this.#config = config
    this.#topics = topics
    this.#clock = clock
    this.#log = log
    this.#clients = {
      membership: createClient(config, 'long', log),
      questions: createClient(config, 'short', log),
    }
    this.#lastReachedMs = clock.monotonicMs()
    this.#whenStopped = new Promise((resolve) => {
      this.#stopped.signal.addEventListener('abort', () => resolve(), { once: true })
    })
  }

  async run(handler: SourceHandler): Promise<void> {
    this.#handler = handler
    while (!this.#stopped.signal.aborted) {
      const session = new Session(
        this.#clients,
        this.#config,
        this.#onceMissing,
        handler,
        this.#clock,
        this.#log,
      )
      this.#session = session
      const end = await this.#runSession(session, handler)
      if (session.hasBegun) {
        this.#failingSinceMs = undefined
        this.#backoffMs = FIRST_BACKOFF_MS
      }
      if (end.reason === 'stopped') return
      await session.leave()
      handler.onRevoked()
      // Not waited for: kafkajs first waits for its last fetch, which may be the very one that never ends.
      void session.disconnect()
      if (end.reason === 'crashed') await this.#recover(end.error, end.isFatal)
    }
  }

  commit(offsets: readonly OffsetCommit[]): Promise<void> {
    return this.#session?.commit(offsets) ?? Promise.reject(new Error('not connected'))
  }

  /** Also how it is known that brokers are in reach: kafkajs tries again in silence. */
  async ends(): Promise<readonly PartitionEnds[]> {
    const session = this.#session
    if (session === undefined) return []
    try {
      const ends = await session.ends()
      this.#reached()
      return ends
    } catch (error) {
      const fault = this.#unreached(error, this.#lastReachedMs)
      if (fault !== undefined) session.fail(fault)
      throw error
    }
  }

  history(
    topic: string,
    partitions: readonly PartitionOffset[],
    sinceMs: number,
    maxRecords: number,
  ): Promise<History> {
    return KafkaHistory.open(this.#clients.questions, topic, partitions, sinceMs, maxRecords)
  }

  subscribe(topics: readonly string[]): void {
    this.#topics = topics
    this.#whenOthers.resolve()
    this.#whenOthers = Promise.withResolvers()
    void this.#session?.end('topics-changed')
  }

  reconnect(): void {
    void this.#session?.end('reconnect')
  }

  async quiesce(): Promise<void> {
    this.#stopped.abort()
    await this.#session?.quiesce()
  }

  async stop(): Promise<void> {
    this.#stopped.abort()
    await this.#session?.disconnect()
  }

  async #runSession(session: Session, handler: SourceHandler): Promise<SessionEnd> {
    try {
      await Promise.race([session.connect(), this.#whenStopped])
      if (this.#stopped.signal.aborted) return { reason: 'stopped' }
      this.#reached()
      const topics = this.#topics
      const faults = await this.#audit(session, handler)
      // What is read of the topics may be others' by now.
      if (topics !== this.#topics) return { reason: 'topics-changed' }
      const readable = topics.filter((topic) => !faults.has(topic))
      const stopAuditing = this.#clock.every(this.#config.topicAuditIntervalMs, () => {
        void this.#endIfTopicsChanged(session, handler, readable)
      })
      try {
        return readable.length === 0 ? await this.#waitForTopics() : await session.run(readable)
      } finally {
        stopAuditing()
      }
    } catch (error) {
      const cause = error instanceof Error ? error : new Error(String(error))
      return { reason: 'crashed', error: cause, isFatal: isFatal(cause) }
    }
  }

  async #audit(session: Session, handler: SourceHandler): Promise<ReadonlyMap<string, TopicFault>> {
    const faults = await session.faults(this.#topics)
    const known = JSON.stringify([...faults])
    if (known !== this.#knownFaults && (faults.size > 0 || this.#knownFaults !== '')) {
      for (const [topic, fault] of faults) this.#log.warn(FAULT_MESSAGES[fault], { topic })
      if (faults.size === 0) this.#log.info('All topics of the rules can be read')
    }
    this.#knownFaults = known
    for (const [topic, fault] of faults) if (fault === 'missing') this.#onceMissing.add(topic)
    handler.onTopicFaults(faults)
    return faults
  }

  /** kafkajs notices neither a topic that appears nor one that is deleted, so the list is looked through now and then. */
  async #endIfTopicsChanged(
    session: Session,
    handler: SourceHandler,
    readable: readonly string[],
  ): Promise<void> {
    try {
      const faults = await this.#audit(session, handler)
      const now = this.#topics.filter((topic) => !faults.has(topic))
      if (now.join() !== readable.join() && session === this.#session) await session.end('topics-changed')
    } catch (error) {
      this.#log.debug('The topics could not be looked through', { error: String(error) })
    }
  }

  async #waitForTopics(): Promise<SessionEnd> {
    const waited = this.#clock.sleep(this.#config.topicAuditIntervalMs, this.#stopped.signal)
    await Promise.race([waited, this.#whenOthers.promise])
    return { reason: this.#stopped.signal.aborted ? 'stopped' : 'topics-changed' }
  }

  /** Waits before the next session, or gives up. */
  async #recover(error: Error, fatal: boolean): Promise<void> {
    if (this.#stopped.signal.aborted) return
    if (fatal) throw toFault(error, this.#config.group)
    this.#failingSinceMs ??= this.#clock.monotonicMs()
    const fault = this.#unreached(error, this.#failingSinceMs)
    if (fault !== undefined) throw fault
    await this.#clock.sleep(this.#backoffMs, this.#stopped.signal)
    this.#backoffMs = Math.min(this.#backoffMs * 2, MAX_BACKOFF_MS)
  }

  #reached(): void {
    if (!this.#isReached) this.#log.info('Brokers are in reach')
    this.#isReached = true
    this.#lastReachedMs = this.#clock.monotonicMs()
    this.#handler?.onConnection(true)
  }

  /** Notes that the brokers could not be used, and says whether that has gone on for too long. */
  #unreached(error: unknown, sinceMs: number): Fault | undefined {
    const { brokers, brokerTimeoutMs } = this.#config
    const cause = error instanceof Error ? rootOf(error).message : String(error)
    const awayMs = this.#clock.monotonicMs() - sinceMs
    const isNews = this.#isReached || this.#clock.monotonicMs() - this.#lastWarnedMs >= REPEAT_WARNING_MS
    this.#isReached = false
    this.#handler?.onConnection(false)
    if (awayMs < brokerTimeoutMs) {
      if (!isNews) return undefined
      this.#lastWarnedMs = this.#clock.monotonicMs()
      this.#log.warn('Kafka can’t be used now; trying again', {
        brokers: brokers.join(','),
        error: cause,
        awayMs: Math.round(awayMs),
      })
      return undefined
    }
    return new Fault(
      'BROKER_UNREACHABLE',
      `no work with the brokers ${brokers.join(', ')} for ${Math.round(awayMs / 1000)} s: ${cause}`,
      'Check --brokers (KAFKA_BROKERS), the network and the brokers. --broker-timeout says how long to go on trying.',
    )
  }
}

const FAULT_MESSAGES: Readonly<Record<TopicFault, string>> = {
  missing: 'A topic of the rules does not exist; the others go on without it',
  denied: 'A topic of the rules may not be read (it needs Read and Describe); the others go on without it',
  unavailable: 'A topic of the rules has a partition without a leader; the others go on without it',
}
