import { type Node, childrenOf, leftOf } from './node.ts'

/** All nodes, parents first. Without recursion, for a tree may be as deep as its source is long. */
export function* allNodes(root: Node): Generator<Node> {
  const waiting = [root]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node
    waiting.push(...childrenOf(node).toReversed())
  }
}

/** Names that the parts of a node bind in the frame that the node itself is evaluated in. */
export function boundInFrame(nodes: readonly Node[]): Map<string, number> {
  const names = new Map<string, number>()
  const waiting = [...nodes]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type === 'bind') {
      const name = String(leftOf(node).value)
      names.set(name, (names.get(name) ?? 0) + 1)
    }
    waiting.push(...partsInFrame(node))
  }
  return names
}

/** The parts of a node that are evaluated in its own frame: a block and a function have frames of their own. */
function partsInFrame(node: Node): readonly Node[] {
  if (node.type !== 'block' && node.type !== 'lambda') return childrenOf(node)
  return childrenOf({ ...node, type: 'value' })
}

/** Names that become variables in the tuples of a path: of `@`, `#`, `%`, and of bindings beside them. */
export function namesInTuples(nodes: readonly Node[]): Set<string> {
  const names = new Set<string>()
  for (const node of nodes.flatMap((root) => [...allNodes(root)])) {
    for (const name of [node.focus, node.index, node.ancestor?.label]) if (name !== undefined) names.add(name)
    for (const stage of node.stages ?? []) if (stage.type === 'index') names.add(String(stage.value))
    if (node.type === 'bind') names.add(String(leftOf(node).value))
  }
  return names
}

/** True if a path, or a step of it, works on tuples. */
export function hasTuples(path: Node): boolean {
  return path.tuple === true || path.steps?.some(({ tuple }) => tuple === true) === true
}

/** How deep the nodes of a tree are nested. */
export function heightOf(root: Node): number {
  let height = 0
  for (let level: readonly Node[] = [root]; level.length > 0; level = level.flatMap(childrenOf)) height++
  return height
}

/** The nesting of those nodes that are evaluated whatever the data is. */
export function certainHeight(root: Node): number {
  let height = 0
  for (let level: readonly Node[] = [root]; level.length > 0; level = level.flatMap(certainChildren)) height++
  return height
}

function certainChildren(node: Node): readonly Node[] {
  switch (node.type) {
    case 'condition':
      return childrenOf(node).slice(0, 1)
    case 'binary':
      return node.value === 'and' || node.value === 'or' ? [leftOf(node)] : childrenOf(node)
    case 'path':
      return (node.steps ?? []).slice(0, 1)
    case 'lambda':
    case 'transform':
    case 'sort':
      return []
    default:
      return childrenOf(node)
  }
}

export function countNodes(root: Node): number {
  let count = 0
  for (const _ of allNodes(root)) count++
  return count
}
