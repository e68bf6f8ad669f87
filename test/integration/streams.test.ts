import { setTimeout } from 'node:timers/promises'
import type { Producer } from 'kafkajs'
import { expect, test } from 'vitest'
import type { AssayProcess } from '../../tools/assay-process/start-assay.ts'
import type { UdpReceiver } from '../../tools/statsd-receiver/start-udp-receiver.ts'
import {
  assay,
  clients,
  contract,
  createTopic,
  folderWith,
  isAssigned,
  numbers,
  POSITIVE,
  receiver,
  uniqueName,
} from './support.ts'

const BREACHED = 2
const UNKNOWN = 4

/** As an Agent would take them: the strict parser knows no events, nor the fields of Datadog's kind of line. */
const DATADOG = ['--datadog', 'true']

/** Titles of the events of DogStatsD that came, of one topic's contract. */
function titles(agent: UdpReceiver, topic: string): string[] {
  return agent.malformed.flatMap(({ line }) => {
    const [, title] = /^_e\{\d+,\d+\}:([^|]*)\|/.exec(line) ?? []
    return title?.includes(topic.toLowerCase()) ? [title] : []
  })
}

/** The value of `dq.rule.status` that a process shows for a rule of a topic; undefined if it shows none. */
async function statusOf(service: AssayProcess, topic: string, rule: string): Promise<number | undefined> {
  const text = await (await fetch(`${await service.http()}/metrics`)).text()
  const line = text
    .split('\n')
    .find(
      (each) =>
        each.startsWith('dq_rule_status{') &&
        each.includes(`topic="${topic.toLowerCase()}"`) &&
        each.includes(`rule="${rule}"`),
    )
  return line === undefined ? undefined : Number(line.split(' ').at(-1))
}

/** Until a number of flushes of this service, which flushes twice a second, must have gone by. */
async function flushes(service: AssayProcess, count: number): Promise<void> {
  const beats = async () => {
    const text = await (await fetch(`${await service.http()}/metrics`)).text()
    return Number(/^dq_heartbeat_total\{.*\} (\d+)$/m.exec(text)?.[1] ?? 0)
  }
  const before = await beats()
  await expect.poll(beats, { timeout: 20_000 }).toBeGreaterThanOrEqual(before + count)
}

async function prepare(rules: string, partitions = 1) {
  const { admin, producer } = await clients()
  const topic = uniqueName('stream')
  await createTopic(admin, topic, partitions)
  return {
    admin,
    producer,
    topic,
    group: uniqueName('assay'),
    rules: folderWith({ 'a.contract.yaml': contract(topic, rules) }),
    agent: await receiver(),
  }
}

/** Writes to partition 0 alone, ten times a second. @returns how to end that; it tells when the last record was written. */
function writeSteadily(producer: Producer, topic: string): () => Promise<number> {
  const over = new AbortController()
  const written = (async () => {
    for (;;) {
      await producer.send({ topic, messages: [{ value: '{"n":1}', partition: 0 }] })
      const writtenMs = Date.now()
      await setTimeout(100)
      if (over.signal.aborted) return writtenMs
    }
  })()
  return () => {
    over.abort()
    return written
  }
}

const WITHIN_MS = 2_000
const FLOWING = `  - id: flowing
    freshness: { within: 2s }
`

test('a producer that stops is told once and in time, by a new process no second time, and its return once', async () => {
  const { producer, topic, group, rules, agent } = await prepare(FLOWING, 3)
  const first = assay({ rules, group, statsd: agent, flags: DATADOG })
  await first.logged(isAssigned)
  const stopWriting = writeSteadily(producer, topic)
  await flushes(first, 6)
  // Two partitions are idle, and the third is busy.
  expect(await statusOf(first, topic, 'flowing')).toBe(0)
  expect(titles(agent, topic)).toEqual([])

  const lastMs = await stopWriting()
  await agent.until(() => titles(agent, topic).length > 0, 10_000)
  expect(Date.now() - lastMs).toBeLessThan(WITHIN_MS + 500 + 1_000)
  expect(titles(agent, topic)).toEqual([expect.stringMatching(/^Breached: flowing of /)])
  await first.logged(({ msg }) => msg.startsWith('Breached: flowing'))
  expect(await first.stop()).toBe(0)

  const second = assay({ rules, group, statsd: agent, flags: DATADOG })
  await second.logged(isAssigned)
  await flushes(second, 5)
  expect(await statusOf(second, topic, 'flowing')).toBe(BREACHED)
  expect(titles(agent, topic)).toHaveLength(1)

  await producer.send({ topic, messages: numbers(1) })
  await agent.until(() => titles(agent, topic).length > 1, 10_000)
  expect(titles(agent, topic)[1]).toMatch(/^Recovered: flowing of /)
  expect(await second.stop()).toBe(0)
  expect(titles(agent, topic)).toHaveLength(2)
})

test('a topic that nobody ever wrote to is told once its time is over', async () => {
  const { topic, group, rules, agent } = await prepare(FLOWING)
  const service = assay({ rules, group, statsd: agent, flags: DATADOG })
  await service.logged(isAssigned)
  await agent.until(() => titles(agent, topic).length > 0, 15_000)
  await flushes(service, 3)
  expect(titles(agent, topic)).toEqual([expect.stringMatching(/^Breached: flowing of /)])
  const [line] = agent.malformed.filter((each) => each.line.startsWith('_e{'))
  expect(line?.line).toMatch(/\|k:[^|]+\|t:error\|#/)
  expect(line?.line).toContain('team:team-test')
  expect(await service.stop()).toBe(0)
})

test('two replicas, two topics, one is killed in mid-window: the other knows what was judged, and tells each change once', async () => {
  const tolerant = `  - id: positive
    assert: n >= 0
    tolerance: { fail: 20%, over: 2m, minimumEvents: 40 }
`
  const { admin, producer } = await clients()
  const topics = [uniqueName('half'), uniqueName('half')]
  for (const topic of topics) await createTopic(admin, topic, 2)
  const rules = folderWith(
    Object.fromEntries(topics.map((topic) => [`${topic}.contract.yaml`, contract(topic, tolerant)])),
  )
  const group = uniqueName('assay')
  const agent = await receiver()
  const flags = [...DATADOG, '--session-timeout', '6s']
  const members = [
    assay({ rules, group, statsd: agent, flags }),
    assay({ rules, group, statsd: agent, flags }),
  ]
  await Promise.all(members.map((member) => member.logged(isAssigned)))
  const owned = (member: AssayProcess) =>
    Promise.all(topics.map(async (topic) => (await statusOf(member, topic, 'positive')) !== undefined))
  const [first, second] = members as [AssayProcess, AssayProcess]
  const spread = async () => [...(await owned(first)), ...(await owned(second))].filter(Boolean).length
  await expect.poll(spread, { timeout: 30_000 }).toBe(2)
  await expect.poll(async () => (await owned(first)).filter(Boolean).length, { timeout: 30_000 }).toBe(1)
  const [bad, good] = (await owned(first))[0] ? topics : topics.toReversed()

  // Half of what it takes to judge, and half of it bad.
  await producer.send({ topic: bad as string, messages: numbers(30, -15) })
  await producer.send({ topic: good as string, messages: numbers(60) })
  const isCommitted = async () => {
    const [offsets] = await admin.fetchOffsets({ groupId: group, topics: [bad as string] })
    return offsets?.partitions.reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0)
  }
  await expect.poll(isCommitted, { timeout: 10_000 }).toBe(30)
  first.signal('SIGKILL')
  await first.ended
  await second.logged(({ msg }) => msg.startsWith('Windows were filled'))
  await producer.send({ topic: bad as string, messages: numbers(20, -10) })
  await expect.poll(() => statusOf(second, bad as string, 'positive'), { timeout: 20_000 }).toBe(BREACHED)
  await agent.until(() => titles(agent, bad as string).length > 0)
  await flushes(second, 3)
  expect(titles(agent, bad as string)).toEqual([expect.stringMatching(/^Breached: positive of /)])
  expect(titles(agent, good as string)).toEqual([])
  const { groups } = await admin.listGroups()
  // Re-reading leaves no group behind.
  expect(groups.map(({ groupId }) => groupId)).not.toContain('never-joined')
  expect(await second.stop()).toBe(0)
})

test('while our own verdicts are late, nothing is said of the data', async () => {
  const { producer, topic, group, agent } = await prepare('')
  const rules = folderWith({
    'a.contract.yaml': contract(
      topic,
      `${POSITIVE}  - id: flowing
    freshness: { within: 1s, field: at }
  - id: enough
    volume: { over: 1s, min: 1 }
`,
      undefined,
      'format: avro',
    ),
  })
  const service = assay({
    rules,
    group,
    statsd: agent,
    flags: [...DATADOG, '--from', 'earliest'],
    // Nobody listens there: what is framed can't be judged.
    env: { SCHEMA_REGISTRY_URL: 'http://127.0.0.1:1' },
  })
  await producer.send({ topic, messages: [{ value: Buffer.from([0, 0, 0, 0, 7, 2]) }] })
  await expect.poll(() => statusOf(service, topic, 'flowing'), { timeout: 20_000 }).toBe(UNKNOWN)
  // Three windows have to go by, in six flushes or more.
  const before = agent.datagrams()
  await agent.until(() => agent.datagrams() >= before + 8)
  expect(await statusOf(service, topic, 'flowing')).toBe(UNKNOWN)
  expect([3, UNKNOWN]).toContain(await statusOf(service, topic, 'enough'))
  expect(titles(agent, topic)).toEqual([])
  service.signal('SIGKILL')
})

test('under --assign partition a rule over the stream is refused, with what to do', async () => {
  const { group, rules } = await prepare(FLOWING)
  const service = assay({ rules, group, flags: ['--assign', 'partition'] })
  expect(await service.ended).toBe(2)
  expect(service.log.map(({ msg }) => msg).join('\n')).toMatch(/flowing.*STREAM_RULE_NEEDS_TOPIC/)
})
