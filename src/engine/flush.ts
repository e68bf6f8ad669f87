import type { Notice } from '../model/notice.ts'
import type { Sample } from '../model/sample.ts'
import type { Log } from '../ports/log.ts'
import type { Sink } from '../ports/sink.ts'
import type { OffsetCommit, Source } from '../ports/source.ts'
import { mergeSamples } from '../telemetry/merge.ts'
import type { DomainTotals } from './domain-totals.ts'
import { messageOf } from './message-of.ts'
import type { Outboxes } from './outboxes.ts'
import type { PartitionTable, TopicNote } from './partitions.ts'

/** What is to be remembered of topics beside their offsets. */
export interface Notes {
  /** As things stand now, by topic. */
  notes(): ReadonlyMap<string, TopicNote>
  /** These were committed. */
  committed(offsets: readonly OffsetCommit[]): void
}

/** What there is to tell of one moment. */
export interface News {
  readonly notices: readonly Notice[]
  readonly atMs: number
}

interface Outbox {
  readonly sink: Sink
  unsent: readonly Sample[]
  failing: boolean
}

/**
 * The one place that decides what is committed, and when (design page, *Counting and committing*): totals → the sinks have sent them →
 * notices of what changed → commit of exactly the offsets that those totals contain, with what was announced. A sink in error stops commits, not judging; its totals are kept and go with
 * a later flush. A crash in between therefore judges at most what came since the last flush a second time, and never skips anything.
 */
export class Flusher {
  readonly #outboxes: readonly Outbox[]
  readonly #table: PartitionTable
  readonly #source: Pick<Source, 'commit'>
  readonly #notices: Outboxes
  readonly #notes: Notes | undefined
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
    notices: Outboxes,
    notes: Notes | undefined,
    log: Log,
  ) {
    this.#outboxes = sinks.map((sink) => ({ sink, unsent: [], failing: false }))
    this.#table = table
    this.#source = source
    this.#notices = notices
    this.#notes = notes
    this.#totals = totals
    this.#drain = drain
    this.#log = log
  }

  /**
   * Sends all totals with the given gauges, tells the news, and commits. Flushes never overlap.
   *
   * @returns whether everything judged so far is now sent and committed. Never rejects.
   */
  flush(gauges: readonly Sample[], news: News = NO_NEWS): Promise<boolean> {
    // At once: a note that tells of a change must not be committed before the change is announced.
    this.#notices.put(news.notices, news.atMs)
    this.#atWork = this.#atWork.then(() => this.#flushOnce(gauges))
    return this.#atWork
  }

  async #flushOnce(gauges: readonly Sample[]): Promise<boolean> {
    // Taken in one go: these offsets are exactly what these totals contain.
    const pending = this.#table.pending(this.#notes?.notes())
    const samples = [...this.#drain(), ...gauges]
    for (const state of this.#table.all()) state.movedSinceFlush = false

    const sent = await Promise.all(this.#outboxes.map((outbox) => this.#send(outbox, samples)))
    const failed = this.#outboxes.filter((_, index) => sent[index] === false)
    const isTold = await this.#notices.deliver(new Set(failed.map(({ sink }) => sink.name)))
    if (failed.length > 0 || !isTold) return false
    if (pending.offsets.length === 0) return true
    if (!this.#table.isCurrent(pending)) return false
    try {
      await this.#source.commit(pending.offsets)
      this.#table.markCommitted(pending)
      this.#notes?.committed(pending.offsets)
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

const NO_NEWS: News = { notices: [], atMs: 0 }
