import type { Broker, Cluster, PartitionMetadata } from 'kafkajs'
import type { TopicFault } from '../../ports/source.ts'

/**
 * Questions to the brokers that leave kafkajs's own list of topics alone: once a topic on that list is missing, every refresh of its
 * metadata fails, and with it the consumption of all the others.
 */
async function anyBroker(cluster: Cluster): Promise<Broker> {
  await cluster.refreshMetadataIfNecessary()
  const [nodeId] = cluster.getNodeIds()
  return cluster.findBroker({ nodeId: String(nodeId) })
}

/**
 * The partitions of one topic and their leaders.
 *
 * @throws kafkajs's protocol error (`UNKNOWN_TOPIC_OR_PARTITION`, `TOPIC_AUTHORIZATION_FAILED` …)
 */
export async function partitionsOf(cluster: Cluster, topic: string): Promise<PartitionMetadata[]> {
  const broker = await anyBroker(cluster)
  const { topicMetadata } = await broker.metadata([topic])
  return topicMetadata.find((found) => found.topic === topic)?.partitionMetadata ?? []
}

/** Which of the topics can't be read, and why. */
export async function topicFaults(
  cluster: Cluster,
  topics: readonly string[],
): Promise<Map<string, TopicFault>> {
  const faults = new Map<string, TopicFault>()
  for (const topic of topics) {
    const fault = await topicFault(cluster, topic)
    if (fault !== undefined) faults.set(topic, fault)
  }
  return faults
}

/** Why a topic can't be read, or undefined if it can: asks for its partitions, then for a byte of one of them. */
async function topicFault(cluster: Cluster, topic: string): Promise<TopicFault | undefined> {
  try {
    const [partition] = await partitionsOf(cluster, topic)
    if (partition === undefined) return 'missing'
    await fetchAt(cluster, topic, partition, 0)
    return undefined
  } catch (error) {
    const type = errorType(error)
    if (type === 'UNKNOWN_TOPIC_OR_PARTITION' || type === 'INVALID_TOPIC_EXCEPTION') return 'missing'
    if (type === 'TOPIC_AUTHORIZATION_FAILED') return 'denied'
    if (type === 'LEADER_NOT_AVAILABLE') return 'unavailable'
    // The probe starts at offset 0, which retention may have removed: the broker looked, so it may be read.
    if (type === 'OFFSET_OUT_OF_RANGE') return undefined
    throw error
  }
}

/** What kafkajs's broker can do beside what its types say. */
interface GroupBroker {
  findGroupCoordinator(request: { groupId: string; coordinatorType: number }): Promise<unknown>
  leaveGroup(request: { groupId: string; memberId: string }): Promise<unknown>
}

const GROUP_COORDINATOR = 0

/**
 * Asks for the coordinator of a group once. kafkajs's own search reports every refusal as "not found".
 *
 * @throws kafkajs's protocol error (`GROUP_AUTHORIZATION_FAILED`); a coordinator that is not there yet is no reason
 */
export async function checkGroup(cluster: Cluster, groupId: string): Promise<void> {
  const broker = (await anyBroker(cluster)) as unknown as GroupBroker
  try {
    await broker.findGroupCoordinator({ groupId, coordinatorType: GROUP_COORDINATOR })
  } catch (error) {
    if (errorType(error) === 'GROUP_AUTHORIZATION_FAILED') throw error
  }
}

/** Gives a membership back without waiting for anything that the client has under way. */
export async function leaveGroup(cluster: Cluster, groupId: string, memberId: string): Promise<void> {
  const coordinator = (await cluster.findGroupCoordinator({ groupId })) as unknown as GroupBroker
  await coordinator.leaveGroup({ groupId, memberId })
}

/** Timestamp of the last record before `end`, or undefined if there is none or it can't be had. */
export async function lastTimestampMs(
  cluster: Cluster,
  topic: string,
  partition: number,
  low: number,
  end: number,
): Promise<number | undefined> {
  try {
    const metadata = (await partitionsOf(cluster, topic)).find(({ partitionId }) => partitionId === partition)
    if (metadata === undefined) return undefined
    // The last entries of a log may be markers of transactions, which carry no event: look a little further back.
    for (const back of [1, 2, 10]) {
      if (end - back < low) return undefined
      const records = await fetchAt(cluster, topic, metadata, end - back)
      const last = records.findLast(({ isControlRecord }) => isControlRecord !== true)
      if (last !== undefined) return Number(last.timestamp)
    }
  } catch {
    // The age stays unknown until an event arrives; that is no reason to stop.
  }
  return undefined
}

interface FetchedRecord {
  readonly timestamp: string
  readonly isControlRecord?: boolean
}

async function fetchAt(
  cluster: Cluster,
  topic: string,
  { partitionId, leader }: PartitionMetadata,
  offset: number,
): Promise<FetchedRecord[]> {
  const broker = await cluster.findBroker({ nodeId: String(leader) })
  const { responses } = (await broker.fetch({
    replicaId: -1,
    isolationLevel: 1,
    maxWaitTime: 1,
    minBytes: 0,
    maxBytes: 1,
    topics: [{ topic, partitions: [{ partition: partitionId, fetchOffset: String(offset), maxBytes: 1 }] }],
  })) as { responses: { partitions: { messages: FetchedRecord[] }[] }[] }
  return responses[0]?.partitions[0]?.messages ?? []
}

/** kafkajs's name of a protocol error, through its wrappers. */
export function errorType(error: unknown): string | undefined {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ('type' in cause && typeof cause.type === 'string') return cause.type
    if (cause.name === 'KafkaJSOffsetOutOfRange') return 'OFFSET_OUT_OF_RANGE'
  }
  return undefined
}
