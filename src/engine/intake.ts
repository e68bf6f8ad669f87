import { forgetEnds, observeEnds, seedGrowth } from '../lag/event-age.ts'
import type { PartitionEnds, PartitionOffset } from '../model/offsets.ts'
import type { Sample } from '../model/sample.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type {
  AssignedPartition,
  BatchControl,
  RecordBatch,
  SourceHandler,
  TopicFault,
} from '../ports/source.ts'
import { consumeBatch } from './consume.ts'
import type { DomainTotals } from './domain-totals.ts'
import { advance, hold, observeEnd } from './partitions.ts'
import type { PartitionTable } from './partitions.ts'
import type { RulesAtWork } from './rules-at-work.ts'
import type { SchemaDesk } from './schema-desk.ts'
import type { Streams } from './streams.ts'
import type { TopicAtWork } from './topic-at-work.ts'

/** What the intake needs of the engine. */
export interface IntakeHooks {
  /** Sends and commits what is judged. */
  flush(): Promise<boolean>
  /** Something was judged. */
  progressed(): void
  /** These counts begin, at 0. */
  begin(zeros: readonly Sample[]): void
}

/** Takes what the source tells: judges batches, keeps positions, remembers the state of the group. */
export class Intake implements SourceHandler {
  faults: ReadonlyMap<string, TopicFault> = new Map()
  isConnected = false
  isAssigned = false
  /** True until a group with another leader has been joined: facts about the rule set have one writer. */
  isLeader = true
  readonly #rules: RulesAtWork
  readonly #table: PartitionTable
  readonly #schemas: SchemaDesk | undefined
  readonly #streams: Streams | undefined
  readonly #totals: DomainTotals
  readonly #clock: Clock
  readonly #log: Log
  readonly #hooks: IntakeHooks

  constructor(
    rules: RulesAtWork,
    schemas: SchemaDesk | undefined,
    streams: Streams | undefined,
    table: PartitionTable,
    totals: DomainTotals,
    clock: Clock,
    log: Log,
    hooks: IntakeHooks,
  ) {
    this.#rules = rules
    this.#table = table
    this.#schemas = schemas
    this.#streams = streams
    this.#totals = totals
    this.#clock = clock
    this.#log = log
    this.#hooks = hooks
  }

  get topics(): ReadonlyMap<string, TopicAtWork> {
    return this.#rules.topics
  }

  onAssigned(partitions: readonly AssignedPartition[], isLeader: boolean): void {
    const nowMs = this.#clock.nowMs()
    const kept = new Set(this.#table.all().map(({ topic }) => topic))
    this.#streams?.leave()
    this.#table.assign(partitions, nowMs, (topic) => this.topics.get(topic)?.watch.lateness)
    this.#totals.rebalances++
    this.isAssigned = true
    this.isLeader = isLeader
    this.#seedGrowth(partitions, kept, nowMs)
    this.#streams?.begin(partitions)
    this.#hooks.begin([...this.#totals.zeros, ...this.#rules.zeros()])
    // Whatever stood still here is no longer ours to judge.
    if (partitions.every(({ offset, end }) => offset >= end)) this.#hooks.progressed()
    this.#log.info('Partitions were assigned', {
      partitions: partitions.map(({ topic, partition, offset, end }) => ({ topic, partition, offset, end })),
    })
  }

  /** What is known of how topics grow; of those that others may have judged meanwhile, only what the log tells. */
  #seedGrowth(partitions: readonly AssignedPartition[], kept: ReadonlySet<string>, nowMs: number): void {
    for (const [topic, topicAtWork] of this.topics) {
      if (!kept.has(topic)) topicAtWork.growth = forgetEnds(topicAtWork.growth)
    }
    for (const { topic, partition, end, lastTimestampMs } of partitions) {
      const topicAtWork = this.topics.get(topic)
      if (topicAtWork === undefined) continue
      const growth = observeEnds(topicAtWork.growth, [{ topic, partition, low: 0, end }], nowMs)
      topicAtWork.growth = lastTimestampMs === undefined ? growth : seedGrowth(growth, lastTimestampMs, nowMs)
    }
  }

  onRevoked(): void {
    this.#streams?.leave()
    this.#table.assign([], this.#clock.nowMs())
    this.isAssigned = false
  }

  async beforeRejoin(): Promise<void> {
    await this.#hooks.flush()
  }

  async onBatch(batch: RecordBatch, control: BatchControl): Promise<void> {
    const topic = this.topics.get(batch.topic)
    const state = this.#table.get(batch.topic, batch.partition)
    if (topic === undefined || state === undefined) return
    this.#hooks.progressed()
    await this.#askForSchemas(topic, batch)
    if (control.isStale()) return
    const judgeNow = () => this.topics.get(batch.topic)?.judge
    const { neededSchema } = await consumeBatch(batch, state, judgeNow, control, this.#clock)
    if (neededSchema !== undefined && this.#schemas !== undefined) {
      void hold(state, this.#schemas.whenKnown(neededSchema), control.pause())
    }
  }

  /** Before a batch is judged, so that its records find their schemas without a promise for each. */
  async #askForSchemas(topic: TopicAtWork, batch: RecordBatch): Promise<void> {
    const missing = this.#schemas?.missing(topic.judge.neededSchemas(batch.records)) ?? []
    if (missing.length > 0) await this.#schemas?.resolve(missing)
  }

  onSkipped({ topic, partition, offset }: PartitionOffset): void {
    const state = this.#table.get(topic, partition)
    if (state !== undefined && offset > state.position) advance(state, offset)
  }

  onGap(topic: string, records: number): void {
    this.topics.get(topic)?.totals.countGap(records)
  }

  onTopicFaults(faults: ReadonlyMap<string, TopicFault>): void {
    this.faults = faults
  }

  onConnection(connected: boolean): void {
    this.isConnected = connected
  }

  /** Takes in where the assigned partitions end now. */
  observe(ends: readonly PartitionEnds[]): void {
    const nowMs = this.#clock.nowMs()
    for (const { topic, partition, end } of ends) {
      const state = this.#table.get(topic, partition)
      if (state !== undefined) observeEnd(state, end, this.#clock)
    }
    for (const [topic, group] of Map.groupBy(ends, (range) => range.topic)) {
      const topicAtWork = this.topics.get(topic)
      if (topicAtWork !== undefined) topicAtWork.growth = observeEnds(topicAtWork.growth, group, nowMs)
    }
  }
}
