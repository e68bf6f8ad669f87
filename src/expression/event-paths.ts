import type { SyntaxNode } from '#jsonata-sync'
import { parseExpression } from './compile.ts'
import { childrenOf, nodesIn } from './names.ts'

/** Names of fields from the root of the event down. */
export type EventPath = readonly string[]

/**
 * The paths into the event that an expression follows, as far as its text shows: those through variables of its own and wildcards are not
 * told. Throws ExpressionSyntaxError.
 */
export function eventPathsOf(source: string): readonly EventPath[] {
  const found = new Map<string, EventPath>()
  visit(parseExpression(source, {}).ast(), [], (path) => found.set(JSON.stringify(path), path))
  return [...found.values()]
}

/** What the names in a node start from: a path, or undefined where the text does not show it. */
type Context = EventPath | undefined
type Tell = (path: EventPath) => void

function visit(node: SyntaxNode, context: Context, tell: Tell): void {
  if (node.type === 'path') visitPath(node, context, tell)
  else for (const child of childrenOf(node)) visit(child, context, tell)
}

function visitPath(node: SyntaxNode, outside: Context, tell: Tell): void {
  let context = outside
  let known = outside
  for (const step of nodesIn(node['steps'])) {
    const next = afterStep(step, context)
    // What stands in brackets after a name starts from there; what stands for a step itself, from the step before.
    for (const child of childrenOf(step)) visit(child, step.type === 'name' ? next : context, tell)
    if (next !== undefined || step.type === 'variable') known = next
    context = next
  }
  for (const child of nodesIn(node['group'])) visit(child, context, tell)
  if (known !== undefined && known.length > 0) tell(known)
}

function afterStep(step: SyntaxNode, context: Context): Context {
  if (step.type === 'name') return context && [...context, String(step.value)]
  if (step.type === 'sort') return context
  if (step.type !== 'variable') return undefined
  if (step.value === '$') return []
  return step.value === '' ? context : undefined
}
