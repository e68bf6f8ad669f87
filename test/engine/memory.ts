import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Notice } from '../../src/model/notice.ts'
import type { PartitionEnds, PartitionOffset } from '../../src/model/offsets.ts'
import type { KafkaRecord } from '../../src/model/record.ts'
import type { Sample, Tags } from '../../src/model/sample.ts'
import type { Announcer } from '../../src/ports/announcer.ts'
import type { Clock } from '../../src/ports/clock.ts'
import type { Log, LogFields } from '../../src/ports/log.ts'
import type { Sink } from '../../src/ports/sink.ts'
import type {
  AssignedPartition,
  BatchControl,
  History,
  HistoryRecords,
  OffsetCommit,
  RecordBatch,
  Source,
  SourceHandler,
} from '../../src/ports/source.ts'

/** The ports in memory: they keep what the real ones promise, and time and faults are in the hands of the test. */

export const START_MS = Date.UTC(2025, 5, 1, 12)
export const TOPIC = 'ads.ad-published.v1'

/** Lets everything that is ready to go on do so: nothing here waits for more than turns of the event loop. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await nextTurn()
}

interface Alarm {
  atMs: number
  readonly intervalMs: number | undefined
  readonly ring: () => void
}

/** Time that moves only when it is told to. */
export class ManualClock implements Clock {
  /** What each look at the monotonic clock takes: makes judging slow. */
  lookMs = 0
  yields = 0
  #elapsedMs = 0
  readonly #alarms = new Set<Alarm>()

  nowMs(): number {
    return START_MS + this.#elapsedMs
  }

  monotonicMs(): number {
    this.#elapsedMs += this.lookMs
    return this.#elapsedMs
  }

  async yieldToLoop(): Promise<void> {
    this.yields++
    await nextTurn()
  }

  sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const alarm = { atMs: this.#elapsedMs + delayMs, intervalMs: undefined, ring: resolve }
      this.#alarms.add(alarm)
      signal?.addEventListener('abort', () => {
        this.#alarms.delete(alarm)
        resolve()
      })
    })
  }

  every(intervalMs: number, task: () => void): () => void {
    const alarm = { atMs: this.#elapsedMs + intervalMs, intervalMs, ring: task }
    this.#alarms.add(alarm)
    return () => this.#alarms.delete(alarm)
  }

  /** Moves time on, ringing what is due on the way, and lets what follows from it happen. */
  async pass(durationMs: number): Promise<void> {
    const endMs = this.#elapsedMs + durationMs
    for (let next = this.#next(endMs); next !== undefined; next = this.#next(endMs)) {
      this.#elapsedMs = next.atMs
      if (next.intervalMs === undefined) this.#alarms.delete(next)
      else next.atMs += next.intervalMs
      next.ring()
      await settled()
    }
    this.#elapsedMs = endMs
    await settled()
  }

  get alarms(): number {
    return this.#alarms.size
  }

  #next(untilMs: number): Alarm | undefined {
    return [...this.#alarms].filter(({ atMs }) => atMs <= untilMs).toSorted((a, b) => a.atMs - b.atMs)[0]
  }
}

/** Remembers lines. */
export class MemoryLog implements Log {
  readonly lines: {
    readonly level: string
    readonly message: string
    readonly fields: LogFields | undefined
  }[] = []
  debug(message: string, fields?: LogFields): void {
    this.lines.push({ level: 'debug', message, fields })
  }
  info(message: string, fields?: LogFields): void {
    this.lines.push({ level: 'info', message, fields })
  }
  warn(message: string, fields?: LogFields): void {
    this.lines.push({ level: 'warn', message, fields })
  }
  error(message: string, fields?: LogFields): void {
    this.lines.push({ level: 'error', message, fields })
  }
}

/** A sink that keeps what it took. While it has a fault it takes nothing; while it is held it is still sending. */
export class MemorySink implements Sink {
  readonly name: string
  readonly taken: (readonly Sample[])[] = []
  fault: Error | undefined
  atWork = 0
  mostAtWork = 0
  readonly #journal: string[]
  #held: PromiseWithResolvers<void> | undefined

  constructor(name = 'memory', journal: string[] = []) {
    this.name = name
    this.#journal = journal
  }

  async send(samples: readonly Sample[]): Promise<void> {
    this.mostAtWork = Math.max(this.mostAtWork, ++this.atWork)
    await this.#held?.promise
    this.atWork--
    if (this.fault !== undefined) throw this.fault
    this.taken.push(structuredClone(samples))
    this.#journal.push(`${this.name} sent`)
  }

  close(): Promise<void> {
    this.#journal.push(`${this.name} closed`)
    return Promise.resolve()
  }

  hold(): void {
    this.#held = Promise.withResolvers()
  }

  release(): void {
    this.#held?.resolve()
    this.#held = undefined
  }

  /** All samples of a metric that it ever took, of series with at least these tags. */
  samples(name: string, tags: Tags = {}): Sample[] {
    return this.taken.flat().filter((sample) => sample.name === name && hasTags(sample, tags))
  }

  /** Sum of a count over all that it took. */
  total(name: string, tags: Tags = {}): number {
    return this.samples(name, tags).reduce(
      (sum, sample) => sum + (sample.type === 'count' ? sample.value : 0),
      0,
    )
  }

  /** Value of a gauge in the newest flush; undefined if it was not in it. */
  gauge(name: string, tags: Tags = {}): number | undefined {
    const found = this.taken.at(-1)?.find((sample) => sample.name === name && hasTags(sample, tags))
    return found?.type === 'gauge' ? found.value : undefined
  }
}

function hasTags(sample: Sample, tags: Tags): boolean {
  return Object.entries(tags).every(([tag, value]) => sample.tags[tag] === value)
}

/** Batch control that remembers what it was told. */
export class MemoryControl implements BatchControl {
  readonly advances: number[] = []
  heartbeats = 0
  stale = false
  paused = false
  staleAfterHeartbeat = false
  rebalance: Error | undefined

  advance(offset: number): void {
    this.advances.push(offset)
  }

  heartbeat(): Promise<void> {
    this.heartbeats++
    if (this.staleAfterHeartbeat) this.stale = true
    return this.rebalance === undefined ? Promise.resolve() : Promise.reject(this.rebalance)
  }

  isStale(): boolean {
    return this.stale
  }

  pause(): () => void {
    this.paused = true
    return () => {
      this.paused = false
    }
  }
}

/** A group of one member, played by the test through `handler`. */
export class MemorySource implements Source {
  readonly commits: (readonly OffsetCommit[])[] = []
  readonly reconnects: string[] = []
  readonly subscriptions: (readonly string[])[] = []
  commitFault: Error | undefined
  /** What `ends` answers; a promise that never settles plays brokers that don't. */
  endsAnswer: () => Promise<readonly PartitionEnds[]> = () => Promise.resolve([])
  /** What `history` answers. */
  historyAnswer: Source['history'] = () => Promise.reject(new Error('nothing is remembered'))
  readonly #journal: string[]
  readonly #running = Promise.withResolvers<void>()
  #handler: SourceHandler | undefined

  constructor(journal: string[] = []) {
    this.#journal = journal
  }

  get handler(): SourceHandler {
    if (this.#handler === undefined) throw new Error('the source does not run yet')
    return this.#handler
  }

  run(handler: SourceHandler): Promise<void> {
    this.#handler = handler
    return this.#running.promise
  }

  fail(error: Error): void {
    this.#running.reject(error)
  }

  commit(offsets: readonly OffsetCommit[]): Promise<void> {
    if (this.commitFault !== undefined) return Promise.reject(this.commitFault)
    this.commits.push(offsets)
    this.#journal.push('committed')
    return Promise.resolve()
  }

  ends(): Promise<readonly PartitionEnds[]> {
    return this.endsAnswer()
  }

  history(
    topic: string,
    partitions: readonly PartitionOffset[],
    sinceMs: number,
    maxRecords: number,
  ): Promise<History> {
    return this.historyAnswer(topic, partitions, sinceMs, maxRecords)
  }

  subscribe(topics: readonly string[]): void {
    this.subscriptions.push(topics)
  }

  reconnect(reason: string): void {
    this.reconnects.push(reason)
  }

  quiesce(): Promise<void> {
    this.#journal.push('quiesced')
    return Promise.resolve()
  }

  stop(): Promise<void> {
    this.#journal.push('stopped')
    this.#running.resolve()
    return Promise.resolve()
  }
}

/** A partition that is assigned at its beginning, unless told otherwise. */
export function assigned(more: Partial<AssignedPartition> = {}): AssignedPartition {
  return {
    topic: TOPIC,
    partition: 0,
    offset: 0,
    committed: undefined,
    end: 0,
    lastTimestampMs: undefined,
    note: undefined,
    ...more,
  }
}

/** A record with an event as its value; a text is taken as it is. */
export function recordAt(offset: number, event: unknown, more: Partial<KafkaRecord> = {}): KafkaRecord {
  const value = Buffer.from(typeof event === 'string' ? event : JSON.stringify(event))
  return { topic: TOPIC, partition: 0, offset, timestampMs: START_MS, key: null, value, headers: {}, ...more }
}

/** One batch with these events from an offset on; the log ends with it, unless told otherwise. */
export function batchOf(
  from: number,
  events: readonly unknown[],
  more: Partial<RecordBatch> = {},
): RecordBatch {
  const end = from + events.length
  const records = events.map((event, index) => recordAt(from + index, event))
  return { topic: TOPIC, partition: 0, records, nextOffset: end, endOffset: end, ...more }
}

/** Remembers what it was told; while it has a fault it takes nothing. */
export class MemoryAnnouncer implements Announcer {
  readonly name: string
  readonly told: Notice[] = []
  fault: Error | undefined

  constructor(name = 'memory') {
    this.name = name
  }

  announce(notice: Notice): Promise<void> {
    if (this.fault !== undefined) return Promise.reject(this.fault)
    this.told.push(notice)
    return Promise.resolve()
  }

  get titles(): string[] {
    return this.told.map(({ title }) => title)
  }
}

/** The past of partition 0 from its first record on, read a few records at a time. */
export class MemoryHistory implements History {
  readonly places: History['places']
  isClosed = false
  /** Set to let reads wait for it. */
  held: Promise<void> | undefined
  readonly #records: readonly KafkaRecord[]

  constructor(records: readonly KafkaRecord[], isCut = false) {
    this.#records = records
    this.places = [{ partition: 0, offset: records[0]?.offset ?? 0, isCut }]
  }

  async read(_partition: number, offset: number, before: number): Promise<HistoryRecords> {
    await this.held
    const records = this.#records
      .filter((record) => record.offset >= offset && record.offset < before)
      .slice(0, 7)
    return { records, nextOffset: (records.at(-1)?.offset ?? before - 1) + 1 }
  }

  close(): Promise<void> {
    this.isClosed = true
    return Promise.resolve()
  }
}
