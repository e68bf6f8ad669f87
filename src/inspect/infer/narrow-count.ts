import type { SyntaxNode } from '../../expression/index.ts'
import { present } from '../types/type.ts'
import type { Type } from '../types/type.ts'
import { keyOfSteps, partsOf, spotOf, unwrap } from './nodes.ts'
import { changeSpot } from './scope.ts'
import type { Count, Scope } from './scope.ts'

/** The counts that compare so with a number. */
export function countOf(operator: string, { min, max }: Count): Count {
  switch (operator) {
    case '=':
      return { min, max }
    case '>':
      return { min: Math.floor(min) + 1, max: Infinity }
    case '>=':
      return { min: Math.ceil(min), max: Infinity }
    case '<':
      return { min: 0, max: Math.ceil(max) - 1 }
    default:
      return { min: 0, max: Math.floor(max) }
  }
}

/** The scope in which a path is known to have so many values. */
export function withCount(node: SyntaxNode, count: Count, scope: Scope): Scope {
  const path = unwrap(node)
  if (path.type !== 'path') return scope
  const key = keyOfSteps(partsOf(path, 'steps'))
  const counted = { ...scope, counts: new Map([...scope.counts, [key, count]]) }
  const spot = spotOf(path)
  const narrow = (type: Type) => withItems(count.min > 0 ? present(type) : type, count)
  return spot ? changeSpot(counted, spot, narrow) : counted
}

function withItems(type: Type, { min, max }: Count): Type {
  const { lists } = type
  if (type.isUnknown || !lists) return type
  const [minItems, maxItems] = [Math.max(lists.minItems, min), Math.min(lists.maxItems, max)]
  return { ...type, lists: minItems > maxItems ? undefined : { ...lists, minItems, maxItems } }
}
