import type { Admin, Cluster } from 'kafkajs'
import type { PartitionEnds } from '../../model/offsets.ts'
import type { AssignedPartition } from '../../ports/source.ts'
import { lastTimestampMs } from './cluster.ts'
import type { StartPolicy } from './config.ts'
import { startOf } from './start.ts'
import type { Start } from './start.ts'

/** An assigned partition with where it starts. */
export interface Placed extends AssignedPartition {
  readonly start: Start
}

/** Finds where each assigned partition starts, asking the brokers for commits, ends and last records. */
export async function placeAssigned(
  admin: Admin,
  cluster: Cluster,
  group: string,
  assigned: Readonly<Record<string, number[]>>,
  policyOf: (topic: string) => StartPolicy,
): Promise<Placed[]> {
  const topics = Object.keys(assigned)
  if (topics.length === 0) return []
  const commits = await committedOffsets(admin, group, topics)
  const ends = await endsOf(admin, assigned)
  return Promise.all(
    ends.map(async ({ topic, partition, low, end }): Promise<Placed> => {
      const topicCommits = commits.get(topic)
      const { offset: committed, note } = topicCommits?.get(partition) ?? NO_COMMIT
      const start = startOf({
        committed,
        topicIsKnown: (topicCommits?.size ?? 0) > 0,
        low,
        end,
        from: policyOf(topic),
      })
      const timestampMs = await lastTimestampMs(cluster, topic, partition, low, end)
      return {
        topic,
        partition,
        offset: start.offset,
        committed,
        end,
        lastTimestampMs: timestampMs,
        note,
        start,
      }
    }),
  )
}

/** The readable range of the given partitions. */
export async function endsOf(
  admin: Admin,
  assigned: Readonly<Record<string, number[]>>,
): Promise<PartitionEnds[]> {
  const ranges = await Promise.all(
    Object.entries(assigned).map(async ([topic, partitions]) => {
      const offsets = await admin.fetchTopicOffsets(topic)
      return offsets
        .filter(({ partition }) => partitions.includes(partition))
        .map(({ partition, low, high }) => ({ topic, partition, low: Number(low), end: Number(high) }))
    }),
  )
  return ranges.flat()
}

interface GroupCommit {
  readonly offset: number | undefined
  /** What was written beside it. */
  readonly note: string | undefined
}

const NO_COMMIT: GroupCommit = { offset: undefined, note: undefined }

/** What the group has committed, by topic and partition; partitions without a commit are left out. */
async function committedOffsets(
  admin: Admin,
  groupId: string,
  topics: string[],
): Promise<ReadonlyMap<string, ReadonlyMap<number, GroupCommit>>> {
  const responses = await admin.fetchOffsets({ groupId, topics })
  return new Map(
    responses.map(({ topic, partitions }) => [
      topic,
      new Map(
        partitions
          .map(({ partition, offset, metadata }): [number, GroupCommit] => [
            partition,
            { offset: Number(offset), note: metadata || undefined },
          ])
          .filter(([, { offset }]) => Number(offset) >= 0),
      ),
    ]),
  )
}
