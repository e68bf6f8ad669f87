import type { SyntaxNode } from '#jsonata-sync'
import { nodesOf } from '../names.ts'
import type { Place } from '../place.ts'
import { nodeIn, nodesIn, placeOfSyntax } from '../syntax-tree.ts'

/** Where a node stands in the source; undefined for one that the parser made up. */
export function placeOfNode(node: SyntaxNode): Place | undefined {
  const place = placeOfSyntax(node)
  if (place !== undefined) return place
  const [first, last] = [nodeIn(node['lhs']), nodeIn(node['rhs'])].map((side) => side && placeOfNode(side))
  return first && last && placeBetween(first, last)
}

/** From the beginning of one place to the end of another. */
export function placeBetween({ offset }: Place, last: Place): Place {
  return { offset, length: last.offset + last.length - offset }
}

const LITERALS: ReadonlySet<string> = new Set(['string', 'number', 'value', 'regex', 'lambda'])

/** Whether a node has the same value for every event, as its text shows. */
export function isConstant(node: SyntaxNode): boolean {
  if (LITERALS.has(node.type)) return true
  const isConstructor = node.type === 'unary' || (node.type === 'binary' && node.value === '..')
  if (!isConstructor) return false
  const parts = [node['expression'], node['expressions'], node['lhs'], node['rhs']].flatMap(nodesIn)
  return parts.every(isConstant)
}

const TESTS: ReadonlySet<unknown> = new Set(['=', '!=', '<', '<=', '>', '>=', 'in', 'and', 'or'])
const TEST_FUNCTIONS: ReadonlySet<unknown> = new Set(['exists', 'not', 'boolean', 'contains'])

/** Whether a node asks something, in contrast to one that reads or makes data. */
export function isTest(node: SyntaxNode): boolean {
  if (node.type === 'binary') return TESTS.has(node.value)
  return node.type === 'function' && TEST_FUNCTIONS.has(nodeIn(node['procedure'])?.value)
}

/** Nodes whose evaluations explain nothing: which function is called, and the inner work of sorting, grouping and transforming. */
export function machineryOf(root: SyntaxNode): ReadonlySet<SyntaxNode> {
  return new Set(nodesOf(root).flatMap(machineryIn))
}

function machineryIn(node: SyntaxNode): SyntaxNode[] {
  const terms = Array.isArray(node['terms']) ? node['terms'] : []
  const { group } = node
  return [
    node['procedure'],
    ...terms.map((term: { expression?: unknown }) => term.expression),
    typeof group === 'object' && group !== null && 'lhs' in group ? group.lhs : undefined,
    ...(node.type === 'transform' ? [node['pattern'], node['update'], node['delete']] : []),
  ].flatMap(nodesIn)
}
