import { nodeIn, nodesIn } from '../../expression/index.ts'
import type { SyntaxNode } from '../../expression/index.ts'
import type { Spot } from './scope.ts'

export function partOf(node: SyntaxNode, key: string): SyntaxNode | undefined {
  return nodeIn(node[key])
}

export function partsOf(node: SyntaxNode, key: string): SyntaxNode[] {
  return nodesIn(node[key])
}

/** Predicates and indexes behind a node or a step. */
export function stagesOf(node: SyntaxNode): SyntaxNode[] {
  return [...partsOf(node, 'stages'), ...partsOf(node, 'predicate')]
}

/** What a node stands for without its brackets. */
export function unwrap(node: SyntaxNode): SyntaxNode {
  const [only, ...others] = node.type === 'block' ? partsOf(node, 'expressions') : []
  if (!only || others.length > 0 || stagesOf(node).length > 0 || node['group'] !== undefined) return node
  return only.type === 'bind' ? node : unwrap(only)
}

/** The spot that a path or a variable names, if it is a single value. */
export function spotOf(node: SyntaxNode): Spot | undefined {
  const bare = unwrap(node)
  if (bare.type === 'variable' && isPlain(bare)) return { variable: String(bare.value), names: [] }
  if (bare.type !== 'path' || !isPlain(bare)) return undefined
  const steps = partsOf(bare, 'steps')
  const [first] = steps
  if (!first || !steps.every(isPlain)) return undefined
  const names = (first.type === 'variable' ? steps.slice(1) : steps).map((step) => step)
  if (!names.every(({ type }) => type === 'name')) return undefined
  return {
    variable: first.type === 'variable' ? String(first.value) : '',
    names: names.map(({ value }) => String(value)),
  }
}

/** Nothing hangs on the node: no predicate, no binding, no group. */
function isPlain(node: SyntaxNode): boolean {
  const decorations = [
    'stages',
    'predicate',
    'group',
    'focus',
    'index',
    'keepArray',
    'keepSingletonArray',
    'tuple',
  ]
  return decorations.every((key) => node[key] === undefined || node[key] === false)
}

/** The name of the function that a node calls by `$name(…)`. */
export function calledName(node: SyntaxNode): string | undefined {
  const procedure = node.type === 'function' ? partOf(node, 'procedure') : undefined
  return procedure?.type === 'variable' ? String(procedure.value) : undefined
}

const UNSEEN: ReadonlySet<string> = new Set(['position', 'slot', 'ancestor', 'seekingParent'])

/** The same text for nodes that mean the same, however they are written. */
export function keyOf(node: SyntaxNode): string {
  return JSON.stringify(node, (key, value: unknown) => {
    if (UNSEEN.has(key)) return undefined
    return value instanceof RegExp ? String(value) : value
  })
}

/** The key of a path's beginning. */
export function keyOfSteps(steps: readonly SyntaxNode[]): string {
  return JSON.stringify(steps.map(keyOf))
}
