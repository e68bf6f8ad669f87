import { BOOLEAN, type Kind, NULL, NUMBER, STRING, UNDEFINED, isWithin } from '../analyse/kind.ts'
import { type Node, part } from '../analyse/node.ts'
import type { Context } from './context.ts'
import type { Local } from './function-scope.ts'
import { useLocal } from './function-scope.ts'

/** The place of a value that several parts of a set have in common, if this node's is one. */
export function sharedSlot(node: Node, { unit, isRoot, fn }: Context): Local | undefined {
  if (!isRoot || fn !== unit.main) return undefined
  const key = unit.sharing?.keyOf(node)
  return key === undefined ? undefined : unit.shared(key)
}

/**
 * Values that are made anew each time can be told apart (`in` compares objects by identity, and what holds NaN does not equal another of
 * its kind), so only those are shared that can't: primitive ones, and lists of what is in the event.
 */
export function canBeShared(node: Node, kind: Kind, { unit }: Context): boolean {
  if (isWithin(kind, UNDEFINED | NULL | BOOLEAN | NUMBER | STRING)) return true
  return unit.sharing?.hasIdentityTests === false && isOfNames(node, part(node.steps ?? []).length)
}

/** True if the first steps of a path are names, filtered or not, so that all items are parts of the event. */
function isOfNames({ type, steps, predicate, group, keepSingletonArray }: Node, length: number): boolean {
  if (type !== 'path' || predicate !== undefined || group !== undefined || keepSingletonArray === true)
    return false
  return part(steps)
    .slice(0, length)
    .every((step, index) => step.type === 'name' || (index === 0 && step.type === 'variable'))
}

/** The items that the first `length` steps of a path lead to, looked up once if other paths begin in the same way. */
export function sharedPrefix<T extends PathItems>(
  path: Node,
  length: number,
  items: T,
  isLast: boolean,
  { unit, isRoot, fn }: Context,
): T {
  const isValue = isLast && items.isAlwaysSame !== true
  if (!isRoot || fn !== unit.main || isValue || items.chain !== undefined) return items
  if (unit.sharing?.hasIdentityTests !== false || !isOfNames(path, length)) return items
  const key = unit.sharing.keyOfPrefix(path, length)
  if (key === undefined) return items
  const id = useLocal(unit.shared(key), fn)
  return { ...items, js: `(${id} !== ${unit.use('UNSET')} ? ${id} : (${id} = ${items.js}))` }
}

interface PathItems {
  readonly js: string
  readonly chain: unknown
  readonly isAlwaysSame?: boolean
}
