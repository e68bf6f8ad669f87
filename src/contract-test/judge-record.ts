import { DEFAULT_DECODE_LIMITS, NO_REGISTRY, valueFormat } from '../decode/decode.ts'
import { type JudgeWatch, TopicJudge, type TopicTally } from '../engine/judge-record.ts'
import type { CompiledContract } from '../evaluate/compiled.ts'
import type { EventContext } from '../evaluate/context.ts'
import { EventJudge } from '../evaluate/event-judge.ts'
import type { JudgedEvent } from '../model/judged-event.ts'
import type { KafkaRecord } from '../model/record.ts'
import type { Judgement, RuleVerdict } from '../model/test-result.ts'
import type { TopicStream } from '../stream/topic-stream.ts'
import { EVENT_RESULTS } from '../model/verdict.ts'
import type { EventResult, Verdict } from '../model/verdict.ts'

/**
 * Judges records against one contract exactly as the service judges those of a topic: this is the one place where tests meet the judge.
 * All cases of a contract share one, for making it costs more than judging.
 */
export class RecordJudge implements TopicTally, JudgeWatch {
  readonly wantsDuration = false
  readonly #compiled: CompiledContract
  readonly #judge: TopicJudge
  readonly #events: EventJudge
  #judgement: Judgement = NOT_JUDGED
  /** What is counted by those who look at statuses; undefined while nobody does. */
  #stream: TopicStream | undefined
  #nowMs = 0

  constructor(compiled: CompiledContract) {
    const { topic, format, numbers } = compiled.contract
    this.#compiled = compiled
    this.#events = new EventJudge([compiled])
    this.#judge = new TopicJudge(
      { topic, format: valueFormat(format), keyFormat: 'string', numbers, contracts: [compiled] },
      this,
      { limits: DEFAULT_DECODE_LIMITS, findSchema: NO_REGISTRY },
      noTime,
      this.#events,
      [this],
    )
  }

  /** @param stream where the record is counted too, as one that comes now */
  judge(record: KafkaRecord, nowMs: number, stream?: TopicStream): Judgement {
    this.#judgement = NOT_JUDGED
    this.#stream = stream
    this.#nowMs = nowMs
    this.#judge.judge(record, nowMs, false)
    return this.#judgement
  }

  beforeSlice(): void {
    // A test is not watched for its speed.
  }

  afterEvent(event: unknown, context: EventContext): void {
    this.#stream?.countEvent(this.#events, event, context, this.#nowMs)
  }

  countEvent(judged: JudgedEvent): void {
    this.#judgement = {
      result: EVENT_RESULTS[judged.results[0] as number] as EventResult,
      verdicts: this.#compiled.rules.map((_, rule) => toRuleVerdict(judged.verdict(rule))),
      rejected: undefined,
    }
  }

  countTombstone(): void {
    this.#stream?.countRecord('tombstone', this.#nowMs)
    const isFault = this.#compiled.contract.tombstones === 'fail'
    this.#judgement = { ...NOT_JUDGED, result: isFault ? 'fail' : 'tombstone' }
  }

  countRejected(reason: string, _: KafkaRecord, detail: string): void {
    this.#stream?.countRecord('undecodable', this.#nowMs)
    this.#judgement = { result: 'undecodable', verdicts: undefined, rejected: { reason, detail } }
  }

  countRoundedNumbers(): void {
    // What JavaScript's numbers can't hold is a metric of the service.
  }

  countRecognised(): void {
    // A test writes its values as JSON or text, which says nothing of the topic's records.
  }

  countDuration(): void {
    // A test reports verdicts, not speed.
  }
}

const NOT_JUDGED: Judgement = { result: 'tombstone', verdicts: undefined, rejected: undefined }

/** Durations are not measured. */
function noTime(): number {
  return 0
}

const NOTHING_MORE = { reason: undefined, code: undefined, path: undefined, message: undefined }

function toRuleVerdict(verdict: Verdict): RuleVerdict {
  switch (verdict.kind) {
    case 'pass':
      return { verdict: 'pass', ...NOTHING_MORE }
    case 'skip':
      return { verdict: 'skip', ...NOTHING_MORE, reason: verdict.reason }
    case 'error':
      return { verdict: 'error', ...NOTHING_MORE, reason: verdict.code, message: verdict.message }
    case 'fail': {
      const { reason, code, path, message } = verdict
      return { verdict: 'fail', reason, code, path, message }
    }
  }
}
