import type { Admin } from 'kafkajs'
import { expect, test } from 'vitest'
import type { UdpReceiver } from '../../tools/statsd-receiver/start-udp-receiver.ts'
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

/** A rule that costs about 2 ms, so that a batch is long enough for things to happen in its middle. */
const SLOW = `  - id: slow
    assert: $count($map([1..30000], function($i) { $i * n })) = 30000
`

async function prepare(topics: number, rules = POSITIVE) {
  const { admin, producer } = await clients()
  const names = Array.from({ length: topics }, () => uniqueName('group'))
  for (const topic of names) await createTopic(admin, topic, 3)
  const files = names.map((topic): [string, string] => [`${topic}.contract.yaml`, contract(topic, rules)])
  return {
    admin,
    producer,
    topics: names,
    group: uniqueName('assay'),
    rules: folderWith(Object.fromEntries(files)),
  }
}

/** The topics whose lag a member sends: those that it owns. */
function writtenBy(statsd: UdpReceiver): string[] {
  const topics = statsd.lines.flatMap(({ name, tags }) =>
    name === 'dq.consumer.lag_offsets' ? [tags['topic'] ?? ''] : [],
  )
  return [...new Set(topics)].sort()
}

/** How many topics each member owns, judged from one whole flush of every member. */
async function ownersAfterClearing(receivers: readonly UdpReceiver[]): Promise<number[]> {
  await untilFlushedAnew(receivers)
  return receivers.map((each) => writtenBy(each).length)
}

/** How many partitions each member owns, smallest first. */
async function partitionsAfterClearing(receivers: readonly UdpReceiver[]): Promise<number[]> {
  await untilFlushedAnew(receivers)
  const partitions = receivers.map(
    (each) =>
      new Set(
        each.lines.flatMap(({ name, tags }) =>
          name === 'dq.consumer.lag_offsets' ? [tags['partition']] : [],
        ),
      ),
  )
  return partitions.map(({ size }) => size).sort()
}

async function untilFlushedAnew(receivers: readonly UdpReceiver[]): Promise<void> {
  for (const each of receivers) each.clear()
  // Members that own nothing send nothing: two datagrams from one of them is a flush of all, which flush as often.
  await Promise.race(receivers.map((each) => each.until(() => each.count('dq.heartbeat') >= 2, 30_000)))
}

async function allCommitted(admin: Admin, group: string, topics: readonly string[]): Promise<boolean> {
  for (const topic of topics) {
    const [done, wanted] = await Promise.all([committed(admin, group, topic), ends(admin, topic)])
    if (JSON.stringify(done) !== JSON.stringify(wanted)) return false
  }
  return true
}

test('two members, two topics, one is killed: each topic has one owner and no event stays unjudged', async () => {
  const { admin, producer, topics, group, rules } = await prepare(2)
  const [one, two] = topics as [string, string]
  const receivers = [await receiver(), await receiver()] as const
  const flags = ['--from', 'earliest', '--session-timeout', '6s']
  const first = assay({ rules, group, statsd: receivers[0], flags })
  await first.logged(isAssigned)
  const second = assay({ rules, group, statsd: receivers[1], flags })
  await second.logged(isAssigned)
  receivers[0].clear()
  await Promise.all(receivers.map((each) => each.until(() => writtenBy(each).length === 1, 20_000)))
  expect([...writtenBy(receivers[0]), ...writtenBy(receivers[1])].sort()).toEqual([one, two].sort())

  for (const topic of topics) await producer.send({ topic, messages: numbers(300) })
  await Promise.all(
    receivers.map((each) => each.until(() => each.count('dq.rule.evaluations') >= 300, 20_000)),
  )
  await expect.poll(() => allCommitted(admin, group, topics), { timeout: 10_000 }).toBe(true)

  second.signal('SIGKILL')
  await second.ended
  for (const topic of topics) await producer.send({ topic, messages: numbers(200) })
  const total = () => receivers[0].count('dq.rule.evaluations') + receivers[1].count('dq.rule.evaluations')
  await receivers[0].until(() => total() >= 1000, 40_000)
  expect(await first.stop()).toBe(0)
  expect(total()).toBe(1000)
  expect(writtenBy(receivers[0])).toEqual([one, two].sort())
  expect(await allCommitted(admin, group, topics)).toBe(true)
})

test('facts about the group have one writer', async () => {
  const { topics, group, rules } = await prepare(2)
  expect(topics).toHaveLength(2)
  const receivers = [await receiver(), await receiver()] as const
  const members = receivers.map((statsd) => assay({ rules, group, statsd }))
  await Promise.all(members.map((member) => member.logged(isAssigned)))
  await expect.poll(() => ownersAfterClearing(receivers), { timeout: 30_000 }).toEqual([1, 1])
  const writers = receivers.filter((each) => each.gauge('dq.contracts.loaded') !== undefined)
  expect(writers).toHaveLength(1)
  expect(writers[0]?.gauge('dq.contracts.loaded')).toBe(2)
})

test('a rebalance in the middle of batches loses nothing and counts nothing twice', async () => {
  const { admin, producer, topics, group, rules } = await prepare(2, SLOW)
  const total = 8_000
  for (const topic of topics) await producer.send({ topic, messages: numbers(total / 2) })
  const receivers = [await receiver(), await receiver()] as const
  const flags = ['--from', 'earliest', '--session-timeout', '10s', '--flush-interval', '5s']
  const first = assay({ rules, group, statsd: receivers[0], flags })
  await first.logged(isAssigned)
  // The second member joins while the first is at work on the backlog.
  const second = assay({ rules, group, statsd: receivers[1], flags })
  await second.logged(isAssigned)
  const counted = () => receivers[0].count('dq.rule.evaluations') + receivers[1].count('dq.rule.evaluations')
  await receivers[1].until(() => counted() >= total, 60_000)
  expect(await first.stop()).toBe(0)
  expect(await second.stop()).toBe(0)
  expect(counted()).toBe(total)
  expect(judged(receivers[1], { topic: writtenBy(receivers[1])[0] ?? '' })).toBeGreaterThan(0)
  expect(await allCommitted(admin, group, topics)).toBe(true)
})

test('--assign partition spreads one topic over the members', async () => {
  const { admin, producer, topics, group, rules } = await prepare(1)
  const receivers = [await receiver(), await receiver()] as const
  const flags = ['--from', 'earliest', '--assign', 'partition']
  const members = receivers.map((statsd) => assay({ rules, group, statsd, flags }))
  await Promise.all(members.map((member) => member.logged(isAssigned)))
  await expect.poll(() => partitionsAfterClearing(receivers), { timeout: 30_000 }).toEqual([1, 2])
  await producer.send({ topic: topics[0] as string, messages: numbers(90) })
  await receivers[0].until(
    () => receivers[0].count('dq.events') + receivers[1].count('dq.events') >= 90,
    20_000,
  )
  for (const member of members) expect(await member.stop()).toBe(0)
  expect(await allCommitted(admin, group, topics)).toBe(true)
})

test('kill -9 in the middle: the next process judges what was not committed, and no more than a flush twice', async () => {
  const { admin, producer, topics, group, rules } = await prepare(1, SLOW)
  const [topic] = topics as [string]
  const total = 5_000
  await producer.send({ topic, messages: numbers(total) })
  const statsd = await receiver()
  const flags = ['--from', 'earliest', '--session-timeout', '6s']
  const first = assay({ rules, group, statsd, flags })
  await statsd.until(() => judged(statsd, { topic }) >= 500, 30_000)
  first.signal('SIGKILL')
  await first.ended
  const countedBefore = judged(statsd, { topic })
  const committedBefore = Object.values(await committed(admin, group, topic)).reduce(
    (sum, offset) => sum + Math.max(0, offset),
    0,
  )
  // What was counted is what was committed, or one flush more.
  expect(countedBefore).toBeGreaterThanOrEqual(committedBefore)
  const second = assay({ rules, group, statsd, flags })
  await statsd.until(() => judged(statsd, { topic }) >= total + countedBefore - committedBefore, 60_000)
  expect(await second.stop()).toBe(0)
  expect(judged(statsd, { topic })).toBe(total + countedBefore - committedBefore)
  expect(await allCommitted(admin, group, topics)).toBe(true)
})
