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
/** CPU time of the plain script, in that of Assay. */
const LEAST_GAIN = 7
/** CPU time of Assay, in that of the floor. */
const MOST_OVER_FLOOR = 1.5

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
  const cpu = { plain: lowestCpu(plain), assay: lowestCpu(assay), floor: lowestCpu(floor) }
  const [gain, overFloor] = [cpu.plain / cpu.assay, cpu.assay / cpu.floor]
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
      name: `at least ${LEAST_GAIN} times less CPU time per event than the plain script`,
      found: `${cpu.assay.toFixed(1)} against ${cpu.plain.toFixed(1)} s per million, ${gain.toFixed(2)} times less`,
      isMet: gain >= LEAST_GAIN,
    },
    {
      name: `at most ${MOST_OVER_FLOOR} times the CPU time of the floor`,
      found: `${cpu.assay.toFixed(1)} against ${cpu.floor.toFixed(1)} s per million, ${overFloor.toFixed(2)} times`,
      isMet: overFloor <= MOST_OVER_FLOOR,
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
