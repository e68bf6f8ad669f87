import type { Sample } from '../model/sample.ts'
import type { Log } from '../ports/log.ts'
import type { Sink } from '../ports/sink.ts'
import type { Source } from '../ports/source.ts'
import { mergeSamples } from '../telemetry/merge.ts'
import type { DomainTotals } from './domain-totals.ts'
import type { PartitionTable } from './partitions.ts'

interface Outbox {
  readonly sink: Sink
  unsent: readonly Sample[]
  failing: boolean
}

/**
 * The one place that decides what is committed, and when (design page, *Counting and committing*): totals → the sinks have sent them →
 * commit of exactly the offsets that those totals contain. A sink in error stops commits, not judging; its totals are kept and go with
 * a later flush. A crash in between therefore judges at most what came since the last flush a second time, and never skips anything.
 */
export class Flusher {
  readonly #outboxes: readonly Outbox[]
  readonly #table: PartitionTable
  readonly #source: Pick<Source, 'commit'>
  readonly #totals: DomainTotals
  readonly #drain: () => Sample[]
  readonly #log: Log
  #atWork: Promise<boolean> = Promise.resolve(true)

  constructor(
    sinks: readonly Sink[],
    table: PartitionTable,
    source: Pick<Source, 'commit'>,
    totals: DomainTotals,
    drain: () => Sample[],
    log: Log,
  ) {
    this.#outboxes = sinks.map((sink) => ({ sink, unsent: [], failing: false }))
    this.#table = table
    this.#source = source
    this.#totals = totals
    this.#drain = drain
    this.#log = log
  }

  /**
   * Sends all totals with the given gauges and commits. Flushes never overlap.
   *
   * @returns whether everything judged so far is now sent and committed. Never rejects.
   */
  flush(gauges: readonly Sample[]): Promise<boolean> {
    this.#atWork = this.#atWork.then(() => this.#flushOnce(gauges))
    return this.#atWork
  }

  async #flushOnce(gauges: readonly Sample[]): Promise<boolean> {
    // Taken in one go: these offsets are exactly what these totals contain.
    const pending = this.#table.pending()
    const samples = [...this.#drain(), ...gauges]
    for (const state of this.#table.all()) state.movedSinceFlush = false

    const sent = await Promise.all(this.#outboxes.map((outbox) => this.#send(outbox, samples)))
    if (sent.includes(false)) return false
    if (pending.offsets.length === 0) return true
    if (!this.#table.isCurrent(pending)) return false
    try {
      await this.#source.commit(pending.offsets)
      this.#table.markCommitted(pending)
      return true
    } catch (error) {
      this.#totals.commitFailures++
      this.#log.warn('Offsets were not committed; they go with the next flush', { error: messageOf(error) })
      return false
    }
  }

  async #send(outbox: Outbox, samples: readonly Sample[]): Promise<boolean> {
    const offered = mergeSamples(outbox.unsent, samples)
    // While the sink works on these, nothing else is in the box: a flush waits for the one before.
    outbox.unsent = []
    try {
      await outbox.sink.send(offered)
      if (outbox.failing) this.#log.info('The metrics sink takes samples again', { sink: outbox.sink.name })
      outbox.failing = false
      return true
    } catch (error) {
      // A gauge is only true at its time; the next flush brings its own.
      outbox.unsent = offered.filter(({ type }) => type !== 'gauge')
      this.#totals.sendFailures++
      if (!outbox.failing) {
        this.#log.error(
          'A metrics sink takes no samples: totals are kept and nothing is committed until it does',
          {
            sink: outbox.sink.name,
            error: messageOf(error),
          },
        )
      }
      outbox.failing = true
      return false
    }
  }
}

/** The text of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
