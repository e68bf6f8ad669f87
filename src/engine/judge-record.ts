import { Decoder } from '../decode/decode.ts'
import type { DecodeLimits, FindSchema } from '../decode/decode.ts'
import type { CompiledTopic } from '../evaluate/compiled.ts'
import { EventContext } from '../evaluate/context.ts'
import { EventJudge } from '../evaluate/event-judge.ts'
import type { JudgedEvent } from '../model/judged-event.ts'
import type { Decoded, KafkaRecord, Recognised, RejectReason } from '../model/record.ts'

/** Who counts what becomes of a topic's records. */
export interface TopicTally {
  /** `judged` and `context` are valid only during the call. */
  countEvent(
    judged: JudgedEvent,
    record: KafkaRecord,
    arrivalMs: number,
    event: unknown,
    context: EventContext,
  ): void
  /** A record with a null value, which no rule saw. */
  countTombstone(arrivalMs: number): void
  /** A record that could not be read, and that no rule saw. */
  countRejected(reason: RejectReason, record: KafkaRecord, detail: string, arrivalMs: number): void
  countRoundedNumbers(numbers: number): void
  /** What the bytes of an event were recognised as. */
  countRecognised(format: Recognised): void
  readonly wantsDuration: boolean
  countDuration(seconds: number): void
}

/** Who looks after the rules while they judge. */
export interface JudgeWatch {
  /** The first event of a slice is about to be judged: what costs a look at the clock can be done now. */
  beforeSlice(): void
  /** An event was judged. */
  afterEvent(event: unknown, context: EventContext): void
  /** A record could not be read. */
  afterRejected?(reason: RejectReason, record: KafkaRecord, nowMs: number): void
}

/** What it takes to read the records of a topic. */
export interface Reading {
  readonly limits: DecodeLimits
  readonly findSchema: FindSchema
  /** Is told which schema an event was written with, when it is another one than that of the event before. */
  readonly onSchema?: (schemaId: number, record: KafkaRecord) => void
}

type DecodedEvent = Extract<Decoded, { kind: 'event' }>

/** Judges the records of one topic: the same way from Kafka and from a file. */
export class TopicJudge {
  readonly #decoder: Decoder
  /** Undefined where keys are text, which is made of them when a rule asks for it. */
  readonly #keyDecoder: Decoder | undefined
  readonly #needsSchemas: boolean
  readonly #reading: Reading
  #lastSchema: number | undefined
  readonly #tally: TopicTally
  readonly #monotonicMs: () => number
  readonly #judge: EventJudge
  readonly #watches: readonly JudgeWatch[]
  /** Moved on with every event, so that judging allocates nothing. */
  #context: EventContext | undefined

  constructor(
    topic: CompiledTopic,
    tally: TopicTally,
    reading: Reading,
    monotonicMs: () => number,
    judge = new EventJudge(topic.contracts),
    watches: readonly JudgeWatch[] = [],
  ) {
    const { format, keyFormat, numbers } = topic
    const { limits, findSchema } = reading
    this.#needsSchemas = [format, keyFormat].some((name) => name !== 'json' && name !== 'string')
    this.#reading = reading
    this.#decoder = new Decoder({ format, numbers, limits }, findSchema)
    this.#keyDecoder =
      keyFormat === 'string' ? undefined : new Decoder({ format: keyFormat, numbers, limits }, findSchema)
    this.#tally = tally
    this.#monotonicMs = monotonicMs
    this.#judge = judge
    this.#watches = watches
  }

  /** The ids of the schemas without which these records can't be judged. */
  neededSchemas(records: readonly KafkaRecord[]): Set<number> {
    const ids = new Set<number>()
    if (!this.#needsSchemas) return ids
    let last: number | undefined
    for (const { key, value } of records) {
      const id = this.#decoder.neededSchema(value)
      if (id !== undefined && id !== last) ids.add(id)
      last = id
      const keyId = value === null ? undefined : this.#keyDecoder?.neededSchema(key)
      if (keyId !== undefined) ids.add(keyId)
    }
    return ids
  }

  /**
   * Decodes a record once and judges it against every contract of its topic. Synchronous, and never throws: what is wrong with a record
   * is a result.
   *
   * @param opensSlice whether this is the first one after others have had their turn: it is measured.
   * @param arrivalMs when the record came, for windows of time
   * @returns the id of the schema that is not known yet, if that kept the record from being judged: nothing is counted then.
   */
  judge(record: KafkaRecord, nowMs: number, opensSlice: boolean, arrivalMs = nowMs): number | undefined {
    if (opensSlice) for (const watch of this.#watches) watch.beforeSlice()
    const decoded = this.#decoder.decode(record.value)
    switch (decoded.kind) {
      case 'event':
        return this.#judgeWithKey(decoded, record, nowMs, opensSlice, arrivalMs)
      case 'undecodable':
        this.#reject(decoded.reason, record, decoded.detail, nowMs, arrivalMs)
        return undefined
      case 'tombstone':
        this.#tally.countTombstone(arrivalMs)
        return undefined
      case 'needs_schema':
        return decoded.id
    }
  }

  #judgeWithKey(
    event: DecodedEvent,
    record: KafkaRecord,
    nowMs: number,
    isTimed: boolean,
    arrivalMs: number,
  ): number | undefined {
    const key = this.#keyDecoder?.decode(record.key)
    if (key?.kind === 'needs_schema') return key.id
    if (key?.kind === 'undecodable') {
      this.#reject(key.reason, record, `the key: ${key.detail}`, nowMs, arrivalMs)
      return undefined
    }
    if (event.roundedNumbers > 0) this.#tally.countRoundedNumbers(event.roundedNumbers)
    this.#tally.countRecognised(event.recognised)
    if (event.schemaId !== this.#lastSchema) this.#observeSchema(event.schemaId, record)
    const context = this.#contextOf(record, nowMs, key?.kind === 'event' ? key.value : undefined)
    this.#judgeEvent(event.value, record, context, isTimed && this.#tally.wantsDuration, arrivalMs)
    return undefined
  }

  #reject(reason: RejectReason, record: KafkaRecord, detail: string, nowMs: number, arrivalMs: number): void {
    this.#tally.countRejected(reason, record, detail, arrivalMs)
    for (const watch of this.#watches) watch.afterRejected?.(reason, record, nowMs)
  }

  #observeSchema(schemaId: number | undefined, record: KafkaRecord): void {
    this.#lastSchema = schemaId
    if (schemaId !== undefined) this.#reading.onSchema?.(schemaId, record)
  }

  #judgeEvent(
    event: unknown,
    record: KafkaRecord,
    context: EventContext,
    isTimed: boolean,
    arrivalMs: number,
  ): void {
    const startedMs = isTimed ? this.#monotonicMs() : 0
    this.#judge.judge(event, context)
    if (isTimed) this.#tally.countDuration((this.#monotonicMs() - startedMs) / 1000)
    this.#tally.countEvent(this.#judge, record, arrivalMs, event, context)
    for (const watch of this.#watches) watch.afterEvent(event, context)
  }

  #contextOf(record: KafkaRecord, nowMs: number, key: unknown): EventContext {
    if (this.#context === undefined) this.#context = new EventContext(record, nowMs, key)
    else this.#context.moveTo(record, nowMs, key)
    return this.#context
  }
}
