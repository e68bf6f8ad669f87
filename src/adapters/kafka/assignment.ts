/** A member of the group, as it described itself when it joined. */
export interface Member {
  readonly id: string
  /** What it subscribes to. Members differ while a new rule set is rolled out. */
  readonly topics: readonly string[]
  /** Topics that it owned until now. */
  readonly owned: readonly string[]
}

/** Partitions by topic, by member. */
export type Assignment = ReadonlyMap<string, Readonly<Record<string, number[]>>>

/**
 * Gives each topic whole to one member that subscribes to it: windows and statuses are only true if one process sees all of a topic,
 * and gauges need one writer. A topic stays where it was, as far as the load allows; topics with many partitions are placed first.
 */
export function assignTopics(
  members: readonly Member[],
  partitions: ReadonlyMap<string, readonly number[]>,
): Assignment {
  const assigned = emptyAssignment(members)
  const quota = Math.ceil(partitions.size / Math.max(1, members.length))
  for (const [topic, ids] of bySizeThenName(partitions)) {
    const candidates = byLoad(subscribers(members, topic), assigned)
    const owner = candidates.find(({ id, owned }) => owned.includes(topic) && topicsOf(assigned, id) < quota)
    const member = owner ?? candidates[0]
    if (member !== undefined) give(assigned, member.id, topic, ids)
  }
  return assigned
}

/** Spreads the partitions of each topic over the members that subscribe to it, evenly over all topics. */
export function assignPartitions(
  members: readonly Member[],
  partitions: ReadonlyMap<string, readonly number[]>,
): Assignment {
  const assigned = emptyAssignment(members)
  for (const [topic, ids] of bySizeThenName(partitions)) {
    for (const id of ids) {
      const [member] = byLoad(subscribers(members, topic), assigned)
      if (member !== undefined) give(assigned, member.id, topic, [id])
    }
  }
  return assigned
}

type MutableAssignment = Map<string, Record<string, number[]>>

/** Without a prototype: a topic may well be named `constructor`. */
function emptyAssignment(members: readonly Member[]): MutableAssignment {
  return new Map(members.map(({ id }) => [id, Object.create(null) as Record<string, number[]>]))
}

function subscribers(members: readonly Member[], topic: string): Member[] {
  return members.filter(({ topics }) => topics.includes(topic))
}

/** Least loaded first; by id among equals, so that every leader comes to the same result. */
function byLoad(members: readonly Member[], assigned: MutableAssignment): Member[] {
  return members.toSorted(
    (a, b) => partitionsOf(assigned, a.id) - partitionsOf(assigned, b.id) || (a.id < b.id ? -1 : 1),
  )
}

function bySizeThenName(partitions: ReadonlyMap<string, readonly number[]>): [string, readonly number[]][] {
  return [...partitions].toSorted(([a, idsA], [b, idsB]) => idsB.length - idsA.length || (a < b ? -1 : 1))
}

function topicsOf(assigned: MutableAssignment, id: string): number {
  return Object.keys(assigned.get(id) ?? {}).length
}

function partitionsOf(assigned: MutableAssignment, id: string): number {
  return Object.values(assigned.get(id) ?? {}).reduce((sum, ids) => sum + ids.length, 0)
}

function give(assigned: MutableAssignment, id: string, topic: string, ids: readonly number[]): void {
  const topics = assigned.get(id)
  if (topics !== undefined) topics[topic] = [...(topics[topic] ?? []), ...ids]
}
