import type { Consumer } from 'kafkajs'
import type { Clock } from '../../ports/clock.ts'

/**
 * When partitions were asked for records. kafkajs says nothing of a fetch that brought none of a partition, yet that tells most about when
 * its next record arrived: not before the fetch that came without it.
 */
export class FetchTimes {
  /** By node: the start of the fetch that is under way or was processed last, and of the one before. */
  readonly #starts = new Map<number, { readonly lastMs: number; readonly beforeMs: number | undefined }>()

  constructor(consumer: Consumer, clock: Clock) {
    consumer.on(consumer.events.FETCH_START, ({ payload: { nodeId } }) => {
      this.#starts.set(nodeId, { lastMs: clock.nowMs(), beforeMs: this.#starts.get(nodeId)?.lastMs })
    })
  }

  /** The start of the fetch before the one that a batch came with, of whichever node; undefined if there was none. */
  get beforeMs(): number | undefined {
    const starts = [...this.#starts.values()].map(({ beforeMs }) => beforeMs ?? Number.NaN)
    const earliestMs = Math.min(...starts)
    return Number.isFinite(earliestMs) ? earliestMs : undefined
  }
}
