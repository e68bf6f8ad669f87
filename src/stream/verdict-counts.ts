import type { JudgedEvent } from '../model/judged-event.ts'
import { VERDICTS } from '../model/verdict.ts'

const COLUMNS = VERDICTS.length
const PASS = VERDICTS.indexOf('pass')
const RULES_A_WORD = Uint32Array.BYTES_PER_ELEMENT

/**
 * Running totals of the verdicts of all rules of a topic. What an event costs here is a look at four rules at a time, and a count for each
 * that did not pass: passes are all events less the others, which is worked out when somebody asks.
 */
export class VerdictCounts {
  /** By rule, then by the verdict's place in VERDICTS. Passes are right after `settle` only. */
  readonly totals: Float64Array
  readonly columns = COLUMNS
  #events = 0
  #verdicts: Uint8Array | undefined
  /** The same bytes, four at a time. A pass is 0. */
  #words: Uint32Array = new Uint32Array(0)

  constructor(rules: number) {
    this.totals = new Float64Array(rules * COLUMNS)
  }

  count({ verdicts }: JudgedEvent): void {
    if (verdicts !== this.#verdicts) this.#look(verdicts)
    this.#events++
    const words = this.#words
    for (let word = 0; word < words.length; word++) {
      if (words[word] === PASS) continue
      const first = word * RULES_A_WORD
      this.#countRules(verdicts, first, first + RULES_A_WORD)
    }
    this.#countRules(verdicts, words.length * RULES_A_WORD, verdicts.length)
  }

  /** Works out the passes. */
  settle(): void {
    const { totals } = this
    for (let row = 0; row < totals.length; row += COLUMNS) {
      let others = 0
      for (let column = 0; column < COLUMNS; column++) {
        if (column !== PASS) others += totals[row + column] as number
      }
      totals[row + PASS] = this.#events - others
    }
  }

  #countRules(verdicts: Uint8Array, from: number, to: number): void {
    const { totals } = this
    for (let rule = from; rule < to; rule++) {
      const verdict = verdicts[rule] as number
      if (verdict === PASS) continue
      const cell = rule * COLUMNS + verdict
      totals[cell] = (totals[cell] as number) + 1
    }
  }

  /** A judge writes all its verdicts into the same place, so that this is done once for each judge. */
  #look(verdicts: Uint8Array): void {
    const { buffer, byteOffset, length } = verdicts
    const isAligned = byteOffset % RULES_A_WORD === 0
    this.#words = new Uint32Array(
      buffer,
      isAligned ? byteOffset : 0,
      isAligned ? Math.floor(length / RULES_A_WORD) : 0,
    )
    this.#verdicts = verdicts
  }
}
