import { isDeepStrictEqual } from 'node:util'
import type { Measurement } from './measure.ts'

/** Something that Assay has to be, and whether it is. */
export interface Requirement {
  readonly name: string
  readonly found: string
  readonly isMet: boolean
}

/** What was measured of each candidate, a measurement a round. */
export interface Results {
  readonly plain: readonly Measurement[]
  readonly assay: readonly Measurement[]
  readonly floor: readonly Measurement[]
  /** Further rounds of Assay alone, for what is no ratio. */
  readonly assayAlone: readonly Measurement[]
}

const MAX_LOOP_DELAY_P99_MS = 50

/** A machine's other work only ever makes a run slower: the best one says most about the candidate. */
export function fastest(measurements: readonly Measurement[]): Measurement {
  return measurements.reduce((best, one) => (one.eventsPerSecond > best.eventsPerSecond ? one : best))
}

export function lowestCpu(measurements: readonly Measurement[]): number {
  return Math.min(...measurements.map(({ cpuSecondsPerMillion }) => cpuSecondsPerMillion))
}

export function lowestDelayP99Ms(measurements: readonly Measurement[]): number {
  return Math.min(...measurements.map(({ loopDelay }) => loopDelay.p99Ms))
}

/** Judges the results. Ratios are taken from the rounds in which all candidates ran. */
export function judgeRequirements({ plain, assay, floor, assayAlone }: Results): Requirement[] {
  const rates = [fastest(assay), fastest(plain)].map((best) => best.eventsPerSecond) as [number, number]
  const cpu = [lowestCpu(assay), lowestCpu(plain)] as [number, number]
  const rounds = [...assay, ...assayAlone]
  const delayMs = lowestDelayP99Ms(rounds)
  const lost = rounds.reduce((sum, { lostVerdicts }) => sum + lostVerdicts, 0)
  const differing = differingRules([...plain, ...rounds, ...floor])
  return [
    {
      name: 'more events per second than the plain script',
      found: `${Math.round(rates[0])} against ${Math.round(rates[1])}, ${(rates[0] / rates[1]).toFixed(2)} times`,
      isMet: rates[0] > rates[1],
    },
    {
      name: 'less CPU time per event than the plain script',
      found: `${cpu[0].toFixed(1)} against ${cpu[1].toFixed(1)} s per million, ${(cpu[0] / cpu[1]).toFixed(2)} times`,
      isMet: cpu[0] < cpu[1],
    },
    {
      name: `event loop delay p99 of at most ${MAX_LOOP_DELAY_P99_MS} ms under full load`,
      found: `${delayMs.toFixed(1)} ms, the best of ${rounds.length} rounds`,
      isMet: delayMs <= MAX_LOOP_DELAY_P99_MS,
    },
    { name: 'every verdict reaches the receiver', found: `${lost} lost of all rounds`, isMet: lost === 0 },
    {
      name: 'all candidates find the same fails',
      found: differing.length === 0 ? 'they do' : `they differ in ${differing.join(', ')}`,
      isMet: differing.length === 0,
    },
  ]
}

function differingRules(measurements: readonly Measurement[]): string[] {
  // Counts can only be compared where none were lost on the way.
  const complete = measurements.filter(({ lostVerdicts }) => lostVerdicts === 0).map(({ fails }) => fails)
  const [first = {}] = complete
  return Object.keys(first).filter(
    (rule) => !complete.every((fails) => isDeepStrictEqual(fails[rule], first[rule])),
  )
}
