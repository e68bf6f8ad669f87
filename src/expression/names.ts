import type { SyntaxNode } from '#jsonata-sync'

/** A use of a variable or a function in an expression. */
export interface NameUse {
  readonly name: string
  readonly node: SyntaxNode
  /** True where it is called: `$name(…)`, or `name(…)` without the dollar sign. */
  readonly isCall: boolean
  readonly hasDollar: boolean
  /** The name is bound by the expression itself: `:=`, a parameter, `@` or `#`. */
  readonly isBound: boolean
}

interface Scope {
  readonly names: ReadonlySet<string>
  readonly parent: Scope | undefined
}

/** All uses of names. A name counts as bound in the whole block or function that binds it, as functions call one another there. */
export function nameUses(root: SyntaxNode): NameUse[] {
  const uses: NameUse[] = []
  const names = new Set<string>()
  addBound(root, names)
  visit(root, { names, parent: undefined }, uses)
  return uses
}

/** All nodes of a syntax tree, parents first. */
export function nodesOf(node: SyntaxNode, into: SyntaxNode[] = []): readonly SyntaxNode[] {
  into.push(node)
  for (const child of childrenOf(node)) nodesOf(child, into)
  return into
}

function visit(node: SyntaxNode, scope: Scope, uses: NameUse[]): void {
  if (node.type === 'variable') uses.push(useOf(node, scope, false))
  if (node.type === 'function' || node.type === 'partial') {
    const { procedure } = node
    if (isNode(procedure)) visitProcedure(procedure, scope, uses)
    for (const argument of nodesIn(node['arguments'])) visit(argument, scope, uses)
    for (const child of decorationsOf(node)) visit(child, scope, uses)
    return
  }
  const inner = opensScope(node) ? innerScope(node, scope) : scope
  for (const child of childrenOf(node)) visit(child, inner, uses)
}

function visitProcedure(procedure: SyntaxNode, scope: Scope, uses: NameUse[]): void {
  const called = procedure.type === 'variable' ? procedure : onlyName(procedure)
  if (called === undefined) visit(procedure, scope, uses)
  else uses.push(useOf(called, scope, true))
}

/** The name in `name(…)`, which the parser takes for a path of one step. */
function onlyName(procedure: SyntaxNode): SyntaxNode | undefined {
  const steps = nodesIn(procedure['steps'])
  return procedure.type === 'path' && steps.length === 1 && steps[0]?.type === 'name' ? steps[0] : undefined
}

function useOf(node: SyntaxNode, scope: Scope, isCall: boolean): NameUse {
  const name = String(node.value)
  return { name, node, isCall, hasDollar: node.type === 'variable', isBound: isBoundIn(scope, name) }
}

function isBoundIn(scope: Scope | undefined, name: string): boolean {
  return scope !== undefined && (scope.names.has(name) || isBoundIn(scope.parent, name))
}

function opensScope(node: SyntaxNode): boolean {
  return node.type === 'block' || node.type === 'lambda'
}

function innerScope(node: SyntaxNode, parent: Scope): Scope {
  const names = new Set(parametersOf(node))
  for (const child of childrenOf(node)) addBound(child, names)
  return { names, parent }
}

/** Adds the names that a node binds in the scope that it stands in. */
function addBound(node: SyntaxNode, names: Set<string>): void {
  addName(node['focus'], names)
  addName(node['index'], names)
  if (node.type === 'index') addName(node.value, names)
  if (node.type === 'bind' && isNode(node['lhs'])) addName(node['lhs'].value, names)
  if (opensScope(node)) return
  for (const child of childrenOf(node)) addBound(child, names)
}

function addName(name: unknown, names: Set<string>): void {
  if (typeof name === 'string') names.add(name)
}

function parametersOf(node: SyntaxNode): string[] {
  return node.type === 'lambda' ? nodesIn(node['arguments']).map((parameter) => String(parameter.value)) : []
}

/** Keys of a node that lead to no expression below it. */
const NOT_CHILDREN: ReadonlySet<string> = new Set([
  'slot',
  'ancestor',
  'seekingParent',
  'signature',
  'value',
  'procedure',
])

export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = []
  // A node has a fixed set of some thirty keys, most of them empty: no list of them is made.
  for (const key in node) {
    const value = node[key]
    if (typeof value === 'object' && value !== null && !isNoChild(node, key)) addNodesIn(value, children)
  }
  return children
}

function isNoChild({ type }: SyntaxNode, key: string): boolean {
  if (NOT_CHILDREN.has(key)) return key !== 'procedure'
  return (key === 'arguments' && type === 'lambda') || (key === 'lhs' && type === 'bind')
}

/** What hangs on a call besides its procedure and arguments: predicates, stages, a group. */
function decorationsOf(node: SyntaxNode): SyntaxNode[] {
  return ['predicate', 'stages', 'group'].flatMap((key) => nodesIn(node[key]))
}

/** The nodes in a value of a node: itself, those in it if it is a list (of lists), or those of a part that has no type. */
export function nodesIn(value: unknown): SyntaxNode[] {
  const nodes: SyntaxNode[] = []
  addNodesIn(value, nodes)
  return nodes
}

function addNodesIn(value: unknown, nodes: SyntaxNode[]): void {
  if (Array.isArray(value)) for (const item of value) addNodesIn(item, nodes)
  else if (isNode(value)) nodes.push(value)
  else if (typeof value === 'object' && value !== null && !(value instanceof RegExp)) {
    for (const part of Object.values(value)) addNodesIn(part, nodes)
  }
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}
