import { createSocket } from 'node:dgram'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parseExposition } from '../../tools/statsd-exporter/parse-exposition.ts'
import type { PromSample } from '../../tools/statsd-exporter/parse-exposition.ts'
import {
  canBuildStatsdExporter,
  startStatsdExporter,
} from '../../tools/statsd-exporter/start-statsd-exporter.ts'
import type { StatsdExporter } from '../../tools/statsd-exporter/start-statsd-exporter.ts'
import { ENV, FLAGS, generated, hastyEvents, hastyFiles, LATE_METRICS, metricsOf } from './hasty.ts'
import { seriesOf, unansweredOfPrometheus } from './hasty.ts'
import { assay, clients, createTopic, folderWith, uniqueName } from './support.ts'

/** The exporter with the mapping that is generated, perhaps changed. */
async function exporterFor(
  prometheus: ReadonlyMap<string, string>,
  change = (mapping: string) => mapping,
): Promise<StatsdExporter> {
  const exporter = await startStatsdExporter(change(prometheus.get('statsd-exporter.mapping.yaml') ?? ''))
  onTestFinished(() => exporter.stop())
  return exporter
}

/** Values by series. Bounds of buckets are compared as numbers: `1e-05` is `0.00001`. */
function bySeries(samples: readonly PromSample[]): Map<string, number> {
  const ours = samples.filter(({ name }) => name.startsWith('dq_'))
  return new Map(
    ours.map(({ name, labels, value }) => {
      const { le, ...others } = labels
      const bound = le === undefined ? {} : { le: le === '+Inf' ? le : Number(le) }
      return [`${name} ${JSON.stringify(Object.entries({ ...others, ...bound }).toSorted())}`, value]
    }),
  )
}

/** What one of them shows and the other does not, or with another value. A count of 0 is free on `/metrics`, and not always sent. */
function differences(own: ReadonlyMap<string, number>, exported: ReadonlyMap<string, number>): string[] {
  const keys = [...new Set([...own.keys(), ...exported.keys()])]
  return keys
    .filter((key) => {
      const [shown, other] = [own.get(key), exported.get(key)]
      if (other === undefined) return shown !== 0 || !/^\w+_total /.test(key)
      return shown === undefined || Math.abs(shown - other) > 1e-9 * Math.max(1, Math.abs(other))
    })
    .map((key) => `${key}: ${own.get(key)} here, ${exported.get(key)} there`)
}

/** Kinds of our metrics that have series. */
function kindsOf(text: string): Record<string, string> {
  const kinds = text.matchAll(/^# TYPE (dq_\w+) (\w+)\n(?=dq_)/gm)
  return Object.fromEntries(Array.from(kinds, ([, name = '', kind = '']) => [name, kind]))
}

function has(samples: readonly PromSample[], metric: string): boolean {
  return samples.some(({ name }) => name === metric)
}

describe.skipIf(!canBuildStatsdExporter())('statsd_exporter with the generated mapping', () => {
  test('shows what /metrics shows: names, kinds, labels, values and buckets; so all rules hold there too', async () => {
    const { admin, producer } = await clients()
    const topic = uniqueName('mapped')
    const rules = folderWith(hastyFiles(topic))
    const prometheus = await generated('prometheus', rules)
    const exporter = await exporterFor(prometheus)
    await createTopic(admin, topic)
    const flags = [...FLAGS, '--statsd', `127.0.0.1:${exporter.udpPort}`]
    // Tags whose names Prometheus would not take as they are.
    const env = { ...ENV, DD_TAGS: 'cost.center-no:a/b,site:paris' }
    const service = assay({ rules, group: uniqueName('assay'), flags, env })
    await producer.send({ topic, messages: hastyEvents() })
    const late = LATE_METRICS.map((name) => name.replaceAll('.', '_'))
    await exporter.until((samples) => late.every((name) => has(samples, name)), 60_000)

    // Between two flushes both tell of the same moment.
    const compared = async () =>
      differences(bySeries(parseExposition(await metricsOf(service))), bySeries(await exporter.scrape()))
    await expect.poll(compared, { timeout: 30_000, interval: 50 }).toEqual([])

    const exported = await exporter.text()
    expect(kindsOf(await metricsOf(service))).toMatchObject(kindsOf(exported))
    expect(kindsOf(exported)).toMatchObject({ dq_evaluate_duration_seconds: 'histogram' })
    const grafana = await generated('grafana', rules)
    const series = seriesOf(parseExposition(exported))
    expect(unansweredOfPrometheus(prometheus, grafana, series, () => 'tags')).toEqual([])
  })

  test('forgets a gauge that nobody sends any more, and no count', async () => {
    const prometheus = await generated('prometheus', folderWith(hastyFiles('any')))
    const exporter = await exporterFor(prometheus, (mapping) => mapping.replaceAll('ttl: 2m', 'ttl: 1s'))
    const socket = createSocket('udp4')
    onTestFinished(() => void socket.close())
    const lines = 'dq.consumer.lag_offsets:5|g|#topic:a\ndq.offset_gap:5|c|#topic:a'
    socket.send(lines, exporter.udpPort, '127.0.0.1')
    await exporter.until((samples) => has(samples, 'dq_consumer_lag_offsets'))
    const later = await exporter.until((samples) => !has(samples, 'dq_consumer_lag_offsets'))
    expect(has(later, 'dq_offset_gap_total')).toBe(true)
  })
})

test('a difference of the two is seen', () => {
  const [one, two] = ['dq_a_total{x="1"} 1\ndq_b{x="1"} 0', 'dq_a_total{x="1"} 2\ndq_b{y="1"} 0'].map(
    (text) => bySeries(parseExposition(text)),
  )
  expect(differences(one ?? new Map(), two ?? new Map())).toHaveLength(3)
})
