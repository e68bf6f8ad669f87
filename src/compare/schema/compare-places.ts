import { combine } from '../direction.ts'
import type { Documents, Place, Schema } from './documents.ts'
import { canonicalJson, type Finding, finding } from './finding.ts'
import { createFollower } from './follow.ts'
import { compareKeywords } from './keywords.ts'
import { MetPairs } from './met-pairs.ts'
import { telling } from './telling.ts'
import type { Walk } from './walk.ts'

/** Schemas within schemas; no event that is decoded is nested more deeply. */
const MAX_DEPTH = 100

/** Begins to compare two versions of a schema, with bounded effort. */
export function createWalk(base: Documents, head: Documents, maxPairs: number): Walk {
  return {
    followBase: createFollower(base),
    followHead: createFollower(head),
    met: new MetPairs(),
    effort: { pairs: maxPairs },
    depth: 0,
    compare: comparePlaces,
    direction: (walk, before, after) => {
      const found = comparePlaces({ ...walk, met: new MetPairs(walk.met) }, '', before, after)
      return combine(found.map(({ direction }) => direction))
    },
  }
}

/** What differs between two schemas that judge the same part of an event. */
function comparePlaces(walk: Walk, path: string, base: Place, head: Place): Finding[] {
  const before = walk.followBase(base)
  const after = walk.followHead(head)
  if (before === undefined || after === undefined) return unresolved(path, base.schema, head.schema)
  if (walk.effort.pairs-- <= 0 || walk.depth > MAX_DEPTH) {
    return finding('changed', path, 'the schemas are too intricate to compare')
  }
  return compareFollowed({ ...walk, depth: walk.depth + 1 }, path, before, after)
}

function compareFollowed(walk: Walk, path: string, base: Place, head: Place): Finding[] {
  const [before, after] = [telling(base.schema), telling(head.schema)]
  if (before === after) return []
  if (before === false || after === false) return compareWithNothing(path, after)
  // A pair that was met before: what differs in it has been said, or is about to be.
  if (!walk.met.add(before, after)) return []
  return compareKeywords(walk, path, { ...base, schema: before }, { ...head, schema: after })
}

function unresolved(path: string, base: Schema, head: Schema): Finding[] {
  const direction = canonicalJson(base) === canonicalJson(head) ? 'same' : 'changed'
  return finding(direction, path, 'a reference leads elsewhere')
}

function compareWithNothing(path: string, head: Schema): Finding[] {
  return head === false
    ? finding('tightened', path, 'nothing is allowed here now')
    : finding('loosened', path, 'something is allowed here now')
}
