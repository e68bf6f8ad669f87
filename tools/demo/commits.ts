import type { Admin } from 'kafkajs'

/** One partition at the end of the demo. */
export interface PartitionCommit {
  readonly topic: string
  readonly partition: number
  readonly end: number
  /** -1 where the group has committed nothing, as Kafka says it. */
  readonly committed: number
}

export async function readCommits(
  admin: Admin,
  groupId: string,
  topics: readonly string[],
): Promise<readonly PartitionCommit[]> {
  const committed = await admin.fetchOffsets({ groupId, topics: [...topics] })
  const byTopic = new Map(committed.map(({ topic, partitions }) => [topic, partitions]))
  const ofTopics = topics.map(async (topic) =>
    (await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => ({
      topic,
      partition,
      end: Number(high),
      committed: Number(byTopic.get(topic)?.find((entry) => entry.partition === partition)?.offset ?? -1),
    })),
  )
  return (await Promise.all(ofTopics)).flat()
}
