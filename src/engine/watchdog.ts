import type { PartitionState } from './partitions.ts'

/** What to do about partitions that have something to judge and don't move. */
export type Remedy = 'none' | 'reconnect' | 'give-up'

/**
 * Catches the silent stall: the group's heartbeats are fine, the log grows, and nothing is fetched (kafkajs issues 1456 and 659). The
 * first remedy is a new connection; if nothing has moved a whole time-out after it, a new process is the only one left.
 */
export class Watchdog {
  readonly #stallTimeoutMs: number
  #reconnectedAtMs: number | undefined

  constructor(stallTimeoutMs: number) {
    this.#stallTimeoutMs = stallTimeoutMs
  }

  /** Something was judged. */
  progressed(): void {
    this.#reconnectedAtMs = undefined
  }

  get isStalled(): boolean {
    return this.#reconnectedAtMs !== undefined
  }

  judge(states: readonly PartitionState[], monotonicMs: number): Remedy {
    if (this.#reconnectedAtMs === undefined) {
      if (!states.some((state) => this.#isStanding(state, monotonicMs))) return 'none'
      this.#reconnectedAtMs = monotonicMs
      return 'reconnect'
    }
    const isCaughtUp =
      states.length > 0 &&
      states.every(({ position, end, isHeld }) => isHeld || (end !== undefined && position >= end))
    if (isCaughtUp) this.progressed()
    else if (monotonicMs - this.#reconnectedAtMs > this.#stallTimeoutMs) return 'give-up'
    return 'none'
  }

  #isStanding({ behindSinceMs, isHeld }: PartitionState, monotonicMs: number): boolean {
    return !isHeld && behindSinceMs !== undefined && monotonicMs - behindSinceMs > this.#stallTimeoutMs
  }
}
