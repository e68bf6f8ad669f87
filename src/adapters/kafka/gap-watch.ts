import type { Admin } from 'kafkajs'
import type { TopicPartition } from '../../model/offsets.ts'
import type { Log } from '../../ports/log.ts'
import { endsOf } from './placement.ts'

/**
 * Sees records that were removed before they were judged: kafkajs passes over an offset that is out of range without a word. Offsets may
 * be missing for good reasons too (compaction, transactions); only what lies before the log's start is a loss.
 */
export class GapWatch {
  readonly #admin: Admin
  readonly #log: Log
  readonly #onGap: (topic: string, records: number) => void
  /** The next offset, by partition. */
  readonly #expected = new Map<string, number>()

  constructor(admin: Admin, log: Log, onGap: (topic: string, records: number) => void) {
    this.#admin = admin
    this.#log = log
    this.#onGap = onGap
  }

  /** Forgets all positions: a new assignment brings its own. */
  reset(): void {
    this.#expected.clear()
  }

  expect({ topic, partition }: TopicPartition, offset: number): void {
    this.#expected.set(`${topic}/${partition}`, offset)
  }

  /** To be called before the record at `first` is judged. Never rejects. */
  async check({ topic, partition }: TopicPartition, first: number): Promise<void> {
    const expected = this.#expected.get(`${topic}/${partition}`)
    if (expected === undefined || first <= expected) return
    try {
      const [range] = await endsOf(this.#admin, { [topic]: [partition] })
      this.report({ topic, partition }, Math.min(range?.low ?? 0, first) - expected)
    } catch (error) {
      this.#log.debug('A gap in the offsets could not be explained', {
        topic,
        partition,
        error: String(error),
      })
    }
  }

  report({ topic, partition }: TopicPartition, records: number): void {
    if (records <= 0) return
    this.#log.warn('Records were removed before they were judged', { topic, partition, records })
    this.#onGap(topic, records)
  }
}
