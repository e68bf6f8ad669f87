import kafkajs from 'kafkajs'
import type { Message } from 'kafkajs'
import { generateAds } from '../../../tools/ads/events.ts'
import { TOPIC } from './contract.ts'

const PARTITIONS = 4
const EVENTS_PER_REQUEST = 2_000
/** Some of the planted times lie close to the base time: it has to be past when the events are judged. */
const HOUR_MS = 3_600_000

/** A topic and what is in it. */
export interface FilledTopic {
  readonly events: number
  readonly meanEventBytes: number
}

/** Makes the topic and writes the ads into it, spread evenly; one in fifty breaks a rule. */
export async function fillTopic(brokers: string, events: number): Promise<FilledTopic> {
  const kafka = new kafkajs.Kafka({ brokers: brokers.split(','), logLevel: kafkajs.logLevel.NOTHING })
  const admin = kafka.admin()
  const producer = kafka.producer()
  await Promise.all([admin.connect(), producer.connect()])
  try {
    await admin.createTopics({ topics: [{ topic: TOPIC, numPartitions: PARTITIONS, replicationFactor: 1 }] })
    let bytes = 0
    for (const messages of requests(events)) {
      await producer.send({ topic: TOPIC, messages, acks: 1 })
      bytes += messages.reduce((sum, { value }) => sum + (value?.length ?? 0), 0)
    }
    return { events, meanEventBytes: bytes / events }
  } finally {
    await Promise.all([admin.disconnect(), producer.disconnect()])
  }
}

function* requests(count: number): Generator<Message[]> {
  const options = { seed: 1, count, baseTimeMs: Date.now() - HOUR_MS, undecodableEvery: 0, tombstoneEvery: 0 }
  let messages: Message[] = []
  let index = 0
  for (const { key, value, timestampMs } of generateAds(options)) {
    messages.push({ key, value, timestamp: String(timestampMs), partition: index++ % PARTITIONS })
    if (messages.length < EVENTS_PER_REQUEST) continue
    yield messages
    messages = []
  }
  if (messages.length > 0) yield messages
}
