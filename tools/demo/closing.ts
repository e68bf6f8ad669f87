/** What was started, to be ended in reverse order. */
export class Closing {
  readonly #steps: (() => unknown)[] = []

  /** Remembers how to end something that was just started. */
  add(close: () => unknown): void {
    this.#steps.push(close)
  }

  /** Ends everything, also when some of it can't be ended; then rejects with the first reason. */
  async close(): Promise<void> {
    const errors: unknown[] = []
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await step()
      } catch (error) {
        errors.push(error)
      }
    }
    if (errors.length > 0) throw errors[0]
  }
}
