import { nodesIn } from '../../expression/index.ts'
import type { SyntaxNode } from '../../expression/index.ts'
import { calledName } from './nodes.ts'

const DATA: ReadonlySet<string> = new Set(['path', 'name', 'variable', 'wildcard', 'descendant', 'parent'])
const CLOCK: ReadonlySet<string | undefined> = new Set(['now', 'millis'])

/** Whether the value of a node depends on the event, the record or the time. */
export function readsData(node: SyntaxNode): boolean {
  if (DATA.has(node.type) || CLOCK.has(calledName(node))) return true
  return partsBelow(node).some(readsData)
}

/** Keys of a node under which further nodes stand. A node has a fixed set of some thirty keys, most of them empty. */
const PARTS: readonly string[] =
  'lhs rhs expression expressions steps procedure arguments condition then else body stages predicate expr terms group pattern update delete'.split(
    ' ',
  )

/** The parts of a node, but for the name of a function that is called. */
export function partsBelow(node: SyntaxNode): SyntaxNode[] {
  const parts: SyntaxNode[] = []
  for (const key of PARTS) {
    const value = node[key]
    if (value !== undefined && !(key === 'procedure' && nodesIn(value)[0]?.type === 'variable')) {
      parts.push(...nodesBelow(value))
    }
  }
  return parts
}

/** Terms of a sort and parts of a group have no type of their own. */
function nodesBelow(value: unknown): SyntaxNode[] {
  const nodes = nodesIn(value)
  if (nodes.length > 0 || typeof value !== 'object' || value === null || value instanceof RegExp) return nodes
  return Object.values(value).flatMap(nodesBelow)
}

/** A node and all below it, parents first. */
export function allNodes(root: SyntaxNode): SyntaxNode[] {
  const nodes = [root]
  for (let index = 0; index < nodes.length; index++) nodes.push(...partsBelow(nodes[index] as SyntaxNode))
  return nodes
}
