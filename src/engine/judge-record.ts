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

/** Who looks after the rules while they judge. */
export interface JudgeWatch {
  /** The first event of a slice is about to be judged: what costs a look at the clock can be done now. */
  beforeSlice(): void
  /** An event was judged. */
  afterEvent(event: unknown, context: EventContext): void
}

/** Judges the records of one topic: the same way from Kafka and from a file. */
export class TopicJudge {
  readonly #format: CompiledTopic['format']
  readonly #tally: TopicTally
  readonly #limits: DecodeLimits
  readonly #monotonicMs: () => number
  readonly #judge: EventJudge
  readonly #watches: readonly JudgeWatch[]
  /** Moved on with every event, so that judging allocates nothing. */
  #context: EventContext | undefined

  constructor(
    topic: CompiledTopic,
    tally: TopicTally,
    limits: DecodeLimits,
    monotonicMs: () => number,
    judge = new EventJudge(topic.contracts),
    watches: readonly JudgeWatch[] = [],
  ) {
    this.#format = topic.format
    this.#tally = tally
    this.#limits = limits
    this.#monotonicMs = monotonicMs
    this.#judge = judge
    this.#watches = watches
  }

  /**
   * Decodes a record once and judges it against every contract of its topic. Synchronous, and never throws: what is wrong with a record
   * is a result.
   *
   * @param opensSlice whether this is the first one after others have had their turn: it is measured.
   */
  judge(record: KafkaRecord, nowMs: number, opensSlice: boolean): void {
    if (opensSlice) for (const watch of this.#watches) watch.beforeSlice()
    const decoded = decode(record.value, this.#format, this.#limits)
    switch (decoded.kind) {
      case 'event':
        if (decoded.roundedNumbers > 0) this.#tally.countRoundedNumbers(decoded.roundedNumbers)
        this.#judgeEvent(decoded.value, record, nowMs, opensSlice && this.#tally.wantsDuration)
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
    this.#tally.countEvent(this.#judge, record)
    for (const watch of this.#watches) watch.afterEvent(event, context)
  }

  #contextOf(record: KafkaRecord, nowMs: number): EventContext {
    if (this.#context === undefined) this.#context = new EventContext(record, nowMs)
    else this.#context.moveTo(record, nowMs)
    return this.#context
  }
}
