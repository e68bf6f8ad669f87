import { describe as describeDifference, judgeCase, randomCase } from './fuzz-case.ts'
import { differenceInSet } from './fuzz-set.ts'
import { Random } from './random.ts'
import { shrink } from './shrink.ts'

/** What a run of the fuzzer has seen. */
export interface FuzzTotals {
  expressions: number
  sets: number
  races: number
  /** Readable reports of the first differences, made small. */
  readonly differences: string[]
}

export interface FuzzOptions {
  readonly seed: number
  readonly forMs: number
  /** Stops after so many differences. */
  readonly maxDifferences: number
  /** Called every now and then. */
  readonly onProgress?: (totals: FuzzTotals) => void
}

/** Every so many expressions, one is tried on upstream's interpreter too, which is slow, and one set is compiled. */
const UPSTREAM_EVERY = 10
const SET_EVERY = 10
const PROGRESS_EVERY = 10_000

/** Tries random expressions for a time. */
export async function fuzz({ seed, forMs, maxDifferences, onProgress }: FuzzOptions): Promise<FuzzTotals> {
  const random = new Random(seed)
  const totals: FuzzTotals = { expressions: 0, sets: 0, races: 0, differences: [] }
  const endMs = performance.now() + forMs
  for (let count = 1; performance.now() < endMs && totals.differences.length < maxDifferences; count++) {
    await tryExpression(random, totals, count % UPSTREAM_EVERY === 0)
    if (count % SET_EVERY === 0) trySet(random, totals)
    if (count % PROGRESS_EVERY === 0) onProgress?.(totals)
  }
  return totals
}

async function tryExpression(random: Random, totals: FuzzTotals, withUpstream: boolean): Promise<void> {
  const verdict = await judgeCase(randomCase(random), withUpstream)
  if (verdict === 'unreadable' || verdict === 'too slow') return
  totals.expressions++
  if (verdict === 'race') totals.races++
  if (typeof verdict === 'object') totals.differences.push(describeDifference(await shrink(verdict)))
}

function trySet(random: Random, totals: FuzzTotals): void {
  totals.sets++
  const difference = differenceInSet(random)
  if (difference !== undefined) totals.differences.push(difference)
}
