import type { Consumer, EachBatchPayload } from 'kafkajs'
import type { Clock } from '../../ports/clock.ts'
import type { Log } from '../../ports/log.ts'
import type { OffsetCommit } from '../../ports/source.ts'
import { inTime } from './bounded.ts'
import { errorType } from './cluster.ts'

/** The way to commit that comes with a batch. */
export type CommitOnce = EachBatchPayload['commitOffsetsIfNecessary']

const TIMEOUT_MS = 10_000

/**
 * Commits for the present generation, through a batch's payload if there has been one: that way tries once, while the consumer's own
 * tries again for minutes, with offsets that grow old. Notes that are too long for the brokers are left out, for offsets must go on.
 * Rejects if the brokers did not take it in a bounded time.
 */
export function commitOffsets(
  consumer: Consumer,
  commitOnce: CommitOnce | undefined,
  offsets: readonly OffsetCommit[],
  clock: Clock,
  log: Log,
): Promise<void> {
  const committed = commit(consumer, commitOnce, offsets).catch((error: unknown) => {
    if (errorType(error) !== 'OFFSET_METADATA_TOO_LARGE') throw error
    log.warn('The brokers take no notes of that length beside offsets (offset.metadata.max.bytes)', {
      bytes: Math.max(...offsets.map(({ note = '' }) => note.length)),
    })
    const bare = offsets.map((offset) => ({ ...offset, note: undefined }))
    return commit(consumer, commitOnce, bare)
  })
  return inTime(committed, TIMEOUT_MS, clock)
}

function commit(
  consumer: Consumer,
  commitOnce: CommitOnce | undefined,
  offsets: readonly OffsetCommit[],
): Promise<void> {
  const entries = offsets.map(({ topic, partition, offset, note }) => ({
    topic,
    partition,
    offset: String(offset),
    metadata: note ?? null,
  }))
  if (commitOnce === undefined) return consumer.commitOffsets(entries)
  const byTopic = Map.groupBy(entries, ({ topic }) => topic)
  return commitOnce({ topics: [...byTopic].map(([topic, partitions]) => ({ topic, partitions })) })
}
