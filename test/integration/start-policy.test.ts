import { expect, test } from 'vitest'
import {
  assay,
  clients,
  committed,
  contract,
  createTopic,
  deleteRecords,
  ends,
  folderWith,
  isAssigned,
  judged,
  numbers,
  POSITIVE,
  receiver,
  uniqueName,
} from './support.ts'

async function prepare(partitions = 1, config: Record<string, string> = {}) {
  const { admin, producer } = await clients()
  const topic = uniqueName('start')
  const group = uniqueName('assay')
  await createTopic(admin, topic, partitions, config)
  const rules = folderWith({ 'a.contract.yaml': contract(topic, POSITIVE) })
  return { admin, producer, topic, group, rules, statsd: await receiver() }
}

test('latest: starts at the end, commits that at once, and judges what comes after', async () => {
  const { admin, producer, topic, group, rules, statsd } = await prepare(2)
  await producer.send({ topic, messages: numbers(10) })
  const service = assay({
    rules,
    group,
    statsd,
    flags: ['--flush-interval', '1h', '--session-timeout', '6s'],
  })
  await service.logged(isAssigned)
  expect(await committed(admin, group, topic)).toEqual(await ends(admin, topic))

  await producer.send({ topic, messages: numbers(7) })
  await expect
    .poll(async () => (await (await fetch(`${await service.http()}/readyz`)).json()) as object)
    .toMatchObject({ status: 'ok' })
  service.signal('SIGKILL')
  await service.ended

  // The group takes the dead member's partitions away when its session is over.
  const next = assay({ rules, group, statsd })
  await statsd.until(() => judged(statsd, { topic }) >= 7, 20_000)
  expect(await next.stop()).toBe(0)
  expect(judged(statsd, { topic })).toBe(7)
  expect(await committed(admin, group, topic)).toEqual(await ends(admin, topic))
})

test('earliest: judges everything that is there', async () => {
  const { producer, topic, group, rules, statsd } = await prepare(3)
  await producer.send({ topic, messages: numbers(100, -50) })
  const service = assay({ rules, group, statsd, flags: ['--from', 'earliest'] })
  await statsd.until(() => judged(statsd, { topic }) >= 100, 20_000)
  expect(await service.stop()).toBe(0)
  expect(judged(statsd, { topic, result: 'fail' })).toBe(50)
  expect(judged(statsd, { topic, result: 'pass' })).toBe(50)
})

test('a commit that retention overtook starts at the earliest, and the gap is counted', async () => {
  const { admin, producer, topic, group, rules, statsd } = await prepare()
  await producer.send({ topic, messages: numbers(100) })
  await admin.setOffsets({ groupId: group, topic, partitions: [{ partition: 0, offset: '10' }] })
  await deleteRecords(admin, topic, 50)
  const service = assay({ rules, group, statsd })
  await statsd.until(() => judged(statsd, { topic }) >= 50, 20_000)
  expect(await service.stop()).toBe(0)
  expect(judged(statsd, { topic })).toBe(50)
  expect(statsd.count('dq.offset_gap', { topic })).toBe(40)
  expect(await committed(admin, group, topic)).toEqual({ 0: 100 })
})

test('retention that overtakes a running service is counted too', async () => {
  const { admin, producer, topic, group, rules, statsd } = await prepare()
  await producer.send({ topic, messages: numbers(10) })
  const service = assay({ rules, group, statsd, flags: ['--from', 'earliest'] })
  await statsd.until(() => judged(statsd, { topic }) >= 10, 20_000)
  // All members stand still while records come and go.
  service.signal('SIGSTOP')
  await producer.send({ topic, messages: numbers(90) })
  await deleteRecords(admin, topic, 60)
  service.signal('SIGCONT')
  await statsd.until(() => judged(statsd, { topic }) >= 50, 60_000)
  expect(await service.stop()).toBe(0)
  const counted = judged(statsd, { topic }) + statsd.count('dq.offset_gap', { topic })
  expect(counted).toBe(100)
  expect(await committed(admin, group, topic)).toEqual({ 0: 100 })
})

test('partitions that come later start at the earliest', async () => {
  const { admin, producer, topic, group, rules, statsd } = await prepare()
  const first = assay({ rules, group, statsd })
  await first.logged(isAssigned)
  expect(await first.stop()).toBe(0)
  await admin.createPartitions({ topicPartitions: [{ topic, count: 2 }] })
  await producer.send({ topic, messages: numbers(5).map((message) => ({ ...message, partition: 1 })) })
  const second = assay({ rules, group, statsd })
  await statsd.until(() => judged(statsd, { topic }) >= 5, 20_000)
  expect(await second.stop()).toBe(0)
  expect(judged(statsd, { topic })).toBe(5)
})

test('a topic made anew under a running service is judged from its beginning', async () => {
  const { admin, producer, topic, group, rules, statsd } = await prepare()
  await producer.send({ topic, messages: numbers(20) })
  const service = assay({ rules, group, statsd, flags: ['--from', 'latest', '--topic-audit-interval', '1s'] })
  await service.logged(isAssigned)
  await producer.send({ topic, messages: numbers(4) })
  await statsd.until(() => judged(statsd, { topic }) >= 4, 20_000)
  await admin.deleteTopics({ topics: [topic] })
  await statsd.until(() => statsd.gauge('dq.topic.missing', { topic }) === 1, 30_000)
  await createTopic(admin, topic)
  await producer.send({ topic, messages: numbers(3) })
  await statsd.until(() => judged(statsd, { topic }) >= 7, 30_000)
  expect(await service.stop()).toBe(0)
  expect(judged(statsd, { topic })).toBe(7)
  expect(await committed(admin, group, topic)).toEqual({ 0: 3 })
})
