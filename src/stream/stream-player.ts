import type { CompiledTopic } from '../evaluate/compiled.ts'
import type { StatusChange, SubjectStatus } from '../model/status.ts'
import { TopicStream } from './topic-stream.ts'

/** How often statuses are judged: the flush interval that a service has unless told otherwise. */
const TICK_MS = 10_000

/**
 * Plays a topic on a clock that is told how late it is: statuses are judged as often as a service that is never behind would judge them.
 * Silence costs a judgement every ten seconds, so that a day takes some 9,000 of them.
 */
export class StreamPlayer {
  readonly stream: TopicStream
  readonly changes: StatusChange[] = []
  #nowMs: number
  #nextTickMs: number
  #newestArrivalMs: number | undefined

  constructor(topic: CompiledTopic, startMs: number) {
    this.stream = new TopicStream(topic, startMs, [], { flushIntervalMs: TICK_MS })
    this.#nowMs = startMs
    this.#nextTickMs = startMs + TICK_MS
  }

  get nowMs(): number {
    return this.#nowMs
  }

  /** Lets time go by until a record arrives. One that claims to be older than the one before arrives with it. */
  arrive(atMs: number): number {
    this.runUntil(atMs)
    this.#newestArrivalMs = this.#nowMs
    return this.#nowMs
  }

  /** Lets time go by without a record. */
  runUntil(untilMs: number): void {
    for (; this.#nextTickMs <= untilMs; this.#nextTickMs += TICK_MS) this.#tick(this.#nextTickMs)
    this.#nowMs = Math.max(this.#nowMs, untilMs)
  }

  /** Judges everything once more. @returns how it stands now. */
  end(): readonly SubjectStatus[] {
    this.#tick(this.#nowMs)
    return this.stream.statuses()
  }

  #tick(nowMs: number): void {
    this.#nowMs = nowMs
    const { changes } = this.stream.tick({
      nowMs,
      watermarkMs: nowMs,
      isBehind: false,
      isReachable: true,
      isEmpty: this.#newestArrivalMs === undefined,
      newestArrivalMs: this.#newestArrivalMs,
    })
    this.changes.push(...changes)
  }
}
