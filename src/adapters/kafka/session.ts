import type { Admin, Cluster, Consumer, ConsumerGroupJoinEvent, EachBatchPayload, Kafka } from 'kafkajs'
import type { PartitionEnds } from '../../model/offsets.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Log } from '../../ports/log.ts'
import type { BatchControl, OffsetCommit, SourceHandler, TopicFault } from '../../ports/source.ts'
import { toRecordBatch } from './batch.ts'
import { bounded } from './bounded.ts'
import { checkGroup, leaveGroup, topicFaults } from './cluster.ts'
import { commitOffsets } from './commit.ts'
import type { CommitOnce } from './commit.ts'
import type { KafkaConfig } from './config.ts'
import { createConsumer } from './consumer.ts'
import { FetchTimes } from './fetch-times.ts'
import { isClientError, isFatal } from './faults.ts'
import { GapWatch } from './gap-watch.ts'
import { endsOf, placeAssigned } from './placement.ts'
import type { Placed } from './placement.ts'

/** Why a session ended. */
export type SessionEnd =
  | { readonly reason: 'stopped' | 'reconnect' | 'topics-changed' }
  | { readonly reason: 'crashed'; readonly error: Error; readonly isFatal: boolean }

/** kafkajs clients: one to be a member of the group, one to ask questions. */
export interface Clients {
  readonly membership: Kafka
  readonly questions: Kafka
}

/** What a step of parting with the group may take. */
const GOODBYE_TIMEOUT_MS = 3_000
const RETRY_PLACEMENT_MS = 1_000

/**
 * One life of a kafkajs consumer: from connecting to a crash, a changed set of topics, or a stop. kafkajs can't subscribe while it runs
 * and does not mend itself, so a new session is the answer to all of these.
 */
export class Session {
  readonly #config: KafkaConfig
  readonly #handler: SourceHandler
  readonly #clock: Clock
  readonly #log: Log
  readonly #consumer: Consumer
  readonly #admin: Admin
  #cluster: Cluster | undefined
  #assigned: Readonly<Record<string, number[]>> = {}
  #memberId: string | undefined
  #generation = 0
  #isPlaced = false
  #isQuiescing = false
  #isGone = false
  #hasBegun = false
  #batchAtWork: Promise<void> = Promise.resolve()
  #commitOnce: CommitOnce | undefined
  /** Topics that did not exist when this process began: all that is in them came later. */
  readonly #newTopics: ReadonlySet<string>
  readonly #gaps: GapWatch
  readonly #fetches: FetchTimes
  readonly #ended = Promise.withResolvers<SessionEnd>()

  constructor(
    clients: Clients,
    config: KafkaConfig,
    newTopics: ReadonlySet<string>,
    handler: SourceHandler,
    clock: Clock,
    log: Log,
  ) {
    this.#config = config
    this.#clock = clock
    this.#newTopics = newTopics
    this.#handler = handler
    this.#log = log
    this.#admin = clients.questions.admin()
    this.#gaps = new GapWatch(this.#admin, log, (topic, records) => handler.onGap(topic, records))
    this.#consumer = createConsumer(clients.membership, config, {
      owned: () => Object.keys(this.#assigned),
      onCluster: (cluster) => {
        this.#cluster = cluster
      },
      beforeJoin: () => this.#beforeJoin(),
    })
    this.#fetches = new FetchTimes(this.#consumer, clock)
    this.#consumer.on(this.#consumer.events.GROUP_JOIN, (event) => this.#onJoin(event))
    this.#consumer.on(this.#consumer.events.CRASH, ({ payload }) => this.fail(payload.error))
    this.#consumer.on(this.#consumer.events.END_BATCH_PROCESS, ({ payload }) => {
      if (payload.batchSize === 0)
        this.#onSkipped(payload.topic, payload.partition, Number(payload.lastOffset) + 1)
    })
  }

  /** Whether partitions have been in hand. */
  get hasBegun(): boolean {
    return this.#hasBegun
  }

  /** Connects; rejects soon if no broker can be reached or the group is refused. */
  async connect(): Promise<void> {
    await this.#admin.connect()
    await this.#consumer.connect()
    await checkGroup(this.#clusterOrThrow(), this.#config.group)
  }

  /** Which of the topics can't be read now, and why. */
  faults(topics: readonly string[]): Promise<Map<string, TopicFault>> {
    return topicFaults(this.#clusterOrThrow(), topics)
  }

  /** Joins the group and consumes until the session ends. Never rejects. */
  async run(topics: readonly string[]): Promise<SessionEnd> {
    try {
      await this.#consumer.subscribe({ topics: [...topics], fromBeginning: true })
      await this.#consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: 1,
        eachBatch: (payload) => this.#eachBatch(payload),
      })
    } catch (error) {
      this.fail(error)
    }
    return this.#ended.promise
  }

  /** Ends `run` with a reason; flushes and commits before, while the membership still stands, if that can be had in a bounded time. */
  async end(reason: 'reconnect' | 'topics-changed'): Promise<void> {
    await this.#bounded(this.quiesce().then(() => this.#handler.beforeRejoin()))
    this.#ended.resolve({ reason })
  }

  /** Commits for the present generation. Rejects if the brokers did not take it in a bounded time. */
  commit(offsets: readonly OffsetCommit[]): Promise<void> {
    return commitOffsets(this.#consumer, this.#commitOnce, offsets, this.#clock, this.#log)
  }

  /** The readable range of the assigned partitions. Rejects when the brokers can't be reached, also if nothing is assigned. */
  async ends(): Promise<PartitionEnds[]> {
    if (Object.keys(this.#assigned).length === 0) await this.#admin.describeCluster()
    return endsOf(this.#admin, this.#assigned)
  }

  /** Ends `run` with an error. */
  fail(error: unknown): void {
    const cause = error instanceof Error ? error : new Error(String(error))
    this.#ended.resolve({ reason: 'crashed', error: cause, isFatal: isFatal(cause) })
  }

  async quiesce(): Promise<void> {
    this.#isQuiescing = true
    this.#pauseAll()
    await this.#batchAtWork
  }

  /**
   * Leaves the group, so that somebody else gets the partitions at once: kafkajs leaves only when its last fetch has ended. Never
   * rejects, and takes a bounded time.
   */
  async leave(): Promise<void> {
    this.#isQuiescing = true
    this.#isPlaced = false
    this.#isGone = true
    this.#generation++
    const memberId = this.#memberId
    if (memberId === undefined) return
    this.#memberId = undefined
    await this.#bounded(leaveGroup(this.#clusterOrThrow(), this.#config.group, memberId))
  }

  /** Closes all connections. Never rejects, and takes a bounded time. */
  async disconnect(): Promise<void> {
    await this.#bounded(Promise.all([this.#consumer.disconnect(), this.#admin.disconnect()]))
    this.#ended.resolve({ reason: 'stopped' })
  }

  #bounded(work: Promise<unknown>): Promise<void> {
    return bounded(work, GOODBYE_TIMEOUT_MS, this.#clock)
  }

  async #beforeJoin(): Promise<void> {
    if (!this.#isPlaced) return
    // Makes the batch at work stale: with several brokers, one fetch may re-join while the batch of another is judged.
    this.#isPlaced = false
    await this.#batchAtWork
    await this.#handler.beforeRejoin()
  }

  #clusterOrThrow(): Cluster {
    if (this.#cluster === undefined) throw new Error('kafkajs gave no cluster')
    return this.#cluster
  }

  #onJoin({ payload }: ConsumerGroupJoinEvent): void {
    // kafkajs may join once more between our leaving and its stopping; it leaves by itself then.
    if (this.#isGone) return
    this.#assigned = payload.memberAssignment
    this.#memberId = payload.memberId
    this.#isPlaced = false
    this.#gaps.reset()
    const generation = ++this.#generation
    // Nothing is fetched before each partition has its start.
    this.#pauseAll()
    void this.#place(generation, payload.isLeader)
  }

  async #place(generation: number, isLeader: boolean): Promise<void> {
    const { group, from } = this.#config
    const policyOf = (topic: string) => (this.#newTopics.has(topic) ? 'earliest' : from)
    while (generation === this.#generation) {
      try {
        const placed = await placeAssigned(
          this.#admin,
          this.#clusterOrThrow(),
          group,
          this.#assigned,
          policyOf,
        )
        const starts = placed.filter(({ start }) => start.commitsAtOnce)
        if (starts.length > 0 && generation === this.#generation) await this.commit(starts)
        if (generation === this.#generation) this.#begin(placed, isLeader)
        return
      } catch (error) {
        this.#log.warn('The start of assigned partitions could not be found yet; trying again', {
          error: String(error),
        })
        await this.#clock.sleep(RETRY_PLACEMENT_MS)
      }
    }
  }

  #begin(placed: readonly Placed[], isLeader: boolean): void {
    for (const { topic, partition, offset, start } of placed) {
      this.#consumer.seek({ topic, partition, offset: String(offset) })
      this.#gaps.expect({ topic, partition }, offset)
      this.#gaps.report({ topic, partition }, start.gap)
    }
    const committedNow = placed.map((partition) =>
      partition.start.commitsAtOnce ? { ...partition, committed: partition.offset } : partition,
    )
    this.#handler.onAssigned(committedNow, isLeader)
    this.#isPlaced = true
    this.#hasBegun = true
    if (!this.#isQuiescing) this.#consumer.resume(this.#topicPartitions())
  }

  async #eachBatch(payload: EachBatchPayload): Promise<void> {
    if (this.#isQuiescing || !this.#isPlaced) return
    const work = this.#consume(payload)
    this.#batchAtWork = work.catch(() => undefined)
    try {
      await work
    } catch (error) {
      // Anything but the client's own errors is a fault of ours: retrying the batch would judge it twice and mend nothing.
      if (!isClientError(error)) this.fail(error)
      throw error
    }
  }

  async #consume(payload: EachBatchPayload): Promise<void> {
    const batch = toRecordBatch(payload.batch, this.#fetches.beforeMs)
    this.#commitOnce = payload.commitOffsetsIfNecessary
    const generation = this.#generation
    const isOurs = () => !this.#isQuiescing && this.#isPlaced && generation === this.#generation
    const control: BatchControl = {
      advance: (offset) => {
        payload.resolveOffset(String(offset - 1))
        this.#gaps.expect(batch, offset)
      },
      heartbeat: () => payload.heartbeat(),
      isStale: () => !isOurs() || payload.isStale() || !payload.isRunning(),
      pause: () => {
        const resume = payload.pause()
        // Of a later generation, all partitions are resumed when they have their start.
        return () => isOurs() && resume()
      },
    }
    await this.#gaps.check(batch, batch.records[0]?.offset ?? batch.nextOffset)
    // The question may have taken longer than this session lived: the positions may be another session's by now.
    if (!control.isStale()) await this.#handler.onBatch(batch, control)
  }

  #onSkipped(topic: string, partition: number, offset: number): void {
    // Positions are another session's, or about to be placed anew.
    if (!this.#isPlaced) return
    this.#gaps.expect({ topic, partition }, offset)
    this.#handler.onSkipped({ topic, partition, offset })
  }

  #pauseAll(): void {
    if (this.#memberId === undefined) return
    try {
      this.#consumer.pause(this.#topicPartitions())
    } catch {
      // kafkajs has given the group up already, so nothing is fetched.
    }
  }

  #topicPartitions(): { topic: string; partitions: number[] }[] {
    return Object.entries(this.#assigned).map(([topic, partitions]) => ({ topic, partitions }))
  }
}
