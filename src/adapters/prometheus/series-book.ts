import type { Counter, Histogram } from 'prom-client'
import type { Sample, Tags } from '../../model/sample.ts'

interface Series {
  readonly metric: Counter | Histogram
  readonly labels: Record<string, string>
  readonly tags: Tags
  /** How many more times samples may come before it goes unread; undefined while it is of rules that are there. */
  sendsLeft: number | undefined
}

/** Ten minutes at the usual flush interval: long enough for any scraper that is there. */
const SENDS_UNREAD = 60

/**
 * The series that add up from flush to flush. prom-client keeps them for ever; here those of rules that are gone end, as soon as somebody
 * has read their last values.
 */
export class SeriesBook {
  readonly #series = new Map<string, Series>()

  /** Notes that a sample was added to its series, which so is not gone. */
  note({ name, tags }: Sample, metric: Counter | Histogram, labels: Record<string, string>): void {
    const key = `${name}|${Object.values(tags).join('|')}`
    const known = this.#series.get(key)
    if (known === undefined) this.#series.set(key, { metric, labels, tags, sendsLeft: undefined })
    else known.sendsLeft = undefined
  }

  keepOnly(isCurrent: (tags: Tags) => boolean): void {
    for (const series of this.#series.values()) {
      if (isCurrent(series.tags)) series.sendsLeft = undefined
      else series.sendsLeft ??= SENDS_UNREAD
    }
  }

  /** All values were read. */
  read(): void {
    this.#end(() => true)
  }

  /** Samples came once more. */
  sent(): void {
    this.#end((series) => (series.sendsLeft = (series.sendsLeft ?? 0) - 1) <= 0)
  }

  #end(isOver: (series: Series) => boolean): void {
    for (const [key, series] of this.#series) {
      if (series.sendsLeft === undefined || !isOver(series)) continue
      series.metric.remove(series.labels)
      this.#series.delete(key)
    }
  }
}
