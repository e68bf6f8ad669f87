import type { CompiledTopic } from '../../src/evaluate/compiled.ts'
import { EventContext } from '../../src/evaluate/context.ts'
import { EventJudge } from '../../src/evaluate/event-judge.ts'
import type { Status, StatusChange, SubjectStatus } from '../../src/model/status.ts'
import type { Sample } from '../../src/model/sample.ts'
import type { RestoredStatus } from '../../src/stream/restored-status.ts'
import { TopicStream } from '../../src/stream/topic-stream.ts'
import type { TopicFacts } from '../../src/stream/topic-stream.ts'
import { recordOf } from '../evaluate/support.ts'

export const SECOND_MS = 1000
export const MINUTE_MS = 60 * SECOND_MS
export const HOUR_MS = 60 * MINUTE_MS
export const START_MS = Date.UTC(2025, 5, 2, 8)
const TICK_MS = 10 * SECOND_MS

/** Plays a topic on a clock of its own: events arrive when they are sent, and a tick comes every ten seconds. */
export class Play {
  nowMs: number
  readonly stream: TopicStream
  readonly changes: StatusChange[] = []
  samples: readonly Sample[] = []
  /** What the facts say otherwise than that all is well. */
  facts: Partial<TopicFacts> = {}
  readonly #judge: EventJudge
  #nextTickMs: number
  #newestArrivalMs: number | undefined

  constructor(topic: CompiledTopic, startMs = START_MS, restored: readonly RestoredStatus[] = []) {
    this.nowMs = startMs
    this.stream = new TopicStream(topic, startMs, restored)
    this.#judge = new EventJudge(topic.contracts)
    this.#nextTickMs = startMs + TICK_MS
  }

  /** One event now, or with another time of arrival. */
  send(event: unknown, arrivalMs = this.nowMs): this {
    const context = new EventContext(recordOf(), this.nowMs)
    this.#judge.judge(event, context)
    this.stream.countEvent(this.#judge, event, context, arrivalMs)
    this.#newestArrivalMs = Math.max(this.#newestArrivalMs ?? arrivalMs, arrivalMs)
    return this
  }

  /** Sends events at equal distances for some time; the n-th is what `event` gives. */
  flow(forMs: number, everyMs: number, event: (n: number) => unknown): this {
    const endMs = this.nowMs + forMs
    for (let n = 0; this.nowMs + everyMs <= endMs; n++) {
      this.pass(everyMs)
      this.send(event(n))
    }
    return this.pass(endMs - this.nowMs)
  }

  /** Time goes by, with its ticks. */
  pass(forMs: number): this {
    const endMs = this.nowMs + forMs
    while (this.#nextTickMs <= endMs) {
      this.nowMs = this.#nextTickMs
      this.tick()
    }
    this.nowMs = endMs
    return this
  }

  tick(): this {
    this.#nextTickMs = this.nowMs + TICK_MS
    const { nowMs } = this
    const { changes, samples } = this.stream.tick({
      nowMs,
      watermarkMs: nowMs,
      isBehind: false,
      isReachable: true,
      isEmpty: this.#newestArrivalMs === undefined,
      newestArrivalMs: this.#newestArrivalMs,
      ...this.facts,
    })
    this.changes.push(...changes)
    this.samples = samples
    return this
  }

  /** Moves the clock, back too, without any time going by. */
  setClock(nowMs: number): this {
    this.nowMs = nowMs
    this.#nextTickMs = nowMs + TICK_MS
    return this
  }

  statusOf(name: string): SubjectStatus {
    const found = this.stream.statuses().find((status) => nameOf(status) === name)
    if (found === undefined) throw new Error(`${name} has no status`)
    return found
  }

  /** The statuses that were announced of one subject, in their order. */
  announced(name: string): Status[] {
    return this.changes.filter((change) => nameOf(change) === name).map(({ status }) => status)
  }
}

export function nameOf({ subject }: SubjectStatus): string {
  return subject.kind === 'rule' ? subject.rule : `promise ${subject.promise}`
}
