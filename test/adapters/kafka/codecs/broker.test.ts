import type { CompressionTypes, Kafka, Producer } from 'kafkajs'
import kafkajs from 'kafkajs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { BatchFault } from '../../../../src/adapters/kafka/codecs/bounded.ts'
import { CODECS, registerCodecs } from '../../../../src/adapters/kafka/codecs/register.ts'
import type { KafkajsCodec } from '../../../../src/adapters/kafka/codecs/register.ts'
import { startKafka } from '../../../../tools/embedded-kafka/start-kafka.ts'
import type { EmbeddedKafka } from '../../../../tools/embedded-kafka/start-kafka.ts'

const VALUES = Array.from({ length: 300 }, (_, index) =>
  JSON.stringify({
    event_id: `ad-${index}`,
    price: { amount: index * 7, currency: 'EUR' },
    title: 'x'.repeat(index),
  }),
)

let broker: EmbeddedKafka
let client: Kafka
let producer: Producer

beforeAll(async () => {
  broker = await startKafka()
  client = new kafkajs.Kafka({ brokers: broker.brokers.split(','), logLevel: kafkajs.logLevel.NOTHING })
  producer = client.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner })
  await producer.connect()
})

afterAll(async () => {
  await producer?.disconnect()
  await broker?.stop()
})

beforeEach(() => registerCodecs())

describe.each(CODECS.map(([type, { name }]) => ({ type, name })))('$name', ({ type, name }) => {
  test('kafkajs reads what kafkajs wrote', async () => {
    const topic = await createTopic(`ours-${name}`)
    await produce(topic, type, VALUES)
    expect(await consume(topic, VALUES.length)).toEqual(VALUES)
  })

  test('kafkajs reads what the Java client wrote', async () => {
    const topic = await createTopic(`java-${name}`)
    await javaTool('ConsoleProducer', ['--topic', topic, '--compression-codec', name], VALUES.join('\n'))
    expect(await consume(topic, VALUES.length)).toEqual(VALUES)
  })

  test('the Java client reads what kafkajs wrote', async () => {
    const topic = await createTopic(`for-java-${name}`)
    await produce(topic, type, VALUES)
    const count = String(VALUES.length)
    const output = await javaTool('consumer.ConsoleConsumer', [
      '--topic',
      topic,
      '--from-beginning',
      '--max-messages',
      count,
    ])
    expect(output.trim().split('\n')).toEqual(VALUES)
  })

  test('a batch beyond the limit crashes the consumer at once, and not into a restart', async () => {
    const topic = await createTopic(`bomb-${name}`)
    await produce(topic, type, VALUES)
    registerCodecs({ maxBatchBytes: 1000 })
    await expectCrash(topic, 'COMPRESSED_BATCH_TOO_LARGE')
  })

  test('a batch that is cut off does so too', async () => {
    const topic = await createTopic(`cut-${name}`)
    await produce(topic, type, VALUES)
    const registered: KafkajsCodec = kafkajs.CompressionCodecs[type]()
    const decompress = (bytes: Buffer) => registered.decompress(bytes.subarray(0, -5))
    kafkajs.CompressionCodecs[type] = () => ({ ...registered, decompress })
    await expectCrash(topic, 'COMPRESSED_BATCH_DAMAGED')
  })
})

async function createTopic(name: string): Promise<string> {
  const topic = `${broker.topicPrefix}${name}`
  const admin = client.admin()
  await admin.connect()
  await admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: true })
  await admin.disconnect()
  return topic
}

async function produce(
  topic: string,
  compression: CompressionTypes,
  values: readonly string[],
): Promise<void> {
  await producer.send({ topic, compression, messages: values.map((value) => ({ value })) })
}

async function consume(topic: string, count: number): Promise<string[]> {
  const consumer = client.consumer({ groupId: `${topic}-readers` })
  const values: string[] = []
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  await new Promise<void>((resolve, reject) => {
    consumer.on('consumer.crash', ({ payload }) => isOfBroker(payload.error) || reject(payload.error))
    const eachMessage = async ({ message }: { message: { value: Buffer | null } }) => {
      values.push(String(message.value))
      if (values.length === count) resolve()
    }
    consumer.run({ eachMessage }).catch(reject)
  }).finally(() => consumer.disconnect())
  return values
}

async function expectCrash(topic: string, code: string): Promise<void> {
  const crash = await crashOf(topic)
  expect(crash.restart).toBe(false)
  expect(crash.error.cause).toBeInstanceOf(BatchFault)
  expect(crash.error.cause).toMatchObject({ code })
}

/** What kafkajs says when its consumer of `topic` crashes. */
async function crashOf(topic: string): Promise<{ error: Error; restart: boolean }> {
  const consumer = client.consumer({ groupId: `${topic}-readers` })
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  return new Promise<{ error: Error; restart: boolean }>((resolve, reject) => {
    consumer.on('consumer.crash', ({ payload }) => isOfBroker(payload.error) || resolve(payload))
    consumer.run({ eachMessage: async () => reject(new Error('a record came through')) }).catch(reject)
  }).finally(() => consumer.disconnect())
}

/** What a young broker answers while its coordinator is loading, which kafkajs mends by itself. */
function isOfBroker(error: Error): boolean {
  return error.name === 'KafkaJSProtocolError'
}

async function javaTool(tool: string, args: readonly string[], stdin?: string): Promise<string> {
  const bootstrap = ['--bootstrap-server', broker.directBrokers]
  const finished = await broker.consoleTool(`org.apache.kafka.tools.${tool}`, [...bootstrap, ...args], stdin)
  expect(finished.exitCode, finished.stderr).toBe(0)
  return finished.stdout
}
