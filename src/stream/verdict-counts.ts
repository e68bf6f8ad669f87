import type { JudgedEvent } from '../model/judged-event.ts'
import { VERDICTS } from '../model/verdict.ts'
import { RecentRows } from './recent-rows.ts'

const COLUMNS = VERDICTS.length
const PASS = VERDICTS.indexOf('pass')
const FAIL = VERDICTS.indexOf('fail')
const ERROR = VERDICTS.indexOf('error')
const SKIP = VERDICTS.indexOf('skip')

const RULES_A_WORD = Int32Array.BYTES_PER_ELEMENT
/** The lowest bit of each of the four verdicts of a word. */
const LOWEST = 0x01_01_01_01
/** What a byte holds. */
const MOST_WAITING = 255
/** From so many rules on it costs less to compare a row of verdicts with others than to look at each. */
const MANY_RULES = 256

/**
 * Running totals of the verdicts of all rules of a topic. A pass is 0, so an event costs a look at four rules at a time; where one of them
 * did not pass, the two bits of the four verdicts are added to bytes of their own. After 255 events, or when somebody asks, those bytes go
 * to the totals: fails have the low bit alone, errors the high one, skips both. Passes are all events less the others. Of many rules the
 * verdicts are first compared with those of other events: the same ones again are only counted as such.
 */
export class VerdictCounts {
  /** By rule, then by the verdict's place in VERDICTS. Right after `settle` only. */
  readonly totals: Float64Array
  readonly columns = COLUMNS
  #events = 0
  #verdicts: Uint8Array | undefined
  /** The same bytes, four at a time. */
  #words: Int32Array = new Int32Array(0)
  /** Events whose bits have not gone to the totals yet. */
  #waiting = 0
  readonly #low: Int32Array
  readonly #high: Int32Array
  readonly #both: Int32Array
  /** The same three as bytes, one for each rule: in the order in which the verdicts stand, whatever the order of bytes in a word. */
  readonly #bytes: readonly [low: Uint8Array, high: Uint8Array, both: Uint8Array]

  /** Undefined if there are few rules. */
  readonly #recent: RecentRows | undefined

  constructor(rules: number) {
    this.#recent = rules < MANY_RULES ? undefined : new RecentRows(rules)
    this.totals = new Float64Array(rules * COLUMNS)
    const words = Math.floor(rules / RULES_A_WORD)
    this.#low = new Int32Array(words)
    this.#high = new Int32Array(words)
    this.#both = new Int32Array(words)
    this.#bytes = [bytesOf(this.#low), bytesOf(this.#high), bytesOf(this.#both)]
  }

  count({ verdicts }: JudgedEvent): void {
    this.#events++
    if (this.#recent?.recall(verdicts, this.#countRow) === true) return
    if (verdicts !== this.#verdicts) this.#look(verdicts)
    if (this.#waiting === MOST_WAITING) this.#empty()
    this.#waiting++
    this.#countWords()
    this.#countRow(verdicts, 1, this.#words.length * RULES_A_WORD)
  }

  /** Works out the totals. */
  settle(): void {
    this.#recent?.tellAll(this.#countRow)
    this.#empty()
    const { totals } = this
    const events = this.#events
    for (let row = 0; row < totals.length; row += COLUMNS) {
      const fails = totals[row + FAIL] as number
      const errors = totals[row + ERROR] as number
      const skips = totals[row + SKIP] as number
      totals[row + PASS] = events - fails - errors - skips
    }
  }

  #countWords(): void {
    const [words, low, high, both] = [this.#words, this.#low, this.#high, this.#both]
    for (let word = 0; word < words.length; word++) {
      const four = words[word] as number
      if (four === 0) continue
      low[word] = ((low[word] as number) + (four & LOWEST)) | 0
      const highs = (four >>> 1) & LOWEST
      if (highs === 0) continue
      high[word] = ((high[word] as number) + highs) | 0
      both[word] = ((both[word] as number) + (four & highs)) | 0
    }
  }

  readonly #countRow = (verdicts: Uint8Array, times: number, from = 0): void => {
    const { totals } = this
    for (let rule = from; rule < verdicts.length; rule++) {
      const verdict = verdicts[rule] as number
      if (verdict !== PASS) add(totals, rule * COLUMNS + verdict, times)
    }
  }

  #empty(): void {
    this.#waiting = 0
    const [low, high, both] = [this.#low, this.#high, this.#both]
    for (let word = 0; word < low.length; word++) {
      if (low[word] !== 0 || high[word] !== 0) this.#emptyWord(word)
    }
    low.fill(0)
    high.fill(0)
    both.fill(0)
  }

  #emptyWord(word: number): void {
    const { totals } = this
    const [low, high, both] = this.#bytes
    const first = word * RULES_A_WORD
    for (let rule = first; rule < first + RULES_A_WORD; rule++) {
      const row = rule * COLUMNS
      const skips = both[rule] as number
      add(totals, row + FAIL, (low[rule] as number) - skips)
      add(totals, row + ERROR, (high[rule] as number) - skips)
      add(totals, row + SKIP, skips)
    }
  }

  /** A judge writes all its verdicts into the same place, so that this is done once for each judge. */
  #look(verdicts: Uint8Array): void {
    const { buffer, byteOffset, length } = verdicts
    const isAligned = byteOffset % RULES_A_WORD === 0
    this.#words = new Int32Array(
      buffer,
      isAligned ? byteOffset : 0,
      isAligned ? Math.floor(length / RULES_A_WORD) : 0,
    )
    this.#verdicts = verdicts
  }
}

function add(totals: Float64Array, cell: number, growth: number): void {
  totals[cell] = (totals[cell] as number) + growth
}

function bytesOf({ buffer }: Int32Array): Uint8Array {
  return new Uint8Array(buffer)
}
