import { randomUUID } from 'node:crypto'
import { Kafka, logLevel, type KafkaConfig } from 'kafkajs'

type Login = Pick<KafkaConfig, 'sasl'>

function client(brokers: string, login: Login, retries = 5): Kafka {
  return new Kafka({
    brokers: [brokers],
    logLevel: logLevel.NOTHING,
    retry: { retries },
    requestTimeout: 10_000,
    ...login,
  })
}

export async function produce(
  brokers: string,
  topic: string,
  values: readonly (Buffer | null)[],
  options: Login & { readonly retries?: number } = {},
): Promise<void> {
  const { retries, ...login } = options
  const producer = client(brokers, login, retries).producer()
  try {
    await producer.connect()
    await producer.send({ topic, messages: values.map((value) => ({ value })) })
  } finally {
    await producer.disconnect()
  }
}

/** The first `count` values of a topic, read by a group of its own. */
export async function readAll(
  brokers: string,
  topic: string,
  count: number,
  login: Login & { readonly groupId?: string } = {},
): Promise<(Buffer | null)[]> {
  const { groupId = randomUUID(), ...config } = login
  const consumer = client(brokers, config).consumer({ groupId })
  const values: (Buffer | null)[] = []
  try {
    await consumer.connect()
    await consumer.subscribe({ topic, fromBeginning: true })
    await new Promise<void>((resolve, reject) => {
      consumer.on('consumer.crash', ({ payload }) => !payload.restart && reject(payload.error))
      const eachMessage = async ({ message }: { message: { value: Buffer | null } }) => {
        values.push(message.value)
        if (values.length === count) resolve()
      }
      consumer.run({ eachMessage }).catch(reject)
    })
    return values
  } finally {
    await consumer.disconnect()
  }
}
