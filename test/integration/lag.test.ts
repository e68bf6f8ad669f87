import kafkajs from 'kafkajs'
import { expect, inject, onTestFinished, test } from 'vitest'
import {
  assay,
  clients,
  contract,
  createTopic,
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
  const topic = uniqueName('lag')
  await createTopic(admin, topic)
  const statsd = await receiver()
  return {
    admin,
    producer,
    topic,
    group: uniqueName('assay'),
    rules: folderWith({ 'a.contract.yaml': contract(topic, rules) }),
    statsd,
  }
}

/** About 20 ms an event, in rules that each stay far below their budget: one that exceeds it would soon be suspended. */
const SLOW = Array.from(
  { length: 6 },
  (_, index) => `  - id: slow_${index}
    assert: $sum($map([1..50000], function($i) { $i * ${index} + n })) >= 0
`,
).join('')

test('an idle topic: lag 0, and the age goes on growing from its last record, also after a restart', async () => {
  const { producer, topic, group, rules, statsd } = await prepare()
  const anHourAgo = Date.now() - 3_600_000
  await producer.send({ topic, messages: [{ value: '{"n":1}', timestamp: String(anHourAgo) }] })
  const service = assay({ rules, group, statsd })
  await statsd.until(() => statsd.gauge('dq.topic.event_age', { topic }) !== undefined, 20_000)
  expect(statsd.gauge('dq.topic.event_age', { topic })).toBeGreaterThanOrEqual(3600)
  expect(statsd.gauge('dq.topic.event_age', { topic })).toBeLessThan(3660)
  expect(statsd.gauge('dq.consumer.lag_offsets', { topic })).toBe(0)
  expect(statsd.gauge('dq.consumer.lag_seconds', { topic })).toBe(0)
  expect(statsd.count('dq.heartbeat', { topic })).toBeGreaterThan(0)

  // A record of an hour ago that arrives now: fresh for us, and lag in seconds does not jump to an hour.
  await producer.send({ topic, messages: [{ value: '{"n":1}', timestamp: String(anHourAgo) }] })
  await statsd.until(() => (statsd.gauge('dq.topic.event_age', { topic }) ?? 9999) < 10, 20_000)
  expect(
    statsd.lines.filter(({ name, values }) => name === 'dq.consumer.lag_seconds' && Number(values[0]) > 60),
  ).toEqual([])
  expect(await service.stop()).toBe(0)
})

test('an empty topic has no age: unknown is not 0', async () => {
  const { topic, group, rules, statsd } = await prepare()
  assay({ rules, group, statsd })
  await statsd.until(() => statsd.count('dq.heartbeat', { topic }) >= 3, 20_000)
  expect(statsd.gauge('dq.consumer.lag_offsets', { topic })).toBe(0)
  expect(statsd.gauge('dq.topic.event_age', { topic })).toBeUndefined()
})

test('while behind: lag falls as events are judged, and its seconds are the age of what was judged last', async () => {
  const { producer, topic, group, rules, statsd } = await prepare(SLOW)
  const tenMinutesAgo = String(Date.now() - 600_000)
  await producer.send({
    topic,
    messages: numbers(200).map((message) => ({ ...message, timestamp: tenMinutesAgo })),
  })
  assay({ rules, group, statsd, flags: ['--from', 'earliest'] })
  await statsd.until(() => (statsd.gauge('dq.consumer.lag_offsets', { topic }) ?? 0) > 0, 20_000)
  await statsd.until(() => (statsd.gauge('dq.consumer.lag_seconds', { topic }) ?? 0) > 0, 20_000)
  expect(statsd.gauge('dq.consumer.lag_seconds', { topic })).toBeGreaterThanOrEqual(600)
  // The two gauges of one flush may come in two datagrams.
  const gauges = () =>
    ['offsets', 'seconds'].map((unit) => statsd.gauge(`dq.consumer.lag_${unit}`, { topic }))
  await statsd.until(() => gauges().every((value) => value === 0), 40_000)
  // On a machine with other work a slow rule may exceed its budget of time, and its verdict is error then.
  const verdicts = ['pass', 'error'].map((result) => judged(statsd, { topic, rule: 'slow_0', result }))
  expect(verdicts.reduce((sum, count) => sum + count, 0)).toBe(200)
})

test('an open transaction is no lag, and its end is passed', async () => {
  const { admin, producer, topic, group, rules, statsd } = await prepare()
  await producer.send({ topic, messages: numbers(2) })
  const transactional = new kafkajs.Kafka({
    brokers: inject('brokers').split(','),
    logLevel: kafkajs.logLevel.NOTHING,
  }).producer({
    transactionalId: uniqueName('transaction'),
    maxInFlightRequests: 1,
    idempotent: true,
  })
  await transactional.connect()
  onTestFinished(() => transactional.disconnect())
  const open = await transactional.transaction()
  await open.send({ topic, messages: numbers(3) })
  const service = assay({ rules, group, statsd, flags: ['--from', 'earliest'] })
  await statsd.until(() => judged(statsd, { topic }) >= 2, 20_000)
  await statsd.until(() => statsd.gauge('dq.consumer.lag_offsets', { topic }) === 0, 20_000)
  await open.abort()
  await producer.send({ topic, messages: numbers(1) })
  await statsd.until(() => judged(statsd, { topic }) >= 3, 20_000)

  const committing = await transactional.transaction()
  await committing.send({ topic, messages: numbers(1) })
  await committing.commit()
  await statsd.until(() => judged(statsd, { topic }) >= 4, 20_000)
  statsd.clear()
  await statsd.until(() => statsd.gauge('dq.consumer.lag_offsets', { topic }) === 0, 20_000)
  expect(await service.stop()).toBe(0)
  const [partition] = (await admin.fetchOffsets({ groupId: group, topics: [topic] }))[0]?.partitions ?? []
  // Two events, three aborted with a marker, one event, one event with a marker.
  expect(Number(partition?.offset)).toBe(9)
})

test('/readyz follows the group, /metrics has the catalogue’s names', async () => {
  const { topic, group, rules, statsd } = await prepare()
  const service = assay({ rules, group, statsd })
  const readyz = async () => (await fetch(`${await service.http()}/readyz`)).status
  expect(await readyz()).toBe(503)
  await service.logged(isAssigned)
  expect(await readyz()).toBe(200)
  expect((await fetch(`${await service.http()}/healthz`)).status).toBe(200)
  await statsd.until(() => statsd.count('dq.heartbeat', { topic }) >= 1, 20_000)
  const text = await (await fetch(`${await service.http()}/metrics`)).text()
  expect(text).toContain('dq_heartbeat_total{')
  expect(text).toContain(`topic="${topic}"`)
  expect((await fetch(`${await service.http()}/no-such-page`)).status).toBe(404)
})
