import { existsSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withAdmin } from '../../../tools/embedded-kafka/admin.ts'
import { startKafka, type EmbeddedKafka } from '../../../tools/embedded-kafka/start-kafka.ts'
import { isRunning } from '../is-running.ts'
import { produce, readAll } from './kafka-client.ts'

let kafka: EmbeddedKafka

beforeAll(async () => {
  kafka = await startKafka({ ownProcess: true })
})

afterAll(() => kafka.stop())

async function createTopic(topic: string): Promise<void> {
  await withAdmin(kafka.brokers, (admin) => admin.createTopics({ topics: [{ topic, numPartitions: 1 }] }))
}

test('what kafkajs writes, kafkajs reads back, up to 10 MB', async () => {
  await createTopic('round-trip')
  const large = Buffer.alloc(10 * 1024 * 1024, 'x')
  await produce(kafka.brokers, 'round-trip', [Buffer.from('small'), null, large])
  const [small, tombstone, big] = await readAll(kafka.brokers, 'round-trip', 3)
  expect(small?.toString()).toBe('small')
  expect(tombstone).toBeNull()
  expect(big?.length).toBe(large.length)
})

test('what Kafka’s own producer writes, kafkajs reads', async () => {
  await createTopic('from-console')
  const args = ['--bootstrap-server', kafka.directBrokers, '--topic', 'from-console']
  const finished = await kafka.consoleTool('org.apache.kafka.tools.ConsoleProducer', args, 'one\ntwo\n')
  expect(finished).toMatchObject({ exitCode: 0 })
  expect((await readAll(kafka.brokers, 'from-console', 2)).map(String)).toEqual(['one', 'two'])
})

test('a tool that fails says so by its exit code', async () => {
  const finished = await kafka.consoleTool('org.apache.kafka.tools.TopicCommand', ['--no-such-option'])
  expect(finished.exitCode).not.toBe(0)
})

test('topics are not made by asking for them', async () => {
  const metadata = withAdmin(kafka.brokers, (admin) => admin.fetchTopicMetadata({ topics: ['never-made'] }))
  await expect(metadata).rejects.toMatchObject({ type: 'UNKNOWN_TOPIC_OR_PARTITION' })
})

test.each(['SIGTERM', 'SIGKILL'] as const)(
  'after %s and a new start, ports and data are the same',
  async (signal) => {
    const topic = `kept-over-${signal}`
    await createTopic(topic)
    await produce(kafka.brokers, topic, [Buffer.from('kept')])
    await kafka.stopBroker(signal)
    const lost = produce(kafka.brokers, topic, [Buffer.from('lost')], { retries: 0 })
    await expect(lost).rejects.toThrow()
    await kafka.startBroker()
    expect((await readAll(kafka.brokers, topic, 1)).map(String)).toEqual(['kept'])
  },
)

test('stop leaves neither process nor data', async () => {
  const other = await startKafka({ ownProcess: true })
  const pid = other.pid() ?? 0
  expect(await isRunning(pid)).toBe(true)
  expect(existsSync(other.dataFolder ?? '')).toBe(true)
  await other.stop()
  expect(await isRunning(pid)).toBe(false)
  expect(existsSync(other.dataFolder ?? '')).toBe(false)
})

test('a setting that Kafka refuses is reported with Kafka’s own words', async () => {
  const start = startKafka({ ownProcess: true, config: { 'num.partitions': 'many' } })
  await expect(start).rejects.toThrow('Invalid value many for configuration num.partitions')
})
