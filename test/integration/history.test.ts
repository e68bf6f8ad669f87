import kafkajs from 'kafkajs'
import { expect, inject, onTestFinished, test } from 'vitest'
import { createClient } from '../../src/adapters/kafka/client.ts'
import { KafkaHistory } from '../../src/adapters/kafka/history.ts'
import type { HistoryPlace } from '../../src/ports/source.ts'
import { MemoryLog } from '../engine/memory.ts'
import { clients, createTopic, deleteRecords, ends, uniqueName } from './support.ts'

const START_MS = Date.UTC(2026, 0, 1)

/** A client as the service has it for questions. */
function client() {
  const config = {
    brokers: inject('brokers').split(','),
    clientId: 'assay-test',
    group: 'none',
    assign: 'topic',
    from: 'latest',
    tls: undefined,
    sasl: undefined,
    brokerTimeoutMs: 10_000,
    sessionTimeoutMs: 10_000,
    topicAuditIntervalMs: 10_000,
  } as const
  return createClient(config, 'short', new MemoryLog())
}

async function open(topic: string, sinceMs: number, maxRecords: number): Promise<KafkaHistory> {
  const { admin } = await clients()
  const until = Object.entries(await ends(admin, topic)).map(([partition, offset]) => ({
    topic,
    partition: Number(partition),
    offset,
  }))
  const history = await KafkaHistory.open(client(), topic, until, sinceMs, maxRecords)
  onTestFinished(() => history.close())
  return history
}

/** The numbers in all records from a place up to an offset, and how many fetches that took. */
async function readAll(history: KafkaHistory, { partition, offset }: HistoryPlace, before: number) {
  const numbers: number[] = []
  let fetches = 0
  for (let next = offset; next < before; fetches++) {
    const read = await history.read(partition, next, before)
    numbers.push(...read.records.map(({ value }) => (JSON.parse(String(value)) as { n: number }).n))
    expect(read.nextOffset).toBeGreaterThan(next)
    next = read.nextOffset
  }
  return { numbers, fetches }
}

const TEXT = 'x'.repeat(400)

/** One record a second. */
const messages = (count: number, partition: number) =>
  Array.from({ length: count }, (_, n) => ({
    partition,
    value: JSON.stringify({ n, text: TEXT }),
    timestamp: String(START_MS + n * 1000),
  }))

test('the past is read from a moment on, in several fetches, each record once', async () => {
  const { admin, producer } = await clients()
  const topic = uniqueName('history')
  await createTopic(admin, topic, 3)
  const many = messages(3000, 0)
  // Each request is a batch of its own, which a broker gives whole.
  for (let sent = 0; sent < many.length; sent += 300) {
    await producer.send({ topic, messages: many.slice(sent, sent + 300) })
  }
  await producer.send({
    topic,
    messages: messages(600, 1),
    compression: kafkajs.CompressionTypes.GZIP,
  })
  const history = await open(topic, START_MS + 500_000, 10_000)
  expect(history.places).toEqual([
    { partition: 0, offset: 500, isCut: false },
    { partition: 1, offset: 500, isCut: false },
    { partition: 2, offset: 0, isCut: false },
  ])
  const [first, second] = history.places as [HistoryPlace, HistoryPlace]
  const large = await readAll(history, first, 3000)
  expect(large.numbers).toEqual(Array.from({ length: 2500 }, (_, index) => index + 500))
  expect(large.fetches).toBeGreaterThan(2)
  // A compressed batch comes whole: what is before the place, or not before the given end, is left out.
  const compressed = await readAll(history, second, 580)
  expect(compressed.numbers).toEqual(Array.from({ length: 80 }, (_, index) => index + 500))
})

test('of more than may be read, the newest', async () => {
  const { admin, producer } = await clients()
  const topic = uniqueName('history')
  await createTopic(admin, topic)
  await producer.send({ topic, messages: messages(100, 0) })
  const history = await open(topic, START_MS, 30)
  expect(history.places).toEqual([{ partition: 0, offset: 70, isCut: true }])
})

test('aborted transactions and markers are no past, and what retention removed is an error', async () => {
  const { admin, producer } = await clients()
  const topic = uniqueName('history')
  await createTopic(admin, topic)
  const transactional = new kafkajs.Kafka({
    brokers: inject('brokers').split(','),
    logLevel: kafkajs.logLevel.NOTHING,
  }).producer({ transactionalId: uniqueName('transaction'), maxInFlightRequests: 1, idempotent: true })
  await transactional.connect()
  onTestFinished(() => transactional.disconnect())
  for (const end of ['abort', 'commit'] as const) {
    const transaction = await transactional.transaction()
    await transaction.send({ topic, messages: messages(3, 0) })
    await transaction[end]()
  }
  await producer.send({ topic, messages: messages(1, 0) })
  const history = await open(topic, START_MS, 100)
  const place = { partition: 0, offset: 0, isCut: false }
  expect((await readAll(history, place, 9)).numbers).toEqual([0, 1, 2, 0])
  await deleteRecords(admin, topic, 5)
  await expect(history.read(0, 0, 9)).rejects.toThrow('offset')
})
