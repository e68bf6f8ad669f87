import { nodeIn, nodesIn, type SyntaxNode } from '../../expression/index.ts'

/** Keys of a node that say where it stood, not what it means. */
const PLACE_KEYS: ReadonlySet<string> = new Set(['position', 'start', 'end'])

/** A node without the brackets around it. */
export function bare(node: SyntaxNode): SyntaxNode {
  const inner = node.type === 'block' ? nodesIn(node['expressions']) : []
  const [only, another] = inner
  return only !== undefined && another === undefined ? bare(only) : node
}

/** A function of a syntax tree's node that is asked again and again for the same one. */
export function remembering<T>(of: (node: SyntaxNode) => T): (node: SyntaxNode) => T {
  const known = new WeakMap<SyntaxNode, { readonly value: T }>()
  return (node) => {
    const found = known.get(node) ?? { value: of(node) }
    known.set(node, found)
    return found.value
  }
}

/** The same text for expressions that differ in white space, comments, brackets and the spelling of numbers and texts only. */
export const canonical = remembering((node) =>
  JSON.stringify(bare(node), (key, value: unknown) => {
    if (PLACE_KEYS.has(key)) return undefined
    if (value instanceof RegExp) return `/${value.source}/${value.flags}`
    const inner = nodeIn(value)
    return inner ? bare(inner) : value
  }),
)

/** The argument of a call of a built-in function of one argument. */
export function argumentOf(node: SyntaxNode, name: string): SyntaxNode | undefined {
  const procedure = node.type === 'function' ? nodeIn(node['procedure']) : undefined
  if (procedure?.type !== 'variable' || procedure.value !== name) return undefined
  const [only, another] = nodesIn(node['arguments'])
  return another === undefined && only !== undefined ? bare(only) : undefined
}

/** Both sides of a binary operator. */
export function sidesOf(node: SyntaxNode): readonly [left: SyntaxNode, right: SyntaxNode] | undefined {
  const left = nodeIn(node['lhs'])
  const right = nodeIn(node['rhs'])
  return node.type === 'binary' && left && right ? [bare(left), bare(right)] : undefined
}
