import { EVENT_RESULTS, VERDICTS } from '../model/verdict.ts'
import type { EventResult, VerdictKind } from '../model/verdict.ts'

/** What was counted for one contract since the start of the process: what its sinks have been given, added up. */
export class CountsSinceStart {
  readonly #events = new Float64Array(EVENT_RESULTS.length)
  readonly #verdicts: Float64Array

  constructor(rules: number) {
    this.#verdicts = new Float64Array(rules * VERDICTS.length)
  }

  /** Takes in totals as `ContractTotals` holds them. */
  add(events: Float64Array, verdicts: Float64Array): void {
    addTo(this.#events, events)
    addTo(this.#verdicts, verdicts)
  }

  /** @param places by rule its place among the older ones; undefined for new rules */
  carryOver(older: CountsSinceStart, places: readonly (number | undefined)[]): void {
    addTo(this.#events, older.#events)
    places.forEach((place, rule) => {
      if (place === undefined) return
      const first = place * VERDICTS.length
      this.#verdicts.set(older.#verdicts.subarray(first, first + VERDICTS.length), rule * VERDICTS.length)
    })
  }

  /** Events by result. */
  get events(): Record<EventResult, number> {
    return Object.fromEntries(
      EVENT_RESULTS.map((result, column) => [result, this.#events[column]]),
    ) as Record<EventResult, number>
  }

  /** Verdicts of the rule that is the `place`-th of the contract. */
  verdicts(place: number): Record<VerdictKind, number> {
    const first = place * VERDICTS.length
    return Object.fromEntries(
      VERDICTS.map((verdict, column) => [verdict, this.#verdicts[first + column]]),
    ) as Record<VerdictKind, number>
  }
}

function addTo(totals: Float64Array, more: Float64Array): void {
  for (let column = 0; column < totals.length; column++) {
    totals[column] = (totals[column] as number) + (more[column] as number)
  }
}
