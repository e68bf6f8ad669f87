import { decode } from '../decode/decode.ts'
import type { DecodeLimits } from '../decode/decode.ts'
import type { CompiledTopic } from '../evaluate/compiled.ts'
import { EventContext } from '../evaluate/context.ts'
import { EventJudge } from '../evaluate/event-judge.ts'
import type { JudgedEvent } from '../model/judged-event.ts'
import type { KafkaRecord, RejectReason } from '../model/record.ts'

/** Who counts what becomes of a topic's records. */
export interface TopicTally {
  /** `judged` is valid only during the call. */
  countEvent(judged: JudgedEvent, record: KafkaRecord): void
  /** A record with a null value, which no rule saw. */
  countTombstone(): void
  /** A record that could not be read, and that no rule saw. */
  countRejected(reason: RejectReason, record: KafkaRecord, detail: string): void
  countRoundedNumbers(numbers: number): void
  readonly wantsDuration: boolean
  countDuration(seconds: number): void
}

/** Judges the records of one topic: the same way from Kafka and from a file. */
export class TopicJudge {
  readonly #format: CompiledTopic['format']
  readonly #tally: TopicTally
  readonly #limits: DecodeLimits
  readonly #monotonicMs: () => number
  readonly #judge: EventJudge
  /** Moved on with every event, so that judging allocates nothing. */
  #context: EventContext | undefined

  constructor(topic: CompiledTopic, tally: TopicTally, limits: DecodeLimits, monotonicMs: () => number) {
    this.#format = topic.format
    this.#tally = tally
    this.#limits = limits
    this.#monotonicMs = monotonicMs
    this.#judge = new EventJudge(topic.contracts)
  }

  /**
   * Decodes a record once and judges it against every contract of its topic. Synchronous, and never throws: what is wrong with a record
   * is a result.
   *
   * @param isTimed whether to measure this one; the caller samples.
   */
  judge(record: KafkaRecord, nowMs: number, isTimed: boolean): void {
    const decoded = decode(record.value, this.#format, this.#limits)
    switch (decoded.kind) {
      case 'event':
        if (decoded.roundedNumbers > 0) this.#tally.countRoundedNumbers(decoded.roundedNumbers)
        this.#judgeEvent(decoded.value, record, nowMs, isTimed && this.#tally.wantsDuration)
        this.#tally.countEvent(this.#judge, record)
        return
      case 'undecodable':
        this.#tally.countRejected(decoded.reason, record, decoded.detail)
        return
      case 'tombstone':
        this.#tally.countTombstone()
    }
  }

  #judgeEvent(event: unknown, record: KafkaRecord, nowMs: number, isTimed: boolean): void {
    const context = this.#contextOf(record, nowMs)
    const startedMs = isTimed ? this.#monotonicMs() : 0
    this.#judge.judge(event, context)
    if (isTimed) this.#tally.countDuration((this.#monotonicMs() - startedMs) / 1000)
  }

  #contextOf(record: KafkaRecord, nowMs: number): EventContext {
    if (this.#context === undefined) this.#context = new EventContext(record, nowMs)
    else this.#context.moveTo(record, nowMs)
    return this.#context
  }
}
