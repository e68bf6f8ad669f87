import type { Direction } from '../model/difference.ts'

/** The two ways in which one demand can follow from another, as a direction. */
export function directionOf(newImpliesOld: boolean, oldImpliesNew: boolean): Direction {
  if (newImpliesOld && oldImpliesNew) return 'same'
  if (newImpliesOld) return 'tightened'
  return oldImpliesNew ? 'loosened' : 'changed'
}

/** What several changes of one rule come to: those that pull in both directions can't be told. */
export function combine(directions: Iterable<Direction>): Direction {
  const found = new Set(directions)
  found.delete('same')
  const [only, another] = found
  if (only === undefined) return 'same'
  return another === undefined ? only : 'changed'
}

/** The direction of a change seen from the other side of a negation. */
export function opposite(direction: Direction): Direction {
  if (direction === 'tightened') return 'loosened'
  return direction === 'loosened' ? 'tightened' : direction
}
