import { constants } from 'node:os'

/** Ctrl-C and its relatives. The first asks for an end in order; a second ends the process at once. */
export interface Interruption {
  readonly signal: AbortSignal
  /** 128 + the signal's number, as shells have it; undefined while nothing has come. */
  exitCode(): number | undefined
  dispose(): void
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export function watchSignals(): Interruption {
  const controller = new AbortController()
  let exitCode: number | undefined
  const onSignal = (signal: NodeJS.Signals) => {
    if (exitCode !== undefined) process.exit(exitCode)
    exitCode = 128 + constants.signals[signal]
    controller.abort()
  }
  for (const signal of SIGNALS) process.on(signal, onSignal)
  return {
    signal: controller.signal,
    exitCode: () => exitCode,
    dispose: () => SIGNALS.forEach((signal) => process.off(signal, onSignal)),
  }
}
