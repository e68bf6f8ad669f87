import type { TopicPartition } from '../model/offsets.ts'
import type { Clock } from '../ports/clock.ts'
import type { AssignedPartition, OffsetCommit } from '../ports/source.ts'
import { Arrivals } from './arrivals.ts'
import { Lateness } from './lateness.ts'

/** What is known of one partition that this member owns. */
export interface PartitionState extends TopicPartition {
  /** The next offset to judge. */
  position: number
  committed: number | undefined
  end: number | undefined
  lastJudgedMs: number | undefined
  /** When a record was judged last, on our clock. */
  judgedAtMs: number | undefined
  lastZeroMs: number | undefined
  /** Since when it has been here, at this position at first. */
  readonly assignedMs: number
  /** Since when (monotonic) there has been something to judge without the position moving. */
  behindSinceMs: number | undefined
  movedSinceFlush: boolean
  readonly arrivals: Arrivals
  /** Whether it waits for the schema registry, so that nothing of it is delivered. */
  isHeld: boolean
}

/** Positions that a flush has sent totals for, with the generation of the group that they belong to. */
export interface PendingOffsets {
  readonly generation: number
  readonly offsets: readonly OffsetCommit[]
}

/** What is to be remembered of a topic beside its offsets. */
export interface TopicNote {
  readonly text: string
  /** Whether it has to be written although no offset is new. */
  readonly isNews: boolean
}

/** The partitions of the present assignment. A new assignment forgets the old one: its offsets belong to an older generation. */
export class PartitionTable {
  #generation = 0
  #states = new Map<string, PartitionState>()

  /** @param latenessOf a topic: what its partitions learn of timestamps, together */
  assign(
    partitions: readonly AssignedPartition[],
    nowMs: number,
    latenessOf: (topic: string) => Lateness | undefined = () => undefined,
  ): void {
    this.#generation++
    const before = this.#states
    this.#states = new Map(
      partitions.map(({ topic, partition, offset, committed, end }) => {
        const kept = before.get(keyOf(topic, partition))
        // Where it was left, nobody else has judged meanwhile.
        const known = kept?.position === offset ? kept : { ...UNKNOWN, assignedMs: nowMs }
        const { lastJudgedMs, judgedAtMs, lastZeroMs, assignedMs, arrivals } = known
        return [
          keyOf(topic, partition),
          {
            topic,
            partition,
            position: offset,
            committed,
            end,
            lastJudgedMs,
            judgedAtMs,
            lastZeroMs: offset >= end ? nowMs : lastZeroMs,
            assignedMs,
            behindSinceMs: undefined,
            movedSinceFlush: false,
            arrivals: arrivals ?? new Arrivals(end, nowMs, latenessOf(topic) ?? new Lateness()),
            isHeld: false,
          },
        ]
      }),
    )
  }

  get(topic: string, partition: number): PartitionState | undefined {
    return this.#states.get(keyOf(topic, partition))
  }

  all(): PartitionState[] {
    return [...this.#states.values()]
  }

  ofTopic(topic: string): PartitionState[] {
    return this.all().filter((state) => state.topic === topic)
  }

  /** Positions that the group has not committed yet, and with the lowest partition of each topic its note. */
  pending(notes: ReadonlyMap<string, TopicNote> = new Map()): PendingOffsets {
    const bearers = new Map<string, PartitionState>()
    for (const state of this.all()) {
      if (state.partition <= (bearers.get(state.topic)?.partition ?? Infinity))
        bearers.set(state.topic, state)
    }
    const offsets = this.all().flatMap((state): OffsetCommit[] => {
      const { topic, partition, position, committed } = state
      const note = bearers.get(topic) === state ? notes.get(topic) : undefined
      if (position === committed && note?.isNews !== true) return []
      return [{ topic, partition, offset: position, note: note?.text }]
    })
    return { generation: this.#generation, offsets }
  }

  /** True while no new assignment has replaced the one that `pending` came from. */
  isCurrent(pending: PendingOffsets): boolean {
    return pending.generation === this.#generation
  }

  markCommitted(pending: PendingOffsets): void {
    if (!this.isCurrent(pending)) return
    for (const { topic, partition, offset } of pending.offsets) {
      const state = this.get(topic, partition)
      if (state !== undefined) state.committed = offset
    }
  }
}

/** Moves a partition's position past judged records. */
export function advance(state: PartitionState, position: number): void {
  state.position = position
  state.behindSinceMs = undefined
  state.movedSinceFlush = true
}

/** Puts a partition aside until `known` resolves. Standing still is then no stall. */
export async function hold(state: PartitionState, known: Promise<void>, resume: () => void): Promise<void> {
  state.isHeld = true
  await known
  state.isHeld = false
  state.behindSinceMs = undefined
  resume()
}

/** Takes in the log's end, as a fetch or a question to the brokers saw it. */
export function observeEnd(
  state: PartitionState,
  end: number,
  clock: Pick<Clock, 'nowMs' | 'monotonicMs'>,
): void {
  state.end = end
  const nowMs = clock.nowMs()
  state.arrivals.observeEnd(end, nowMs)
  if (state.position >= end) {
    state.lastZeroMs = nowMs
    state.behindSinceMs = undefined
  } else state.behindSinceMs ??= clock.monotonicMs()
}

/** Takes in when the log was asked for more, where nothing was left: had there been more, it would have come. */
export function observeAsked(state: PartitionState, askedMs: number | undefined): void {
  if (askedMs === undefined || state.end === undefined || state.position < state.end) return
  state.lastZeroMs = Math.max(state.lastZeroMs ?? 0, askedMs)
}

const UNKNOWN = {
  lastJudgedMs: undefined,
  judgedAtMs: undefined,
  lastZeroMs: undefined,
  arrivals: undefined,
}

function keyOf(topic: string, partition: number): string {
  return `${topic}/${partition}`
}
