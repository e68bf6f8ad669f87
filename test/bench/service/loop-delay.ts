/**
 * Preloaded (`node --import`) into every candidate. The first SIGUSR2 starts to watch the event loop, the second ends it and writes what
 * was seen to the file named by BENCH_DELAY_FILE. So neither the start of the process nor the idle time after the load is in it.
 */
import { writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'

/** How long the event loop was held, in milliseconds. A timer of 10 ms measures it, and its 10 ms are in the figures. */
export interface LoopDelay {
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
}

const NANOSECONDS_PER_MS = 1e6
const file = process.env['BENCH_DELAY_FILE']

if (file !== undefined) {
  const histogram = monitorEventLoopDelay({ resolution: 10 })
  process.once('SIGUSR2', () => {
    histogram.enable()
    process.once('SIGUSR2', () => {
      histogram.disable()
      writeFileSync(file, JSON.stringify(toDelay(histogram)))
    })
  })
}

function toDelay(histogram: ReturnType<typeof monitorEventLoopDelay>): LoopDelay {
  return {
    p50Ms: histogram.percentile(50) / NANOSECONDS_PER_MS,
    p99Ms: histogram.percentile(99) / NANOSECONDS_PER_MS,
    maxMs: histogram.max / NANOSECONDS_PER_MS,
  }
}
