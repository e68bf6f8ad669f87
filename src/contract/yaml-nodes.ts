import { isMap, isSeq, type Node } from 'yaml'

/** A node and all values below it, in the order of the text. Without recursion, so that depth is no danger. */
export function* nodesInOrder(root: Node): Generator<Node> {
  const pending: Node[] = [root]
  for (let node = pending.pop(); node; node = pending.pop()) {
    yield node
    for (const child of childrenOf(node).toReversed()) pending.push(child)
  }
}

function childrenOf(node: Node): Node[] {
  if (isSeq<Node>(node)) return node.items
  if (isMap<Node, Node | null>(node)) return node.items.flatMap(({ value }) => value ?? [])
  return []
}

/** Offsets of a node's first character and past its last one, without the comments after it. */
export function rangeOf(node: Node): [start: number, end: number] {
  const [start, end] = node.range ?? [0, 0]
  return [start, end]
}
