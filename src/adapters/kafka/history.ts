import type { Broker, Cluster, Consumer, Kafka } from 'kafkajs'
import type { PartitionOffset } from '../../model/offsets.ts'
import type { History, HistoryPlace, HistoryRecords } from '../../ports/source.ts'
import { committedEvents, toRecord } from './fetched.ts'
import type { FetchedPartition } from './fetched.ts'
import { historyPlaces } from './history-places.ts'

const READ_COMMITTED = 1
/** Small responses, for kafkajs decodes each in one turn of the event loop. */
const FETCH_BYTES = 262_144

/**
 * Reads the past of a topic over connections of its own, so that no fetch of new events waits behind it. kafkajs reads only as a member
 * of a group, which would leave that group behind; its consumer that never joins one lends us its cluster, and the Fetch protocol does
 * the rest.
 */
export class KafkaHistory implements History {
  readonly places: readonly HistoryPlace[]
  readonly #topic: string
  readonly #consumer: Consumer
  readonly #cluster: Cluster

  private constructor(
    topic: string,
    places: readonly HistoryPlace[],
    { consumer, cluster }: { consumer: Consumer; cluster: Cluster },
  ) {
    this.#topic = topic
    this.places = places
    this.#consumer = consumer
    this.#cluster = cluster
  }

  static async open(
    kafka: Kafka,
    topic: string,
    until: readonly PartitionOffset[],
    sinceMs: number,
    maxRecords: number,
  ): Promise<KafkaHistory> {
    const reader = await connect(kafka)
    try {
      await reader.cluster.addTargetTopic(topic)
      const found = await offsetsSince(reader.cluster, topic, until, sinceMs)
      return new KafkaHistory(topic, historyPlaces(until, found, maxRecords), reader)
    } catch (error) {
      await reader.consumer.disconnect()
      throw error
    }
  }

  async read(partition: number, offset: number, before: number): Promise<HistoryRecords> {
    const leader = await this.#leaderOf(partition)
    const { responses } = (await leader.fetch({
      replicaId: -1,
      isolationLevel: READ_COMMITTED,
      maxWaitTime: 1,
      minBytes: 0,
      maxBytes: FETCH_BYTES,
      topics: [
        {
          topic: this.#topic,
          partitions: [{ partition, fetchOffset: String(offset), maxBytes: FETCH_BYTES }],
        },
      ],
    })) as { responses: { partitions: FetchedPartition[] }[] }
    const fetched = responses[0]?.partitions[0] ?? { messages: [] }
    const records = committedEvents(fetched).map((record) => toRecord(this.#topic, partition, record))
    const last = fetched.messages.at(-1)
    return {
      // A compressed batch comes whole, from before the place that was asked for.
      records: records.filter((record) => record.offset >= offset && record.offset < before),
      nextOffset: last === undefined ? before : Math.min(before, Math.max(offset, Number(last.offset)) + 1),
    }
  }

  close(): Promise<void> {
    return this.#consumer.disconnect()
  }

  async #leaderOf(partition: number): Promise<Broker> {
    const found = this.#cluster
      .findTopicPartitionMetadata(this.#topic)
      .find(({ partitionId }) => partitionId === partition)
    if (found === undefined) throw new Error(`partition ${partition} of ${this.#topic} is gone`)
    return this.#cluster.findBroker({ nodeId: String(found.leader) })
  }
}

async function connect(kafka: Kafka): Promise<{ consumer: Consumer; cluster: Cluster }> {
  const lent: { cluster?: Cluster } = {}
  const consumer = kafka.consumer({
    groupId: 'never-joined',
    allowAutoTopicCreation: false,
    partitionAssigners: [
      ({ cluster }) => {
        lent.cluster = cluster
        return {
          name: 'none',
          version: 0,
          protocol: () => ({ name: 'none', metadata: Buffer.alloc(0) }),
          assign: () => Promise.resolve([]),
        }
      },
    ],
  })
  await consumer.connect()
  if (lent.cluster === undefined) throw new Error('kafkajs gave no cluster')
  return { consumer, cluster: lent.cluster }
}

/** The first offset written at or after a moment, by partition; those without one are left out. */
async function offsetsSince(
  cluster: Cluster,
  topic: string,
  until: readonly PartitionOffset[],
  sinceMs: number,
): Promise<ReadonlyMap<number, number>> {
  const partitions = until.map(({ partition }) => ({ partition }))
  const [answer] = await cluster.fetchTopicsOffset([{ topic, partitions, fromTimestamp: sinceMs }])
  return new Map(
    (answer?.partitions ?? [])
      .map(({ partition, offset }): [number, number] => [partition, Number(offset)])
      .filter(([, offset]) => offset >= 0),
  )
}
