import { onTestFinished } from 'vitest'
import {
  canBuildStatsdExporter,
  startStatsdExporter,
} from '../../tools/statsd-exporter/start-statsd-exporter.ts'
import { receiver } from './support.ts'

/** Counts by contract, perhaps rule, and result, with blanks between; zeros are left out. */
export type Counts = Readonly<Record<string, number>>

/** A StatsD receiver that adds up counts. */
export interface CountReceiver {
  readonly port: number
  /** Resolves when the metric's counts have come to `sum`. */
  untilSum(metric: string, sum: number): Promise<void>
  counts(metric: string): Promise<Counts>
  /** Lines that could not be read. */
  refused(): Promise<number>
}

/** The Prometheus project's receiver where Go is there to build it, else our own strict one. */
export function countReceiver(): Promise<CountReceiver> {
  return canBuildStatsdExporter() ? exporterReceiver() : ownReceiver()
}

export function total(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

async function exporterReceiver(): Promise<CountReceiver> {
  const exporter = await startStatsdExporter()
  onTestFinished(() => exporter.stop())
  return {
    port: exporter.udpPort,
    untilSum: async (metric, sum) => {
      await exporter.until((samples) => total(addUp(samples, prometheusName(metric))) >= sum)
    },
    counts: async (metric) => addUp(await exporter.scrape(), prometheusName(metric)),
    refused: () => exporter.sum('statsd_exporter_sample_errors_total'),
  }
}

async function ownReceiver(): Promise<CountReceiver> {
  const own = await receiver()
  const series = () =>
    own.lines.flatMap(({ name, values, tags }) => values.map((value) => ({ name, value, labels: tags })))
  return {
    port: own.port,
    untilSum: (metric, sum) => own.until(() => total(addUp(series(), metric)) >= sum),
    counts: (metric) => Promise.resolve(addUp(series(), metric)),
    refused: () => Promise.resolve(own.malformed.length),
  }
}

function prometheusName(metric: string): string {
  return metric.replaceAll('.', '_')
}

interface Series {
  readonly name: string
  readonly value: number
  readonly labels: Readonly<Record<string, string>>
}

function addUp(series: readonly Series[], metric: string): Counts {
  const counts: Record<string, number> = {}
  for (const { name, value, labels } of series) {
    if (name !== metric || value === 0) continue
    const key = [labels['contract'], labels['rule'], labels['result']].filter(Boolean).join(' ')
    counts[key] = (counts[key] ?? 0) + value
  }
  return counts
}
