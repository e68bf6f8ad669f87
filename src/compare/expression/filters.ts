import { nodeIn, nodesIn, type SyntaxNode } from '../../expression/index.ts'
import { numberOf } from './linear.ts'
import { argumentOf, bare, canonical, remembering, sidesOf } from './syntax.ts'

/** What an expression says of the items of a list that a filter lets through: that there is none, or some. */
export interface FilteredList {
  readonly says: 'none' | 'some'
  /** The list without its filter, as text by which two lists are the same. */
  readonly list: string
  readonly filter: SyntaxNode
}

/** Reads `$count(list[filter]) = 0`, `$count(list[filter]) > 0`, `$exists(list[filter])` and its negation. */
export const toFilteredList = remembering((node): FilteredList | undefined => {
  const present = argumentOf(node, 'exists')
  if (present) return filtered('some', present)
  const denied = argumentOf(node, 'not')
  const absent = denied && argumentOf(denied, 'exists')
  if (absent) return filtered('none', absent)
  const sides = sidesOf(node)
  const counted = sides && numberOf(sides[1]) === 0 ? argumentOf(sides[0], 'count') : undefined
  if (!counted) return undefined
  if (node.value === '=') return filtered('none', counted)
  return node.value === '>' ? filtered('some', counted) : undefined
})

/** A path whose last step has one filter. */
function filtered(says: FilteredList['says'], path: SyntaxNode): FilteredList | undefined {
  const steps = path.type === 'path' ? nodesIn(path['steps']) : []
  const last = steps.at(-1)
  const [stage, another] = last ? nodesIn(last['stages']) : []
  const filter = stage?.type === 'filter' ? nodeIn(stage['expr']) : undefined
  if (!last || another || !filter) return undefined
  const { stages: _, ...step } = last
  const list = canonical({ ...path, steps: [...steps.slice(0, -1), step as SyntaxNode] })
  return { says, list, filter: bare(filter) }
}
