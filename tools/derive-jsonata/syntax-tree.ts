import { type AnyNode, type Program, parse } from 'acorn'

export type { AnyNode, Program }

export function parseScript(source: string): Program {
  return parse(source, { ecmaVersion: 2024, sourceType: 'script' })
}

/** Visits `node` and everything below it, parents first. A visitor that returns false keeps the walk out of that node. */
export function walk(node: AnyNode, visit: (node: AnyNode) => boolean | void): void {
  if (visit(node) === false) return
  for (const child of childrenOf(node)) walk(child, visit)
}

function childrenOf(node: AnyNode): AnyNode[] {
  return Object.values(node).flat().filter(isNode)
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}

/** All functions that are declared with a name, or directly assigned to a variable, by that name. */
export function functionsByName(root: AnyNode): Map<string, AnyNode[]> {
  const found = new Map<string, AnyNode[]>()
  walk(root, (node) => {
    const name = functionName(node)
    if (name !== undefined) found.set(name, [...(found.get(name) ?? []), node])
  })
  return found
}

function functionName(node: AnyNode): string | undefined {
  if (node.type === 'FunctionDeclaration') return node.id?.name
  if (node.type !== 'VariableDeclarator' || node.id.type !== 'Identifier') return undefined
  const isFunction = node.init?.type === 'FunctionExpression' || node.init?.type === 'ArrowFunctionExpression'
  return isFunction ? node.id.name : undefined
}
