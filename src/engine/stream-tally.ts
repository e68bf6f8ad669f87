import type { EventContext } from '../evaluate/context.ts'
import type { JudgedEvent } from '../model/judged-event.ts'
import type { KafkaRecord, Recognised, RejectReason } from '../model/record.ts'
import type { TopicStream } from '../stream/topic-stream.ts'
import type { TopicTally } from './judge-record.ts'

/** The stream that a topic's records are counted into at present; undefined while nobody looks at the topic as a stream. */
export interface StreamHolder {
  readonly stream: TopicStream | undefined
}

/** Counts records that are read once more: into the checks over the stream alone, for their verdicts were sent the first time. */
export class HistoryTally implements TopicTally {
  readonly wantsDuration = false
  readonly #holder: StreamHolder

  constructor(holder: StreamHolder) {
    this.#holder = holder
  }

  countEvent(
    judged: JudgedEvent,
    _record: KafkaRecord,
    arrivalMs: number,
    event: unknown,
    context: EventContext,
  ): void {
    this.#holder.stream?.countEvent(judged, event, context, arrivalMs)
  }

  countTombstone(arrivalMs: number): void {
    this.#holder.stream?.countRecord('tombstone', arrivalMs)
  }

  countRejected(_reason: RejectReason, _record: KafkaRecord, _detail: string, arrivalMs: number): void {
    this.#holder.stream?.countRecord('undecodable', arrivalMs)
  }

  countRoundedNumbers(): void {
    // Of no concern to windows.
  }

  countRecognised(): void {
    // Was counted when the record came.
  }

  countDuration(): void {
    // Is never asked for.
  }
}

/** Counts records as they come: into the totals that are sent, and into the checks over the stream. */
export class LiveTally implements TopicTally {
  readonly #totals: TopicTally
  readonly #stream: HistoryTally

  constructor(totals: TopicTally, holder: StreamHolder) {
    this.#totals = totals
    this.#stream = new HistoryTally(holder)
  }

  get wantsDuration(): boolean {
    return this.#totals.wantsDuration
  }

  countEvent(
    judged: JudgedEvent,
    record: KafkaRecord,
    arrivalMs: number,
    event: unknown,
    context: EventContext,
  ): void {
    this.#totals.countEvent(judged, record, arrivalMs, event, context)
    this.#stream.countEvent(judged, record, arrivalMs, event, context)
  }

  countTombstone(arrivalMs: number): void {
    this.#totals.countTombstone(arrivalMs)
    this.#stream.countTombstone(arrivalMs)
  }

  countRejected(reason: RejectReason, record: KafkaRecord, detail: string, arrivalMs: number): void {
    this.#totals.countRejected(reason, record, detail, arrivalMs)
    this.#stream.countRejected(reason, record, detail, arrivalMs)
  }

  countRoundedNumbers(numbers: number): void {
    this.#totals.countRoundedNumbers(numbers)
  }

  countRecognised(format: Recognised): void {
    this.#totals.countRecognised(format)
  }

  countDuration(seconds: number): void {
    this.#totals.countDuration(seconds)
  }
}
