import kafkajs from 'kafkajs'
import type { Assigner, Cluster, GroupMember } from 'kafkajs'
import { describe, expect, test } from 'vitest'
import { createAssigner } from '../../../src/adapters/kafka/assigner.ts'

const { MemberAssignment, MemberMetadata } = kafkajs.AssignerProtocol

/** Brokers that know these topics, with the number of their partitions. */
function clusterOf(topics: Readonly<Record<string, number>>): Cluster {
  const broker = {
    metadata: ([topic = '']: string[]) => {
      const size = topics[topic]
      if (size === undefined) return Promise.reject(new Error('UNKNOWN_TOPIC_OR_PARTITION'))
      const partitionMetadata = Array.from({ length: size }, (_, partitionId) => ({ partitionId, leader: 0 }))
      return Promise.resolve({ topicMetadata: [{ topic, partitionMetadata }] })
    },
  }
  const cluster = {
    refreshMetadataIfNecessary: () => Promise.resolve(),
    getNodeIds: () => [0],
    findBroker: () => Promise.resolve(broker),
  }
  return cluster as unknown as Cluster
}

function assignerOf(
  cluster: Cluster,
  mode: 'topic' | 'partition' = 'topic',
  owned: readonly string[] = [],
): Assigner {
  const assigner = createAssigner(mode, { owned: () => owned, onCluster: () => undefined })({
    cluster,
    groupId: 'g',
    logger: undefined as never,
  })
  return assigner as Assigner
}

function member(memberId: string, topics: string[], userData = Buffer.from('[]')): GroupMember {
  return { memberId, memberMetadata: MemberMetadata.encode({ version: 1, topics, userData }) }
}

async function assign(
  assigner: Assigner,
  members: GroupMember[],
  topics: string[] = [],
): Promise<Record<string, unknown>> {
  const assigned = await assigner.assign({ members, topics })
  return Object.fromEntries(
    assigned.map(({ memberId, memberAssignment }) => [
      memberId,
      { ...MemberAssignment.decode(memberAssignment)?.assignment },
    ]),
  )
}

describe('the assigner', () => {
  test('hands its cluster over when it is made', () => {
    const cluster = clusterOf({})
    const seen: Cluster[] = []
    createAssigner('topic', { owned: () => [], onCluster: (found) => seen.push(found) })({
      cluster,
      groupId: 'g',
      logger: undefined as never,
    })
    expect(seen).toEqual([cluster])
  })

  test('tells the group what it subscribes to and what it owned', () => {
    const { name, metadata } = assignerOf(clusterOf({}), 'topic', ['ads']).protocol({
      topics: ['ads', 'bids'],
    })
    const decoded = MemberMetadata.decode(metadata)
    expect(name).toBe('assay-topic')
    expect(decoded?.topics).toEqual(['ads', 'bids'])
    expect(JSON.parse(String(decoded?.userData))).toEqual(['ads'])
  })

  test('knows the modes apart by name: members that disagree have no protocol in common', () => {
    expect(assignerOf(clusterOf({}), 'partition').name).not.toBe(assignerOf(clusterOf({}), 'topic').name)
  })

  test('gives topics of all members, not only of the leader', async () => {
    const assigner = assignerOf(clusterOf({ ads: 2, bids: 1 }))
    expect(await assign(assigner, [member('leader', ['ads']), member('other', ['bids'])], ['ads'])).toEqual({
      leader: { ads: [0, 1] },
      other: { bids: [0] },
    })
  })

  test('leaves out a topic that it can’t see, and gives all others', async () => {
    const assigner = assignerOf(clusterOf({ ads: 1 }))
    expect(await assign(assigner, [member('m1', ['ads', 'gone'])])).toEqual({ m1: { ads: [0] } })
  })

  test('keeps topics where members say that they were', async () => {
    const assigner = assignerOf(clusterOf({ ads: 1, bids: 1 }))
    const both = ['ads', 'bids']
    const members = [member('m1', both, Buffer.from('["bids"]')), member('m2', both, Buffer.from('["ads"]'))]
    expect(await assign(assigner, members)).toEqual({ m1: { bids: [0] }, m2: { ads: [0] } })
  })

  test.each(['', 'nonsense', '{"a":1}', '[1,null]', '"ads"'])(
    'is not confused by a member that says %j',
    async (userData) => {
      const assigner = assignerOf(clusterOf({ ads: 1 }))
      expect(await assign(assigner, [member('m1', ['ads'], Buffer.from(userData))])).toEqual({
        m1: { ads: [0] },
      })
    },
  )

  test('spreads partitions in that mode', async () => {
    const assigner = assignerOf(clusterOf({ ads: 2 }), 'partition')
    expect(await assign(assigner, [member('m1', ['ads']), member('m2', ['ads'])])).toEqual({
      m1: { ads: [0] },
      m2: { ads: [1] },
    })
  })
})
