import type { CompiledContract } from '../evaluate/compiled.ts'
import type { EventCounts, TrendReport, VerdictCounts } from '../model/status-report.ts'
import { VERDICTS } from '../model/verdict.ts'

/** Flush intervals that are remembered. */
export const TREND_BUCKETS = 60

/** What was counted up to one moment, since the start. */
export interface CountsSoFar {
  readonly events: EventCounts
  verdicts(place: number): VerdictCounts
}

/** Good and bad records of an interval; the rest is neither. */
interface Bucket {
  readonly good: number
  readonly bad: number
  readonly verdicts: Uint32Array
}

/** What one contract came to in each of the last flush intervals. */
export class ContractHistory {
  readonly contract: CompiledContract
  readonly #recent: Uint32Array
  #before: { readonly good: number; readonly bad: number; readonly verdicts: Float64Array }
  #buckets: readonly Bucket[] = []

  /** @param older that of the same contract when it said something else */
  constructor(contract: CompiledContract, older?: ContractHistory) {
    this.contract = contract
    const columns = contract.rules.length * VERDICTS.length
    this.#recent = new Uint32Array(columns)
    this.#before = { good: 0, bad: 0, verdicts: new Float64Array(columns) }
    if (older !== undefined) this.#goOn(older)
  }

  /** Takes over what is known of the events, and of the rules that are still there. */
  #goOn(older: ContractHistory): void {
    const places = samePlaces(this.contract, older.contract)
    const { good, bad, verdicts } = older.#before
    this.#before = { good, bad, verdicts: Float64Array.from(places, (place) => verdicts[place] ?? 0) }
    this.#recent.set(Uint32Array.from(places, (place) => older.#recent[place] ?? 0))
    this.#buckets = older.#buckets.map((bucket) => ({
      ...bucket,
      verdicts: Uint32Array.from(places, (place) => bucket.verdicts[place] ?? 0),
    }))
  }

  /** Ends an interval, with what was counted up to now. */
  push(counts: CountsSoFar): void {
    const now = { ...goodAndBad(counts.events), verdicts: this.#verdictsOf(counts) }
    const { good, bad, verdicts } = this.#before
    const grown = Uint32Array.from(now.verdicts, (value, column) => value - (verdicts[column] as number))
    this.#buckets = [...this.#buckets, { good: now.good - good, bad: now.bad - bad, verdicts: grown }]
    this.#addToRecent(grown, 1)
    if (this.#buckets.length > TREND_BUCKETS) {
      this.#addToRecent((this.#buckets[0] as Bucket).verdicts, -1)
      this.#buckets = this.#buckets.slice(1)
    }
    this.#before = now
  }

  get trend(): TrendReport {
    return { good: this.#buckets.map(({ good }) => good), bad: this.#buckets.map(({ bad }) => bad) }
  }

  /** Good records of all that count; undefined if there are none. */
  get passRate(): number | undefined {
    const [good, bad] = [sum(this.trend.good), sum(this.trend.bad)]
    return good + bad === 0 ? undefined : good / (good + bad)
  }

  /** Verdicts of a rule in the intervals that are remembered. */
  recent(place: number): VerdictCounts {
    const first = place * VERDICTS.length
    const entries = VERDICTS.map((verdict, column) => [verdict, this.#recent[first + column] ?? 0])
    return Object.fromEntries(entries) as VerdictCounts
  }

  #verdictsOf(counts: CountsSoFar): Float64Array {
    const verdicts = new Float64Array(this.#recent.length)
    for (let place = 0; place < this.contract.rules.length; place++) {
      const ofRule = counts.verdicts(place)
      VERDICTS.forEach((verdict, column) => {
        verdicts[place * VERDICTS.length + column] = ofRule[verdict]
      })
    }
    return verdicts
  }

  #addToRecent(verdicts: Uint32Array, sign: 1 | -1): void {
    for (let column = 0; column < verdicts.length; column++) {
      this.#recent[column] = (this.#recent[column] as number) + sign * (verdicts[column] as number)
    }
  }
}

/** For each column of the verdicts its place among the older ones; −1 for rules that are new. */
function samePlaces(contract: CompiledContract, older: CompiledContract): number[] {
  const known = new Map(older.rules.map(({ rule }, place) => [rule.id, place]))
  return contract.rules.flatMap(({ rule }) => {
    const place = known.get(rule.id)
    return VERDICTS.map((_, column) => (place === undefined ? -1 : place * VERDICTS.length + column))
  })
}

/** As validity counts them: tombstones and what could not be judged are neither. */
export function goodAndBad({ pass, warn, fail, undecodable }: EventCounts): { good: number; bad: number } {
  return { good: pass + warn, bad: fail + undecodable }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
