import kafkajs from 'kafkajs'
import type { Cluster, GroupMember, PartitionAssigner } from 'kafkajs'
import { assignPartitions, assignTopics } from './assignment.ts'
import type { Member } from './assignment.ts'
import { partitionsOf } from './cluster.ts'
import type { AssignMode } from './config.ts'

const { MemberAssignment, MemberMetadata } = kafkajs.AssignerProtocol
const VERSION = 1

/** What the assigner takes from, and gives to, the session that made it. */
export interface AssignerHooks {
  /** Topics that this member owns now. */
  owned(): readonly string[]
  /** kafkajs hands its cluster to assigners alone; the session asks it about topics. */
  onCluster(cluster: Cluster): void
}

/** Our partition assigner for kafkajs, by whole topics or by partitions. */
export function createAssigner(mode: AssignMode, hooks: AssignerHooks): PartitionAssigner {
  const assignAll = mode === 'topic' ? assignTopics : assignPartitions
  return ({ cluster }) => {
    hooks.onCluster(cluster)
    return {
      name: `assay-${mode}`,
      version: VERSION,
      protocol: ({ topics }) => ({
        name: `assay-${mode}`,
        metadata: MemberMetadata.encode({
          version: VERSION,
          topics,
          userData: Buffer.from(JSON.stringify(hooks.owned())),
        }),
      }),
      async assign({ members }) {
        const known = members.map(describeMember)
        const assigned = assignAll(known, await partitionsByTopic(cluster, known))
        return [...assigned].map(([memberId, assignment]) => ({
          memberId,
          memberAssignment: MemberAssignment.encode({
            version: VERSION,
            assignment,
            userData: Buffer.alloc(0),
          }),
        }))
      },
    }
  }
}

function describeMember({ memberId, memberMetadata }: GroupMember): Member {
  const metadata = MemberMetadata.decode(memberMetadata)
  return { id: memberId, topics: metadata?.topics ?? [], owned: ownedTopics(metadata?.userData) }
}

/** What a member says of itself is a hint for keeping topics where they are; nonsense is no hint. */
function ownedTopics(userData: Buffer | undefined): string[] {
  try {
    const owned: unknown = JSON.parse(userData?.toString() ?? '[]')
    return Array.isArray(owned) ? owned.filter((topic) => typeof topic === 'string') : []
  } catch {
    return []
  }
}

/**
 * The partitions of every topic that any member subscribes to: kafkajs gives an assigner only the leader's own topics. A topic that the
 * leader can't see is left to the next rebalance and stops no other.
 */
async function partitionsByTopic(
  cluster: Cluster,
  members: readonly Member[],
): Promise<Map<string, number[]>> {
  const topics = [...new Set(members.flatMap((member) => member.topics))]
  const found = await Promise.all(
    topics.map((topic) =>
      partitionsOf(cluster, topic).then(
        (ids): [string, number[]][] => [[topic, ids.map(({ partitionId }) => partitionId)]],
        () => [],
      ),
    ),
  )
  return new Map(found.flat())
}
