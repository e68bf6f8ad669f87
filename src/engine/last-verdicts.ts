import type { CompiledTopic } from '../evaluate/compiled.ts'
import type { VerdictOrNone } from '../model/difference.ts'
import type { JudgedEvent } from '../model/judged-event.ts'
import { VERDICTS } from '../model/verdict.ts'
import type { TopicTally } from './judge-record.ts'

/** Remembers the verdicts on the record that was judged last. */
export class LastVerdicts implements TopicTally {
  readonly wantsDuration = false
  /** Where a rule stands among those of all contracts of the topic. */
  readonly #places: ReadonlyMap<string, number>
  readonly #kinds: VerdictOrNone[]

  constructor({ contracts }: CompiledTopic) {
    const names = contracts.flatMap(({ contract, rules }) =>
      rules.map(({ rule }) => nameOf(contract.id, rule.id)),
    )
    this.#places = new Map(names.map((name, place) => [name, place]))
    this.#kinds = names.map(() => 'none')
  }

  /** `none` for a rule that is not there, and if no rule saw the record. */
  of(contract: string, rule: string): VerdictOrNone {
    const place = this.#places.get(nameOf(contract, rule))
    return place === undefined ? 'none' : (this.#kinds[place] ?? 'none')
  }

  countEvent({ verdicts }: JudgedEvent): void {
    this.#kinds.forEach((_, place) => {
      this.#kinds[place] = VERDICTS[verdicts[place] as number] ?? 'none'
    })
  }

  countTombstone(): void {
    this.#kinds.fill('none')
  }

  countRejected(): void {
    this.#kinds.fill('none')
  }

  countRoundedNumbers(): void {
    // Of no concern to verdicts.
  }

  countRecognised(): void {
    // The lines of a sample are compared, and not what records are written in.
  }

  countDuration(): void {
    // A comparison reports verdicts, not speed.
  }
}

/** Ids hold no white space. */
function nameOf(contract: string, rule: string): string {
  return `${contract} ${rule}`
}
