import type { KafkaRecord } from '../model/record.ts'
import type { Log } from '../ports/log.ts'

/** Who counts that a topic's schema changed. */
export interface SchemaTally {
  countSchemaChange(): void
}

/**
 * Notices schemas that a topic's events name for the first time. The first one is no news: the topic had it before this process began.
 * A schema's id is for the log alone, since as a tag it would make a new series with every version.
 */
export class SchemaNews {
  readonly #tally: SchemaTally
  readonly #log: Log
  readonly #known = new Set<number>()

  constructor(tally: SchemaTally, log: Log) {
    this.#tally = tally
    this.#log = log
  }

  /** Knows what an older rule set saw on the same topic. */
  carryOver(older: SchemaNews): void {
    for (const schemaId of older.#known) this.#known.add(schemaId)
  }

  observe(schemaId: number, { topic, partition, offset }: KafkaRecord): void {
    if (this.#known.has(schemaId)) return
    if (this.#known.size > 0) {
      this.#tally.countSchemaChange()
      this.#log.info('Events name a schema that was not seen on the topic before', {
        topic,
        partition,
        offset,
        schemaId,
      })
    }
    this.#known.add(schemaId)
  }
}
