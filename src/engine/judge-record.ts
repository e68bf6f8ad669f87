import { decode } from '../decode/decode.ts'
import type { DecodeLimits } from '../decode/decode.ts'
import type { CompiledTopic } from '../evaluate/compiled.ts'
import { EventContext } from '../evaluate/context.ts'
import { judgeEvent } from '../evaluate/judge.ts'
import type { KafkaRecord, RejectReason } from '../model/record.ts'
import type { EventResult, Verdict } from '../model/verdict.ts'

/** Who counts what one contract makes of the events. */
export interface ContractTally {
  /** One judged event; `verdicts[i]` is that of rule `i`, valid only during the call. */
  countEvent(result: EventResult, verdicts: readonly Verdict[], record: KafkaRecord): void
  /** A record that no rule saw. */
  countRecord(result: EventResult): void
  readonly wantsDuration: boolean
  countDuration(seconds: number): void
}

/** Who counts what becomes of a topic's records. */
export interface TopicTally {
  readonly contracts: readonly ContractTally[]
  countRejected(reason: RejectReason, record: KafkaRecord, detail: string): void
  countRoundedNumbers(numbers: number): void
}

/** Judges the records of one topic: the same way from Kafka and from a file. */
export class TopicJudge {
  readonly #topic: CompiledTopic
  readonly #tally: TopicTally
  readonly #limits: DecodeLimits
  readonly #monotonicMs: () => number
  /** Written anew for every event, so that judging allocates nothing. */
  readonly #verdicts: Verdict[] = []

  constructor(topic: CompiledTopic, tally: TopicTally, limits: DecodeLimits, monotonicMs: () => number) {
    this.#topic = topic
    this.#tally = tally
    this.#limits = limits
    this.#monotonicMs = monotonicMs
  }

  /**
   * Decodes a record once and judges it against every contract of its topic. Synchronous, and never throws: what is wrong with a record
   * is a result.
   *
   * @param isTimed whether to measure this one; the caller samples.
   */
  judge(record: KafkaRecord, nowMs: number, isTimed: boolean): void {
    const decoded = decode(record.value, this.#topic.format, this.#limits)
    switch (decoded.kind) {
      case 'event':
        if (decoded.roundedNumbers > 0) this.#tally.countRoundedNumbers(decoded.roundedNumbers)
        this.#judgeEvent(decoded.value, record, nowMs, isTimed)
        return
      case 'undecodable':
        this.#tally.countRejected(decoded.reason, record, decoded.detail)
        for (const contract of this.#tally.contracts) contract.countRecord('undecodable')
        return
      case 'tombstone':
        this.#topic.contracts.forEach(({ contract }, index) => {
          this.#tally.contracts[index]?.countRecord(contract.tombstones === 'fail' ? 'fail' : 'tombstone')
        })
    }
  }

  #judgeEvent(event: unknown, record: KafkaRecord, nowMs: number, isTimed: boolean): void {
    const context = new EventContext(record, nowMs)
    const { contracts } = this.#topic
    for (let index = 0; index < contracts.length; index++) {
      const tally = this.#tally.contracts[index] as ContractTally
      const startedMs = isTimed ? this.#monotonicMs() : 0
      const result = judgeEvent(
        contracts[index] as (typeof contracts)[number],
        event,
        context,
        this.#verdicts,
      )
      if (isTimed && tally.wantsDuration) tally.countDuration((this.#monotonicMs() - startedMs) / 1000)
      tally.countEvent(result, this.#verdicts, record)
    }
  }
}
