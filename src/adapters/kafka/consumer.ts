import type { Cluster, Consumer, Kafka } from 'kafkajs'
import { createAssigner } from './assigner.ts'
import type { KafkaConfig } from './config.ts'

const HEARTBEAT_INTERVAL_MS = 3_000
const REBALANCE_TIMEOUT_MS = 60_000

/** What a consumer asks of the session that it belongs to. */
export interface ConsumerHooks {
  /** Topics that this member owns now. */
  owned(): readonly string[]
  /** The client's cluster, for questions about topics. */
  onCluster(cluster: Cluster): void
  /** Called and waited for before each attempt to join the group. */
  beforeJoin(): Promise<void>
}

/** A kafkajs consumer as Assay needs it: nothing is committed, created or skipped by itself. */
export function createConsumer(kafka: Kafka, config: KafkaConfig, hooks: ConsumerHooks): Consumer {
  const onCluster = (cluster: Cluster) => {
    hookJoins(cluster, hooks)
    hooks.onCluster(cluster)
  }
  return kafka.consumer({
    groupId: config.group,
    partitionAssigners: [createAssigner(config.assign, { owned: () => hooks.owned(), onCluster })],
    sessionTimeout: config.sessionTimeoutMs,
    heartbeatInterval: Math.min(HEARTBEAT_INTERVAL_MS, Math.floor(config.sessionTimeoutMs / 3)),
    rebalanceTimeout: REBALANCE_TIMEOUT_MS,
    metadataMaxAge: 60_000,
    maxWaitTimeInMs: 500,
    // kafkajs decodes a whole response in one turn of the event loop: small responses keep heartbeats and probes punctual.
    maxBytesPerPartition: 262_144,
    maxBytes: 1_048_576,
    allowAutoTopicCreation: false,
    readUncommitted: false,
  })
}

/**
 * kafkajs tells nobody in time that it is about to re-join: a rebalance may be found by a heartbeat between two batches. Each join
 * begins with a search for the coordinator, so that is where judged offsets can be committed while they still may be.
 */
function hookJoins(cluster: Cluster, hooks: ConsumerHooks): void {
  const findGroupCoordinator = cluster.findGroupCoordinator.bind(cluster)
  cluster.findGroupCoordinator = async (group) => {
    await hooks.beforeJoin()
    return findGroupCoordinator(group)
  }
}
