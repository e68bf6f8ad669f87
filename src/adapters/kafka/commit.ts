import type { Consumer, EachBatchPayload } from 'kafkajs'
import type { PartitionOffset } from '../../model/offsets.ts'

/** The way to commit that comes with a batch. */
export type CommitOnce = EachBatchPayload['commitOffsetsIfNecessary']

/**
 * Commits for the present generation, through a batch's payload if there has been one: that way tries once, while the consumer's own
 * tries again for minutes, with offsets that grow old.
 */
export function commitOffsets(
  consumer: Consumer,
  commitOnce: CommitOnce | undefined,
  offsets: readonly PartitionOffset[],
): Promise<void> {
  const entries = offsets.map(({ topic, partition, offset }) => ({
    topic,
    partition,
    offset: String(offset),
  }))
  if (commitOnce === undefined) return consumer.commitOffsets(entries)
  const byTopic = Map.groupBy(entries, ({ topic }) => topic)
  return commitOnce({ topics: [...byTopic].map(([topic, partitions]) => ({ topic, partitions })) })
}
