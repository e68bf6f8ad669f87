import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Sample, Tags } from '../../model/sample.ts'
import { DURATION_BUCKETS, prometheusLabel, prometheusName } from '../../model/prometheus-name.ts'
import type { Sink } from '../../ports/sink.ts'
import { CATALOGUE } from '../../telemetry/catalogue.ts'
import type { MetricName, MetricRow } from '../../telemetry/catalogue.ts'
import { SeriesBook } from './series-book.ts'

/** The same catalogue for Prometheus: `dq.rule.evaluations` is `dq_rule_evaluations_total`. Never rejects a sample. */
export class PrometheusSink implements Sink {
  readonly name = 'prometheus'
  readonly #registry = new Registry()
  readonly #metrics = new Map<string, Counter | Gauge | Histogram>()
  readonly #book = new SeriesBook()

  constructor(globalTags: Readonly<Record<string, string>>) {
    this.#registry.setDefaultLabels(labelsOf(globalTags))
    for (const [name, row] of Object.entries(CATALOGUE))
      this.#metrics.set(name, this.#create(name as MetricName, row))
  }

  /** The text of `/metrics` and its content type. */
  async scrape(): Promise<{ readonly body: string; readonly contentType: string }> {
    const body = await this.#registry.metrics()
    this.#book.read()
    return { body, contentType: this.#registry.contentType }
  }

  send(samples: readonly Sample[]): Promise<void> {
    // A gauge that is not sent any more is unknown: it must not keep its last value, which would be another member's to tell by now.
    for (const metric of this.#metrics.values()) if (metric instanceof Gauge) metric.reset()
    for (const sample of samples) this.#record(sample)
    this.#book.sent()
    return Promise.resolve()
  }

  begin(zeros: readonly Sample[]): void {
    for (const zero of zeros) this.#record(zero)
  }

  /** A series whose rule is gone is shown until it has been read once more, so that no scraper misses its last counts. */
  keepOnly(isCurrent: (tags: Tags) => boolean): void {
    this.#book.keepOnly(isCurrent)
  }

  close(): Promise<void> {
    this.#registry.clear()
    return Promise.resolve()
  }

  #create(name: MetricName, row: MetricRow): Counter | Gauge | Histogram {
    const setting = {
      name: prometheusName(name, row.type),
      help: row.help,
      labelNames: row.tags.map(prometheusLabel),
      registers: [this.#registry],
    }
    switch (row.type) {
      case 'count':
        return new Counter(setting)
      case 'gauge':
        return new Gauge(setting)
      case 'distribution':
        return new Histogram({ ...setting, buckets: [...DURATION_BUCKETS] })
    }
  }

  #record(sample: Sample): void {
    const metric = this.#metrics.get(sample.name)
    const labels = labelsOf(sample.tags)
    if (metric instanceof Counter || metric instanceof Histogram) this.#book.note(sample, metric, labels)
    if (metric instanceof Counter && sample.type === 'count') metric.inc(labels, sample.value)
    else if (metric instanceof Gauge && sample.type === 'gauge') metric.set(labels, sample.value)
    else if (metric instanceof Histogram && sample.type === 'distribution') {
      for (const value of sample.values) metric.observe(labels, value)
    }
  }
}

function labelsOf(tags: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).map(([tag, value]) => [prometheusLabel(tag), value]))
}
