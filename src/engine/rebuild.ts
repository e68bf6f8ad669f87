import { ArrivalClock } from '../lag/arrival.ts'
import type { KafkaRecord } from '../model/record.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { AssignedPartition, History, HistoryPlace, Source } from '../ports/source.ts'
import type { TopicStream } from '../stream/topic-stream.ts'
import { messageOf } from './message-of.ts'
import type { SchemaDesk } from './schema-desk.ts'
import type { TopicAtWork } from './topic-at-work.ts'

/** What a rebuild may cost for each topic. */
export interface RebuildBounds {
  /** 0 for no rebuild. */
  readonly records: number
  readonly timeoutMs: number
}

/** How long re-reading may hold the event loop: less than judging what is new may. */
const SLICE_MS = 4

/** Why a rebuild ends whose partitions were given anew, or taken away. */
const GIVEN_UP = new Error('given up')

/** A rebuild that is under way. */
interface Rebuild {
  readonly topic: TopicAtWork
  readonly stream: TopicStream
  readonly partitions: readonly AssignedPartition[]
  readonly sinceMs: number
  readonly over: AbortController
  /** Rejects when it has to end. One promise for all waits. */
  readonly whenOver: Promise<never>
  records: number
}

/**
 * Fills the windows of topics that were given to this process with what was judged before, by reading it from Kafka once more: one topic at
 * a time, within bounds, and beside the judgement of what is new. What can't be had costs time only: windows fill by themselves.
 */
export class Rebuilder {
  readonly #source: Pick<Source, 'history'>
  readonly #schemas: SchemaDesk | undefined
  readonly #bounds: RebuildBounds
  readonly #clock: Clock
  readonly #log: Log
  readonly #underWay = new Map<TopicAtWork, AbortController>()
  #last: Promise<void> = Promise.resolve()

  constructor(
    source: Pick<Source, 'history'>,
    schemas: SchemaDesk | undefined,
    bounds: RebuildBounds,
    clock: Clock,
    log: Log,
  ) {
    this.#source = source
    this.#schemas = schemas
    this.#bounds = bounds
    this.#clock = clock
    this.#log = log
  }

  /** Begins to fill the windows of a topic, and gives up what was begun before. */
  start(topic: TopicAtWork, partitions: readonly AssignedPartition[]): void {
    this.cancel(topic)
    const { stream } = topic.watch
    if (stream === undefined || stream.longestWindowMs === 0 || this.#bounds.records === 0) return
    const over = new AbortController()
    this.#underWay.set(topic, over)
    const sinceMs = this.#clock.nowMs() - stream.longestWindowMs
    stream.beginRebuild(sinceMs)
    const whenOver = rejection(over.signal)
    const rebuild = { topic, stream, partitions, sinceMs, over, whenOver, records: 0 }
    this.#last = this.#last.then(() => this.#run(rebuild))
  }

  cancel(topic: TopicAtWork): void {
    this.#underWay.get(topic)?.abort(GIVEN_UP)
    this.#underWay.delete(topic)
  }

  stop(): void {
    for (const topic of this.#underWay.keys()) this.cancel(topic)
  }

  async #run(rebuild: Rebuild): Promise<void> {
    const { topic, stream, over } = rebuild
    const { timeoutMs } = this.#bounds
    const late = new Error(`not done in ${timeoutMs} ms`)
    void this.#clock.sleep(timeoutMs, over.signal).then(() => over.abort(late))
    const startedMs = this.#clock.monotonicMs()
    try {
      over.signal.throwIfAborted()
      const { coveredSinceMs, bornMs } = await this.#fill(rebuild)
      stream.endRebuild(coveredSinceMs, bornMs)
      this.#log.info('Windows were filled with what was judged before', {
        topic: topic.compiled.topic,
        records: rebuild.records,
        sinceMs: coveredSinceMs,
        tookMs: Math.round(this.#clock.monotonicMs() - startedMs),
      })
    } catch (error) {
      stream.endRebuild(undefined)
      if (error !== GIVEN_UP) this.#logFailure(rebuild, error)
    } finally {
      over.abort()
      if (this.#underWay.get(topic) === over) this.#underWay.delete(topic)
    }
  }

  #logFailure({ topic, records }: Rebuild, error: unknown): void {
    this.#log.warn('Windows could not be filled with what was judged before: they fill as time goes by', {
      topic: topic.compiled.topic,
      records,
      error: messageOf(error),
    })
  }

  /** @returns since when all that arrived is in the windows, and when the first record of all arrived, if it is among them. */
  async #fill(rebuild: Rebuild): Promise<{ coveredSinceMs: number; bornMs: number | undefined }> {
    const { topic, partitions, sinceMs, whenOver } = rebuild
    const opening = this.#source.history(topic.compiled.topic, partitions, sinceMs, this.#bounds.records)
    try {
      const history = await Promise.race([opening, whenOver])
      let coveredSinceMs = sinceMs
      let earliestMs = Infinity
      for (const place of history.places) {
        const firstMs = await this.#fillFrom(place, history, rebuild)
        if (place.isCut) coveredSinceMs = Math.max(coveredSinceMs, firstMs ?? this.#clock.nowMs())
        earliestMs = Math.min(earliestMs, firstMs ?? Infinity)
      }
      const isWhole = history.places.every(({ offset }) => offset === 0)
      return { coveredSinceMs, bornMs: isWhole && earliestMs < Infinity ? earliestMs : undefined }
    } finally {
      void opening.then((history) => history.close()).catch(() => undefined)
    }
  }

  /** @returns the arrival of the first record. */
  async #fillFrom(place: HistoryPlace, history: History, rebuild: Rebuild): Promise<number | undefined> {
    const { partitions, whenOver } = rebuild
    const until = partitions.find(({ partition }) => partition === place.partition)?.offset ?? place.offset
    const arrivals = new ArrivalClock()
    let firstMs: number | undefined
    for (let offset = place.offset; offset < until;) {
      const read = await Promise.race([history.read(place.partition, offset, until), whenOver])
      const arrivalMs = await this.#judge(read.records, arrivals, rebuild)
      firstMs ??= arrivalMs
      offset = read.nextOffset
    }
    return firstMs
  }

  /** @returns the arrival of the first of the records. */
  async #judge(
    records: readonly KafkaRecord[],
    arrivals: ArrivalClock,
    rebuild: Rebuild,
  ): Promise<number | undefined> {
    let firstMs: number | undefined
    let sliceEndMs = Number.NEGATIVE_INFINITY
    for (const record of records) {
      const opensSlice = this.#clock.monotonicMs() >= sliceEndMs
      if (opensSlice) {
        await Promise.race([this.#clock.yieldToLoop(), rebuild.whenOver])
        rebuild.over.signal.throwIfAborted()
        sliceEndMs = this.#clock.monotonicMs() + SLICE_MS
      }
      const arrivalMs = arrivals.arrivalMs(record.timestampMs, undefined, this.#clock.nowMs())
      firstMs ??= arrivalMs
      const waiting = this.#judgeOne(record, arrivalMs, opensSlice, rebuild)
      if (waiting !== undefined) await waiting
      rebuild.records++
    }
    return firstMs
  }

  /** Waits only for a schema that is not known yet. */
  #judgeOne(
    record: KafkaRecord,
    arrivalMs: number,
    opensSlice: boolean,
    rebuild: Rebuild,
  ): Promise<void> | undefined {
    const needed = rebuild.topic.history.judge(record, arrivalMs, opensSlice, arrivalMs)
    if (needed === undefined) return undefined
    const known = this.#schemas?.whenKnown(needed) ?? Promise.resolve()
    return Promise.race([known, rebuild.whenOver]).then(() =>
      this.#judgeOne(record, arrivalMs, false, rebuild),
    )
  }
}

/** A promise that rejects with the reason of an abortion; nobody has to wait for it. */
function rejection(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>()
  signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  promise.catch(() => undefined)
  return promise
}
