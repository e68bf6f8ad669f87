import { afterEach, expect, test, vi } from 'vitest'
import { withAdmin } from '../../../tools/embedded-kafka/admin.ts'
import { startKafka } from '../../../tools/embedded-kafka/start-kafka.ts'

afterEach(() => void vi.unstubAllEnvs())

test('brokers that are given are used, and only topics with our prefix are removed at the end', async () => {
  const theirs = await startKafka({ ownProcess: true })
  try {
    vi.stubEnv('ASSAY_TEST_BROKERS', theirs.brokers)
    const ours = await startKafka()
    expect(ours).toMatchObject({ kind: 'given', brokers: theirs.brokers })
    const topics = [{ topic: 'production' }, { topic: `${ours.topicPrefix}ads` }]
    await withAdmin(ours.brokers, (admin) => admin.createTopics({ topics }))
    await expect(ours.restart()).rejects.toThrow('ownProcess')
    await ours.stop()
    // Kafka answers a deletion before its list of topics shows it.
    const topicsLeft = () => withAdmin(theirs.brokers, (admin) => admin.listTopics())
    await expect.poll(topicsLeft, { timeout: 10_000 }).toEqual(['production'])
  } finally {
    await theirs.stop()
  }
})

test('brokers that are given can’t be configured', async () => {
  vi.stubEnv('ASSAY_TEST_BROKERS', '127.0.0.1:1')
  await expect(startKafka({ config: { 'num.partitions': '1' } })).rejects.toThrow('ASSAY_TEST_BROKERS')
})

test('without Java, Maven, Docker or given brokers the error says what to install', async () => {
  vi.stubEnv('PATH', '/nonexistent')
  await expect(startKafka({ ownProcess: true })).rejects.toThrow(
    /no `java` was found and no `mvn` was found.*install Java 17/,
  )
})
