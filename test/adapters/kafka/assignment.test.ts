import { fc } from '../../property.ts'
import { describe, expect, test } from 'vitest'
import { assignPartitions, assignTopics } from '../../../src/adapters/kafka/assignment.ts'
import type { Assignment, Member } from '../../../src/adapters/kafka/assignment.ts'

type Partitions = ReadonlyMap<string, readonly number[]>

// Legal names of topics, some of which every object inherits.
const TOPICS = ['ads', 'bids', 'carts', 'deals', 'constructor', 'toString', '__proto__', 'hasOwnProperty']

const topicNames = fc.subarray(TOPICS)
const members = fc
  .uniqueArray(fc.constantFrom('m1', 'm2', 'm3', 'm4', 'm5'), { minLength: 1 })
  .chain((ids) =>
    fc.tuple(...ids.map((id) => fc.record({ id: fc.constant(id), topics: topicNames, owned: topicNames }))),
  )
const partitions = topicNames.chain((topics) =>
  fc
    .tuple(...topics.map(() => fc.integer({ min: 1, max: 12 })))
    .map(
      (sizes) =>
        new Map(
          topics.map((topic, index) => [topic, Array.from({ length: sizes[index] ?? 0 }, (_, id) => id)]),
        ),
    ),
)

/** Who has what, as `topic/partition` and member, sorted. */
function owners(assignment: Assignment): [string, string][] {
  return [...assignment]
    .flatMap(([id, topics]) =>
      Object.entries(topics).flatMap(([topic, ids]) =>
        ids.map((partition): [string, string] => [`${topic}/${partition}`, id]),
      ),
    )
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
}

const keysOf = (topics: Partitions) =>
  [...topics].flatMap(([topic, ids]) => ids.map((id) => `${topic}/${id}`)).toSorted()
const isSubscribed = (group: readonly Member[], topic: string) =>
  group.some(({ topics }) => topics.includes(topic))
const loadOf = (assignment: Assignment, id: string) => Object.values(assignment.get(id) ?? {}).flat().length

describe.each([
  ['by topics', assignTopics],
  ['by partitions', assignPartitions],
])('%s', (_, assign) => {
  test('each partition of a topic that anybody subscribes to has exactly one owner, and no other has any', () => {
    fc.assert(
      fc.property(members, partitions, (group, topics) => {
        const wanted = new Map([...topics].filter(([topic]) => isSubscribed(group, topic)))
        expect(owners(assign(group, topics)).map(([key]) => key)).toEqual(keysOf(wanted))
      }),
    )
  })

  test('a partition is given only to a member that subscribes to its topic', () => {
    fc.assert(
      fc.property(members, partitions, (group, topics) => {
        const assignment = assign(group, topics)
        for (const { id, topics: subscribed } of group)
          expect(subscribed).toEqual(expect.arrayContaining(Object.keys(assignment.get(id) ?? {})))
      }),
    )
  })

  test('every member is told, also that it gets nothing', () => {
    fc.assert(
      fc.property(members, partitions, (group, topics) => {
        expect([...assign(group, topics).keys()].toSorted()).toEqual(group.map(({ id }) => id).toSorted())
      }),
    )
  })

  test('every leader comes to the same result, whatever the order of members and topics', () => {
    fc.assert(
      fc.property(members, partitions, (group, topics) => {
        const turned = assign(group.toReversed(), new Map([...topics].toReversed()))
        expect(owners(turned)).toEqual(owners(assign(group, topics)))
      }),
    )
  })

  test('without members nothing is given', () => {
    expect(assign([], new Map([['ads', [0]]]))).toEqual(new Map())
  })
})

const all = (...ids: readonly string[]): Member[] => ids.map((id) => ({ id, topics: TOPICS, owned: [] }))
const sizes = (record: Readonly<Record<string, number>>): Partitions =>
  new Map(Object.entries(record).map(([topic, size]) => [topic, Array.from({ length: size }, (_, id) => id)]))

describe('by topics', () => {
  test('a topic is never split', () => {
    fc.assert(
      fc.property(members, partitions, (group, topics) => {
        const assignment = assignTopics(group, topics)
        for (const [topic, ids] of topics) {
          const parts = [...assignment.values()]
            .map((given) => given[topic])
            .filter((given) => given !== undefined)
          expect(parts).toEqual(isSubscribed(group, topic) ? [ids] : [])
        }
      }),
    )
  })

  test('a group that joins again unchanged keeps all as it was', () => {
    fc.assert(
      fc.property(members, partitions, (group, topics) => {
        const before = assignTopics(group, topics)
        const again = group.map((member) => ({ ...member, owned: Object.keys(before.get(member.id) ?? {}) }))
        expect(owners(assignTopics(again, topics))).toEqual(owners(before))
      }),
    )
  })

  test('topics stay where they were as long as each member has its share', () => {
    const group = all('m1', 'm2').map((member, index) => ({
      ...member,
      owned: index === 0 ? ['deals', 'carts'] : ['ads', 'bids'],
    }))
    const assignment = assignTopics(group, sizes({ ads: 1, bids: 1, carts: 1, deals: 1 }))
    expect(Object.keys(assignment.get('m1') ?? {}).toSorted()).toEqual(['carts', 'deals'])
  })

  test('a new member gets its share, and no more is moved', () => {
    const [first, second] = all('m1', 'm2') as [Member, Member]
    const group = [{ ...first, owned: ['ads', 'bids', 'carts', 'deals'] }, second]
    const assignment = assignTopics(group, sizes({ ads: 1, bids: 1, carts: 1, deals: 1 }))
    expect([loadOf(assignment, 'm1'), loadOf(assignment, 'm2')]).toEqual([2, 2])
  })

  test('the topics of a member that left go to those that remain, which keep their own', () => {
    const [second, third] = all('m2', 'm3') as [Member, Member]
    const group = [
      { ...second, owned: ['bids'] },
      { ...third, owned: ['carts'] },
    ]
    const assignment = assignTopics(group, sizes({ ads: 1, bids: 1, carts: 1, deals: 1 }))
    expect(Object.keys(assignment.get('m2') ?? {})).toContain('bids')
    expect(Object.keys(assignment.get('m3') ?? {})).toContain('carts')
    expect([loadOf(assignment, 'm2'), loadOf(assignment, 'm3')]).toEqual([2, 2])
  })

  test('large topics are placed first, so that small ones even out the load', () => {
    const assignment = assignTopics(all('m1', 'm2'), sizes({ ads: 1, bids: 1, carts: 1, deals: 3 }))
    expect([loadOf(assignment, 'm1'), loadOf(assignment, 'm2')]).toEqual([3, 3])
  })

  test('two that claim the same topic don’t both get it', () => {
    const group = all('m1', 'm2').map((member) => ({ ...member, owned: ['ads'] }))
    expect(owners(assignTopics(group, sizes({ ads: 2 })))).toHaveLength(2)
  })

  test('a claim on a topic that the member no longer subscribes to counts for nothing', () => {
    const group = [
      { id: 'm1', topics: ['bids'], owned: ['ads'] },
      { id: 'm2', topics: ['ads'], owned: [] },
    ]
    expect(owners(assignTopics(group, sizes({ ads: 1, bids: 1 })))).toEqual([
      ['ads/0', 'm2'],
      ['bids/0', 'm1'],
    ])
  })
})

test('by partitions, members that subscribe to all differ by one partition at most', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), partitions, (size, topics) => {
      const group = Array.from({ length: size }, (_, index) => ({
        id: `m${index}`,
        topics: TOPICS,
        owned: [],
      }))
      const assignment = assignPartitions(group, topics)
      const loads = group.map(({ id }) => loadOf(assignment, id))
      expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1)
    }),
  )
})
