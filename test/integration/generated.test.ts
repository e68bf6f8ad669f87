import { expect, onTestFinished, test } from 'vitest'
import { startRegistry } from '../../tools/embedded-registry/start-registry.ts'
import { parseExposition } from '../../tools/statsd-exporter/parse-exposition.ts'
import type { UdpReceiver } from '../../tools/statsd-receiver/start-udp-receiver.ts'
import { type Strictness, unanswered } from '../generate/asked/asked.ts'
import { askedOfDatadog } from '../generate/asked/of-datadog.ts'
import { exampleEvents, exampleFlows } from './example-flows.ts'
import * as hasty from './hasty.ts'
import { assay, clients, createTopic, folderWith, receiver, uniqueName } from './support.ts'

/** On `/metrics` every count is there from the beginning. Gauges that tell of a fault are sent of what once had it. */
function countsByValue(metric: string): Strictness {
  return metric.endsWith('_total') ? 'values' : 'tags'
}

/** Until events of every contract were judged, and what takes its time was sent. */
async function untilAllIsSent(statsd: UdpReceiver, contracts: readonly string[]): Promise<void> {
  const isJudged = (id: string) => statsd.count('dq.events', { contract: id }) > 0
  const isSent = (name: string) => statsd.lines.some((line) => line.name === name)
  const isAll = () =>
    contracts.every(isJudged) &&
    hasty.LATE_METRICS.every(isSent) &&
    statsd.count('dq.registry.requests', { result: 'schema' }) > 0
  await statsd.until(isAll, 60_000)
}

test('every metric, tag and name that generated queries name is sent, of all examples and kinds of rules', async () => {
  const { admin, producer } = await clients()
  const registry = await startRegistry()
  onTestFinished(() => registry.stop())
  const { files, topics, domains } = exampleFlows(uniqueName('examples'))
  const topic = uniqueName('hasty')
  const rules = folderWith({ ...files, ...hasty.hastyFiles(topic, 'warehouse') })
  await Promise.all([...topics.keys(), topic].map((name) => createTopic(admin, name)))
  const statsd = await receiver()
  const env = { ...hasty.ENV, SCHEMA_REGISTRY_URL: registry.url }
  const services = domains.map((domain) =>
    assay({
      rules,
      group: uniqueName('assay'),
      statsd,
      flags: [...hasty.FLAGS, '--domain', domain],
      env,
    }),
  )
  for (const [own, named] of topics) {
    await producer.send({ topic: own, messages: await exampleEvents(named, registry.url) })
  }
  await producer.send({ topic, messages: hasty.hastyEvents() })
  const datadog = await hasty.generated('datadog', rules)
  const prometheus = await hasty.generated('prometheus', rules)
  const grafana = await hasty.generated('grafana', rules)
  const contracts = Object.values(files).flatMap((text) => /^id: (.*)$/m.exec(text)?.[1] ?? [])
  expect(contracts.length).toBeGreaterThan(8)
  await untilAllIsSent(statsd, [...contracts, topic.toLowerCase()])

  const sent = statsd.lines.map(({ name, tags, type }) => ({ name, tags, type }))
  const asked = askedOfDatadog(datadog)
  expect(unanswered(asked, sent, () => 'tags')).toEqual([])
  expect(new Set(asked.map(({ metric }) => metric)).size).toBeGreaterThan(25)
  const texts = await Promise.all(services.map(hasty.metricsOf))
  const shown = texts.flatMap((text) => hasty.seriesOf(parseExposition(text)))
  expect(hasty.unansweredOfPrometheus(prometheus, grafana, shown, () => 'tags')).toEqual([])
  // A contract whose rules all apply always has no skips to show.
  const lacking = hasty.unansweredOfPrometheus(prometheus, grafana, shown, countsByValue)
  expect(lacking.filter((where) => !where.includes('result="skip"'))).toEqual([])

  // It would be seen: the same files with a metric, tags and a name that nothing has.
  const missed = [
    ...unanswered(askedOfDatadog(spoil(datadog)), sent, () => 'tags'),
    ...hasty.unansweredOfPrometheus(spoil(prometheus), spoil(grafana), shown, () => 'tags'),
  ]
  for (const [, planted] of FAULTS) expect(missed).toContainEqual(expect.stringContaining(planted))
  expect(missed.filter((where) => !FAULTS.some(([, planted]) => where.includes(planted)))).toEqual([])
})

/** Texts of generated files, each with what is planted in its place. */
const FAULTS = [
  ['sum:dq.heartbeat{', 'sum:dq.heartbeats{'],
  ['by {partition}', 'by {partitions}'],
  ['env:test,result:error', 'env:test,results:error'],
  ['contract:shop.order-placed,', 'contract:shop.order_placed,'],
  ['dq_heartbeat_total{', 'dq_heartbeats_total{'],
  ['by (partition)', 'by (partitions)'],
  ['contract="meters.reading"', 'contract="meters.readings"'],
] as const

/** As they stand in YAML, and with the quotes of JSON. */
const REPLACEMENTS = [...FAULTS, ...FAULTS.map((fault) => fault.map(quoted))]

function spoil(files: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...files].map(([path, text]) => [path, spoilText(text)]))
}

function spoilText(text: string): string {
  return REPLACEMENTS.reduce((changed, [from = '', to = '']) => changed.replaceAll(from, to), text)
}

function quoted(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}
