import type { Direction } from '../../model/difference.ts'
import type { Place } from './documents.ts'
import type { Finding } from './finding.ts'
import type { MetPairs } from './met-pairs.ts'

/** The two versions of a schema, and what is kept while they are compared. */
export interface Walk {
  /** Follow references of either version. */
  readonly followBase: (place: Place) => Place | undefined
  readonly followHead: (place: Place) => Place | undefined
  readonly met: MetPairs
  /** Pairs still to be compared, so that no schema takes for ever. */
  readonly effort: { pairs: number }
  readonly depth: number
  /** What differs between two schemas that judge the same part of an event. Given here, since schemas hold schemas. */
  compare(walk: Walk, path: string, base: Place, head: Place): Finding[]
  /** The same as a direction, without words. Pairs that it meets stay unmet for others. */
  direction(walk: Walk, base: Place, head: Place): Direction
}
