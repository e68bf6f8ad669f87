import type { JudgedEvent } from '../model/judged-event.ts'
import { EVENT_RESULTS } from '../model/verdict.ts'
import type { EventResult } from '../model/verdict.ts'

const COLUMNS = EVENT_RESULTS.length

/** Running totals of the results of the contracts of a topic. */
export class ResultCounts {
  /** By contract, then by the result's place in EVENT_RESULTS. */
  readonly totals: Float64Array
  readonly columns = COLUMNS

  constructor(contracts: number) {
    this.totals = new Float64Array(contracts * COLUMNS)
  }

  count({ results }: JudgedEvent): void {
    for (let contract = 0; contract < results.length; contract++) {
      this.#add(contract * COLUMNS + (results[contract] as number))
    }
  }

  /** Counts a record that no rule saw. */
  countRecord(contract: number, result: EventResult): void {
    this.#add(contract * COLUMNS + EVENT_RESULTS.indexOf(result))
  }

  #add(cell: number): void {
    this.totals[cell] = (this.totals[cell] as number) + 1
  }
}
