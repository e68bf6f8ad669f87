/** Time as the engine sees it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  nowMs(): number
  /** Milliseconds on a clock that never goes back, for durations. */
  monotonicMs(): number
  /** Lets timers, sockets and requests have their turn. */
  yieldToLoop(): Promise<void>
  /** Resolves after `delayMs`, or at once when the signal is aborted. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>
  /** Calls `task` every `intervalMs` until the returned function is called. */
  every(intervalMs: number, task: () => void): () => void
}
