import type { Node } from '../analyse/node.ts'
import type { Context } from './context.ts'
import type { Local } from './function-scope.ts'
import { useLocal } from './function-scope.ts'

/** The place of a value that several parts of a set have in common, if this node's is one. */
export function sharedSlot(node: Node, { unit, isRoot, fn }: Context): Local | undefined {
  if (!isRoot || fn !== unit.main) return undefined
  const key = unit.sharing?.keyOf(node)
  return key === undefined ? undefined : unit.shared(key)
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
  const key = unit.sharing?.keyOfPrefix(path, length)
  if (key === undefined) return items
  const id = useLocal(unit.shared(key), fn)
  return { ...items, js: `(${id} !== ${unit.use('UNSET')} ? ${id} : (${id} = ${items.js}))` }
}

interface PathItems {
  readonly js: string
  readonly chain: unknown
  readonly isAlwaysSame?: boolean
}
