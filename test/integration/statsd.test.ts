import { expect, onTestFinished, test } from 'vitest'
import {
  canBuildStatsdExporter,
  startStatsdExporter,
} from '../../tools/statsd-exporter/start-statsd-exporter.ts'
import type { LogLine } from '../../tools/assay-process/start-assay.ts'
import { startUdpReceiver } from '../../tools/statsd-receiver/start-udp-receiver.ts'
import {
  assay,
  clients,
  committed,
  contract,
  createTopic,
  ends,
  folderWith,
  isAssigned,
  judged,
  numbers,
  POSITIVE,
  receiver,
  uniqueName,
} from './support.ts'

async function prepare(rules = POSITIVE) {
  const { admin, producer } = await clients()
  const topic = uniqueName('Stats.D')
  await createTopic(admin, topic, 2)
  return {
    admin,
    producer,
    topic,
    group: uniqueName('assay'),
    rules: folderWith({ 'a.contract.yaml': contract(topic, rules) }),
  }
}

test.skipIf(!canBuildStatsdExporter())(
  'a real StatsD receiver takes every line and shows the counts',
  async () => {
    const { producer, topic, group, rules } = await prepare()
    const exporter = await startStatsdExporter()
    onTestFinished(() => exporter.stop())
    await producer.send({ topic, messages: numbers(30, -10) })
    const service = assay({
      rules,
      group,
      flags: ['--from', 'earliest', '--statsd', `127.0.0.1:${exporter.udpPort}`],
      env: { DD_ENV: 'Test', DD_VERSION: '1.2', DD_TAGS: 'site:paris,tier:1' },
    })
    const labels = { contract: topic.toLowerCase(), rule: 'positive' }
    await exporter.until((samples) => {
      const pass = samples.find(
        ({ name, labels: found }) => name === 'dq_rule_evaluations' && found['result'] === 'pass',
      )
      return pass?.value === 20
    })
    // What one flush sends comes in several datagrams.
    await expect.poll(() => exporter.value('dq_rule_evaluations', { ...labels, result: 'fail' })).toBe(10)
    await expect
      .poll(() =>
        exporter.value('dq_events', {
          contract: topic.toLowerCase(),
          result: 'fail',
          env: 'test',
          version: '1.2',
          site: 'paris',
          tier: '1',
          service: 'assay-test',
        }),
      )
      .toBe(10)
    await expect.poll(() => exporter.value('dq_consumer_lag_offsets', { partition: '0' })).toBe(0)
    expect(await service.stop()).toBe(0)
    const samples = await exporter.scrape()
    expect(
      samples.filter(({ name, value }) => name === 'statsd_exporter_sample_errors_total' && value > 0),
    ).toEqual([])
    expect(
      samples.filter(({ name, value }) => name === 'statsd_exporter_tag_errors_total' && value > 0),
    ).toEqual([])
  },
)

test('packets stay below the MTU, and lines are well formed', async () => {
  const many = Array.from(
    { length: 60 },
    (_, index) => `  - id: rule_number_${index}\n    assert: n >= ${index}\n`,
  ).join('')
  const { producer, topic, group, rules } = await prepare(many)
  const statsd = await receiver()
  await producer.send({ topic, messages: numbers(50) })
  const service = assay({ rules, group, statsd, flags: ['--from', 'earliest'] })
  await statsd.until(() => judged(statsd, { topic: topic.toLowerCase() }) >= 3000, 20_000)
  expect(await service.stop()).toBe(0)
  expect(statsd.malformed).toEqual([])
  expect(statsd.maxDatagramBytes()).toBeLessThanOrEqual(1432)
  expect(statsd.maxDatagramBytes()).toBeGreaterThan(1000)
  expect(statsd.values('dq.evaluate.duration').length).toBeGreaterThan(0)
})

test('Datadog mode is explicit: no origin fields without it, and with it cardinality and entity', async () => {
  const { producer, topic, group, rules } = await prepare()
  await producer.send({ topic, messages: numbers(1) })
  const plain = await receiver()
  const environment = { DD_ENTITY_ID: 'pod-1', DD_EXTERNAL_ENV: 'it-false', DD_ENV: 'prod' }
  const first = assay({ rules, group, statsd: plain, env: environment, flags: ['--from', 'earliest'] })
  await plain.until(() => judged(plain, { topic: topic.toLowerCase() }) >= 1, 20_000)
  expect(await first.stop()).toBe(0)
  expect(plain.lines.every(({ tags }) => !('dd.internal.entity_id' in tags))).toBe(true)
  expect(plain.malformed).toEqual([])

  const agent = await receiver()
  await producer.send({ topic, messages: numbers(1) })
  const second = assay({ rules, group, statsd: agent, env: environment, flags: ['--datadog', 'true'] })
  // The strict parser knows no origin fields, as other servers don't: the lines are found among what it refuses.
  const raw = () => agent.malformed.map(({ line }) => line).filter((line) => line.startsWith('dq.events:1|c'))
  await agent.until(() => raw().length > 0, 20_000)
  expect(await second.stop()).toBe(0)
  expect(raw()[0]).toMatch(/\|card:low/)
  expect(raw()[0]).toMatch(/env:prod/)
  expect(raw()[0]).toMatch(/dd\.internal\.entity_id:pod-1/)
})

test('a receiver that is not there: judging and committing go on over UDP, where a loss can’t be seen', async () => {
  const { admin, producer, topic, group, rules } = await prepare()
  const gone = await startUdpReceiver()
  await gone.stop()
  await producer.send({ topic, messages: numbers(5) })
  const service = assay({ rules, group, statsd: gone, flags: ['--from', 'earliest'] })
  await service.logged(isAssigned)
  await expect.poll(() => committed(admin, group, topic)).toEqual(await ends(admin, topic))
  expect(await service.stop()).toBe(0)
})

test('a receiver whose name can’t be found stops commits, not judging; the next process judges again', async () => {
  const { admin, producer, topic, group, rules } = await prepare()
  await producer.send({ topic, messages: numbers(5) })
  const service = assay({
    rules,
    group,
    flags: ['--from', 'earliest', '--statsd', 'no-such-host.invalid:8125'],
  })
  await service.logged(({ msg }) => msg.startsWith('A metrics sink takes no samples'))
  const metrics = async () => (await fetch(`${await service.http()}/metrics`)).text()
  await expect.poll(metrics).toMatch(/dq_events_total\{.*result="pass".*\} 5/)
  expect(await metrics()).toMatch(/dq_metrics_send_failures_total\{.*\} [1-9]/)
  expect(Math.max(...Object.values(await committed(admin, group, topic)))).toBe(-1)
  expect(await service.stop()).toBe(4)

  const statsd = await receiver()
  const next = assay({ rules, group, statsd, flags: ['--from', 'earliest'] })
  await statsd.until(() => judged(statsd, { topic: topic.toLowerCase() }) >= 5, 20_000)
  expect(await next.stop()).toBe(0)
  expect(await committed(admin, group, topic)).toEqual(await ends(admin, topic))
})

function isRefused({ msg, code }: LogLine): boolean {
  return msg.startsWith('A metrics sink takes no') || code === 'STATSD_UNIX_SOCKET_UNAVAILABLE'
}

test('a Unix socket needs its native part, and says so; with it, a socket that is not there stops commits', async () => {
  const { group, rules } = await prepare()
  const service = assay({ rules, group, flags: ['--statsd', 'unix:///tmp/no-such-agent.socket'] })
  const line = await service.logged(isRefused)
  if (line['code'] === undefined) expect(await service.stop()).toBe(4)
  else expect(await service.ended).toBe(4)
})
