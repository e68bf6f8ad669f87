import type { SampledViolation } from '../model/violation.ts'
import type { Log, LogFields } from '../ports/log.ts'
import type { RuleSamples } from '../status/violation-sampler.ts'

/** Lines that one flush may write, and how often one rule may have one. */
const MAX_LINES = 10
const PAUSE_MS = 60_000

interface Told {
  readonly atMs: number
  readonly untold: number
}

/** Logs examples of what fails, so seldom that a rule that always fails fills no disk. What was left out is counted in the next line. */
export class ViolationLog {
  readonly #log: Log
  readonly #told = new Map<string, Told>()

  constructor(log: Log) {
    this.#log = log
  }

  write(samples: readonly RuleSamples[], nowMs: number): void {
    let lines = 0
    for (const { contract, rule, count, violations } of samples) {
      if (rule?.rule.mode === 'shadow') continue
      const key = JSON.stringify([contract.contract.id, rule?.rule.id])
      const told = this.#told.get(key)
      const isDue = told === undefined || nowMs - told.atMs >= PAUSE_MS
      const newest = violations.at(-1)
      if (!isDue || lines >= MAX_LINES || newest === undefined) {
        this.#told.set(key, { atMs: told?.atMs ?? -PAUSE_MS, untold: (told?.untold ?? 0) + count })
        continue
      }
      lines++
      this.#log.warn(SAID[newest.result], { events: (told?.untold ?? 0) + count, ...factsOf(newest) })
      this.#told.set(key, { atMs: nowMs, untold: 0 })
    }
  }
}

/** Without the values, though the page may show them: a log is kept, and read by others. */
function factsOf(violation: SampledViolation): LogFields {
  const { contract, rule, reason, message, path, topic, partition, offset, keyHash } = violation
  return { contract, rule, reason, message, path, topic, partition, offset, keyHash }
}

const SAID = {
  fail: 'Events fail a rule; one of them is named',
  error: 'A rule can not judge events; one of them is named',
  undecodable: 'Records can not be read; one of them is named',
} as const
