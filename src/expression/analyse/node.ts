import type { SyntaxNode } from '#jsonata-sync'

/** A node of the syntax tree as upstream's parser leaves it. Which fields are there depends on `type`. */
export interface Node extends SyntaxNode {
  readonly steps?: readonly Node[] | undefined
  /** Filters of a node that is no step of a path. */
  readonly predicate?: readonly Stage[] | undefined
  /** Filters and positions of a step of a path. */
  readonly stages?: readonly Stage[] | undefined
  readonly group?: Group | undefined
  readonly keepArray?: boolean | undefined
  readonly keepSingletonArray?: boolean | undefined
  readonly consarray?: boolean | undefined
  readonly focus?: string | undefined
  readonly index?: string | undefined
  readonly ancestor?: { readonly label: string } | undefined
  readonly tuple?: boolean | undefined
  readonly slot?: { readonly label: string } | undefined
  readonly rhs?: Node | undefined
  readonly expression?: Node | undefined
  readonly expressions?: readonly Node[] | undefined
  readonly procedure?: Node | undefined
  readonly arguments?: readonly Node[] | undefined
  readonly condition?: Node | undefined
  readonly else?: Node | undefined
  readonly body?: Node | undefined
  readonly signature?: unknown | undefined
  readonly thunk?: boolean | undefined
  readonly terms?: readonly Term[] | undefined
  readonly pattern?: Node | undefined
  readonly update?: Node | undefined
  readonly delete?: Node | undefined
}

export interface Stage {
  readonly type: string
  /** Of a filter. */
  readonly expr?: Node
  /** Of an `index`: the name of the variable that holds the position. */
  readonly value?: unknown
}

export interface Group {
  readonly lhs: readonly (readonly [Node, Node])[]
  readonly position?: number
}

export interface Term {
  readonly descending: boolean
  readonly expression: Node
}

/** The left side of an operator or of a binding. */
export function leftOf(node: Node): Node {
  return node['lhs'] as Node
}

/** Pairs of key and value of an object constructor. */
export function pairsOf(node: Node): readonly (readonly [Node, Node])[] {
  return node['lhs'] as readonly (readonly [Node, Node])[]
}

/** What a condition gives where it holds. */
export function branchOf(node: Node): Node {
  return node['then'] as Node
}

/** A part that the parser always gives to nodes of this type. */
export function part<T>(value: T | undefined): T {
  if (value === undefined) throw new TypeError('the syntax tree lacks a part of a node')
  return value
}

/** The nodes directly below a node, in the order of evaluation as far as there is one. */
export function childrenOf(node: Node): Node[] {
  const { type } = node
  const stages = [...(node.predicate ?? []), ...(node.stages ?? [])].flatMap(({ expr }) => expr ?? [])
  const grouped = node.group?.lhs.flat() ?? []
  return [...ownChildren(node, type), ...stages, ...grouped]
}

function ownChildren(node: Node, type: string): readonly Node[] {
  switch (type) {
    case 'path':
      return part(node.steps)
    case 'binary':
    case 'apply':
      return [leftOf(node), part(node.rhs)]
    case 'bind':
      return [part(node.rhs)]
    case 'unary':
      return node.value === '{' ? pairsOf(node).flat() : (node.expressions ?? [part(node.expression)])
    case 'condition':
      return [part(node.condition), branchOf(node), ...(node.else === undefined ? [] : [node.else])]
    case 'block':
      return part(node.expressions)
    case 'function':
    case 'partial':
      return [part(node.procedure), ...part(node.arguments)]
    case 'lambda':
      return [part(node.body)]
    case 'sort':
      return part(node.terms).map(({ expression }) => expression)
    case 'transform':
      return [part(node.pattern), part(node.update), ...(node.delete === undefined ? [] : [node.delete])]
    default:
      return []
  }
}
