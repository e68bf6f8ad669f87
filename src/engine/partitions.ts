import type { PartitionOffset, TopicPartition } from '../model/offsets.ts'
import type { Clock } from '../ports/clock.ts'
import type { AssignedPartition } from '../ports/source.ts'

/** What is known of one partition that this member owns. */
export interface PartitionState extends TopicPartition {
  /** The next offset to judge. */
  position: number
  committed: number | undefined
  end: number | undefined
  lastJudgedMs: number | undefined
  lastZeroMs: number | undefined
  /** Since when (monotonic) there has been something to judge without the position moving. */
  behindSinceMs: number | undefined
  movedSinceFlush: boolean
  /** Whether it waits for the schema registry, so that nothing of it is delivered. */
  isHeld: boolean
}

/** Positions that a flush has sent totals for, with the generation of the group that they belong to. */
export interface PendingOffsets {
  readonly generation: number
  readonly offsets: readonly PartitionOffset[]
}

/** The partitions of the present assignment. A new assignment forgets the old one: its offsets belong to an older generation. */
export class PartitionTable {
  #generation = 0
  #states = new Map<string, PartitionState>()

  assign(partitions: readonly AssignedPartition[], nowMs: number): void {
    this.#generation++
    this.#states = new Map(
      partitions.map(({ topic, partition, offset, committed, end }) => [
        keyOf(topic, partition),
        {
          topic,
          partition,
          position: offset,
          committed,
          end,
          lastJudgedMs: undefined,
          lastZeroMs: offset >= end ? nowMs : undefined,
          behindSinceMs: undefined,
          movedSinceFlush: false,
          isHeld: false,
        },
      ]),
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

  /** Positions that the group has not committed yet. */
  pending(): PendingOffsets {
    const offsets = this.all()
      .filter(({ position, committed }) => position !== committed)
      .map(({ topic, partition, position }) => ({ topic, partition, offset: position }))
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
  if (state.position >= end) {
    state.lastZeroMs = clock.nowMs()
    state.behindSinceMs = undefined
  } else state.behindSinceMs ??= clock.monotonicMs()
}

function keyOf(topic: string, partition: number): string {
  return `${topic}/${partition}`
}
