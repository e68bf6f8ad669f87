import type { CompiledTopic } from '../evaluate/compiled.ts'
import type { Notice } from '../model/notice.ts'
import type { Sample } from '../model/sample.ts'
import type { Log } from '../ports/log.ts'
import type { AssignedPartition } from '../ports/source.ts'
import { NoticeDesk } from '../stream/notice-desk.ts'
import { TopicStream } from '../stream/topic-stream.ts'
import type { StreamOptions, TopicFacts } from '../stream/topic-stream.ts'
import type { RuleTags } from '../telemetry/tags.ts'
import { Lateness } from './lateness.ts'
import type { PartitionState, TopicNote } from './partitions.ts'
import type { StreamHolder } from './stream-tally.ts'
import { readNote, writeNote } from './topic-note.ts'
import type { TopicMemory } from './topic-note.ts'

/** What a judgement of a topic's statuses came to. */
export interface WatchTick {
  readonly samples: readonly Sample[]
  readonly notices: readonly Notice[]
}

/** How a watch begins: where it was left, or anew, with what an earlier owner left behind, if anybody did. */
export type Beginning = 'kept' | { readonly memory: TopicMemory | undefined }

/** One topic as a stream, while its partitions are here: windows, statuses, and what of them the next owner has to know. */
export class TopicWatch implements StreamHolder {
  stream: TopicStream | undefined
  /** How far the timestamps of the topic can be relied on. */
  lateness = new Lateness()
  readonly #topic: CompiledTopic
  readonly #options: StreamOptions
  readonly #log: Log
  #desk = new NoticeDesk()
  /** Where its partitions stood when they were ours. */
  #left: ReadonlyMap<number, number> = new Map()
  #written: { readonly text: string; readonly told: string } = { text: '', told: '[]' }
  #committed = this.#written

  constructor(topic: CompiledTopic, tags: RuleTags, flushIntervalMs: number, log: Log) {
    this.#topic = topic
    this.#options = { tags, flushIntervalMs }
    this.#log = log
  }

  /** Goes on where the watch of older rules stands: rules and promises that say the same keep their windows and statuses. */
  carryOver(older: TopicWatch, nowMs: number): void {
    // The topic's partitions know it already.
    this.lateness = older.lateness
    this.#left = older.#left
    this.#desk = older.#desk
    this.#written = older.#written
    this.#committed = older.#committed
    if (older.stream === undefined) return
    this.stream = new TopicStream(this.#topic, nowMs, older.stream.toRestore(), this.#options)
    this.stream.inherit(older.stream, (rule, before) => rule.content === before.content)
    // What the past still had to tell is told to the older rules alone.
    this.stream.endRebuild(undefined)
  }

  /** Before its partitions are taken away or given anew. */
  leave(states: readonly PartitionState[]): void {
    if (states.length > 0)
      this.#left = new Map(states.map(({ partition, position }) => [partition, position]))
  }

  /** Its partitions are ours from now on. What nobody else has touched meanwhile goes on as if nothing had happened. */
  begin(partitions: readonly AssignedPartition[], nowMs: number): Beginning {
    const note = partitions.toSorted((a, b) => a.partition - b.partition)[0]?.note
    if (this.stream !== undefined && this.#isUntouched(partitions, note)) return 'kept'
    const memory = note === undefined ? undefined : this.#read(note)
    const restored = memory?.statuses ?? this.stream?.toRestore() ?? []
    this.#committed = { text: note ?? '', told: JSON.stringify(restored) }
    this.lateness.restore(memory?.lateShare)
    this.stream = new TopicStream(this.#topic, nowMs, restored, this.#options)
    return { memory }
  }

  tick(facts: TopicFacts): WatchTick {
    if (this.stream === undefined) return { samples: [], notices: [] }
    const { samples, changes } = this.stream.tick(facts)
    const contracts = this.#topic.contracts.map(({ contract }) => contract)
    return { samples, notices: this.#desk.notices(changes, contracts, facts.nowMs) }
  }

  /** What the next owner has to know. It is written with the next commit, and without one only if a status was told. */
  note(newestMs: number | undefined): TopicNote | undefined {
    if (this.stream === undefined) return undefined
    const statuses = this.stream.toRestore()
    const told = JSON.stringify(statuses)
    const text = writeNote({ statuses, newestMs, lateShare: this.lateness.share })
    this.#written = { text, told }
    return { text, isNews: told !== this.#committed.told }
  }

  /** The note was committed. */
  committed(text: string): void {
    if (text === this.#written.text) this.#committed = this.#written
  }

  #isUntouched(partitions: readonly AssignedPartition[], note: string | undefined): boolean {
    const isOurs = note === undefined || note === this.#written.text || note === this.#committed.text
    const stayed = partitions.filter(({ partition, offset }) => this.#left.get(partition) === offset)
    return isOurs && this.#left.size > 0 && stayed.length === this.#left.size
  }

  #read(note: string): TopicMemory | undefined {
    const memory = readNote(note)
    if (memory === undefined) {
      this.#log.warn('The note beside the committed offset is not Assay’s: statuses begin anew', {
        topic: this.#topic.topic,
        bytes: note.length,
      })
    }
    return memory
  }
}
