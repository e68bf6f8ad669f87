import type { CompiledTopic } from '../evaluate/compiled.ts'
import type { StatusMoment, Timeline } from '../model/check-result.ts'
import type { KafkaRecord } from '../model/record.ts'
import type { StatusChange } from '../model/status.ts'
import { findingText } from '../stream/finding.ts'
import { StreamPlayer } from '../stream/stream-player.ts'
import type { TopicStream } from '../stream/topic-stream.ts'
import type { StreamHolder } from './stream-tally.ts'

/** Plays a finite sample of a topic as if its records came now, each at the time that it says. */
export class SamplePlay implements StreamHolder {
  readonly #topic: CompiledTopic
  readonly #clock: (record: KafkaRecord) => number | undefined
  #player: StreamPlayer | undefined
  #fromMs = 0
  #timeless = 0

  constructor(topic: CompiledTopic, clock: (record: KafkaRecord) => number | undefined) {
    this.#topic = topic
    this.#clock = clock
  }

  get stream(): TopicStream | undefined {
    return this.#player?.stream
  }

  /** Lets time go by until the record comes. Those before the first one that tells its time are counted for no window. */
  arrive(record: KafkaRecord): number | undefined {
    const atMs = this.#clock(record)
    if (atMs === undefined) this.#timeless++
    if (this.#player === undefined && atMs !== undefined) {
      this.#fromMs = atMs
      this.#player = new StreamPlayer(this.#topic, atMs)
    }
    return this.#player?.arrive(atMs ?? this.#player.nowMs)
  }

  /** @param untilMs how long time goes by after the last record, if longer */
  end(untilMs: number | undefined): Timeline | undefined {
    const player = this.#player
    if (player === undefined) return undefined
    if (untilMs !== undefined) player.runUntil(untilMs)
    const statuses = player.end()
    return {
      fromMs: this.#fromMs,
      untilMs: player.nowMs,
      timeless: this.#timeless,
      changes: player.changes.map((change) => toMoment(change, change.atMs)),
      statuses: statuses.map((status) =>
        toMoment({ ...status, from: undefined, atMs: player.nowMs }, status.sinceMs),
      ),
    }
  }
}

function toMoment(change: StatusChange, atMs: number | undefined): StatusMoment {
  const { contract, subject, status, reason } = change
  const name = subject.kind === 'rule' ? subject.rule : subject.promise
  return { atMs, contract, name, kind: subject.kind, status, reason, finding: findingText(change) }
}
