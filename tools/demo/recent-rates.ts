import { ruleKey, type RuleFigures } from './board.ts'

/** Verdicts that say good or bad, and those that say bad. */
export interface Share {
  readonly fail: number
  readonly judged: number
}

interface Snapshot {
  readonly atMs: number
  readonly byRule: ReadonlyMap<string, Share>
}

const NONE: Share = { fail: 0, judged: 0 }
/** A rate of fewer verdicts than this is chance, and no peak. */
const FEWEST_FOR_PEAK = 100

/** Fail rates over the last moments, from running totals. */
export class RecentRates {
  readonly #windowMs: number
  readonly #peaks = new Map<string, Share>()
  #snapshots: Snapshot[] = []

  constructor(windowMs: number) {
    this.#windowMs = windowMs
  }

  observe(rules: readonly RuleFigures[], atMs: number): void {
    const byRule = new Map(rules.map((figures) => [ruleKey(figures), shareOf(figures)]))
    const base = this.#snapshots.findLastIndex((snapshot) => snapshot.atMs <= atMs - this.#windowMs)
    this.#snapshots = [...this.#snapshots.slice(Math.max(base, 0)), { atMs, byRule }]
    for (const key of byRule.keys()) this.#notePeak(key)
  }

  /** What a rule came to within the window. */
  recent(key: string): Share {
    const last = this.#snapshots.at(-1)?.byRule.get(key) ?? NONE
    const first = this.#snapshots[0]?.byRule.get(key) ?? NONE
    return { fail: last.fail - first.fail, judged: last.judged - first.judged }
  }

  /** The window in which a rule had its highest rate. */
  peak(key: string): Share {
    return this.#peaks.get(key) ?? NONE
  }

  #notePeak(key: string): void {
    const recent = this.recent(key)
    const isHigher = rateOf(recent) > rateOf(this.peak(key)) || !this.#peaks.has(key)
    if (recent.judged >= FEWEST_FOR_PEAK && isHigher) this.#peaks.set(key, recent)
  }
}

/** All verdicts of a rule so far. Errors and skips are no part of a rate. */
export function shareOf({ pass, fail }: RuleFigures): Share {
  return { fail, judged: pass + fail }
}

/** 0 where nothing was judged. */
export function rateOf({ fail, judged }: Share): number {
  return judged === 0 ? 0 : fail / judged
}
