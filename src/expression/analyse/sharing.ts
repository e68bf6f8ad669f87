import { type Node, childrenOf, leftOf, part } from './node.ts'
import { allNodes } from './tree-facts.ts'

/**
 * Finds what several expressions of a set have in common: parts of equal structure get equal keys, and those that occur more than once are
 * worth a place of their own.
 */
export class Sharing {
  readonly #numbers = new Map<string, number>()
  readonly #keys = new Map<Node, number>()
  readonly #uses = new Map<number, number>()
  readonly #prefixUses = new Map<string, number>()

  /** Some expression asks whether a value is the very same as another: `in` with anything but literals. */
  readonly hasIdentityTests: boolean

  constructor(roots: readonly Node[]) {
    this.hasIdentityTests = roots.some((root) => [...allNodes(root)].some(testsIdentity))
    for (const root of roots) {
      this.#number(root, boundNames(root))
      this.#countUses(root)
    }
  }

  /** A key for the value of a node, if other nodes of the same structure are evaluated on the same input. */
  keyOf(node: Node): string | undefined {
    if (isCheap(node)) return undefined
    const key = this.#keys.get(node)
    return key !== undefined && (this.#uses.get(key) ?? 0) > 1 ? String(key) : undefined
  }

  /** The same for the first steps of a path. */
  keyOfPrefix(path: Node, length: number): string | undefined {
    const key = this.#prefixKey(path, length)
    return key !== undefined && (this.#prefixUses.get(key) ?? 0) > 1 ? key : undefined
  }

  /** Counts the parts that see the input of the whole expression and nothing that the expression binds. */
  #countUses(node: Node): void {
    const key = this.#keys.get(node)
    if (key === undefined) {
      for (const child of partsAtInput(node)) this.#countUses(child)
      return
    }
    const uses = (this.#uses.get(key) ?? 0) + 1
    this.#uses.set(key, uses)
    // The parts of what is shared are evaluated once for all of its uses.
    if (uses > 1) return
    if (node.type === 'path') this.#countPrefixes(node)
    for (const child of partsAtInput(node)) this.#countUses(child)
  }

  #countPrefixes(path: Node): void {
    for (let length = 1; length < part(path.steps).length; length++) {
      const key = this.#prefixKey(path, length)
      if (key !== undefined) this.#prefixUses.set(key, (this.#prefixUses.get(key) ?? 0) + 1)
    }
    const whole = this.#prefixKey(path, part(path.steps).length)
    if (whole !== undefined) this.#prefixUses.set(whole, (this.#prefixUses.get(whole) ?? 0) + 1)
  }

  #prefixKey(path: Node, length: number): string | undefined {
    const numbers = part(path.steps)
      .slice(0, length)
      .map((step) => this.#keys.get(step))
    return numbers.includes(undefined) ? undefined : `steps ${numbers.join(' ')}`
  }

  /** Equal numbers for equal structures; none for what depends on variables, or makes or binds something. */
  #number(node: Node, bound: ReadonlySet<unknown>): number | undefined {
    const children = childrenOf(node).map((child) => this.#number(child, bound))
    if (children.includes(undefined) || !isShareable(node, bound)) return undefined
    const text = JSON.stringify([ownFields(node), children])
    const number = this.#numbers.get(text) ?? this.#numbers.size
    this.#numbers.set(text, number)
    this.#keys.set(node, number)
    return number
  }
}

function testsIdentity({ type, value, rhs }: Node): boolean {
  if (type !== 'binary' || value !== 'in') return false
  const isPlainList = rhs?.type === 'unary' && rhs.value === '[' && rhs.expressions?.every(isLiteral) === true
  return !isPlainList && rhs?.type !== 'string'
}

function isLiteral({ type, predicate }: Node): boolean {
  return ['string', 'number', 'value'].includes(type) && predicate === undefined
}

/** Functions whose value is another one each time. */
const NOT_REPEATABLE: ReadonlySet<unknown> = new Set(['random', 'shuffle', 'uuid', 'eval'])

const NEVER_SHARED: ReadonlySet<string> = new Set([
  'bind',
  'block',
  'lambda',
  'partial',
  'transform',
  'apply',
  'parent',
  'operator',
])

function isShareable(node: Node, bound: ReadonlySet<unknown>): boolean {
  if (node.type === 'variable') return !NOT_REPEATABLE.has(node.value) && !bound.has(node.value)
  const isOfTuples = node.focus !== undefined || node.index !== undefined || node.tuple === true
  return !NEVER_SHARED.has(node.type) && !isOfTuples && !node.stages?.some(({ type }) => type === 'index')
}

/** All names that an expression binds anywhere. */
function boundNames(root: Node): Set<unknown> {
  const names = new Set<unknown>()
  for (const node of allNodes(root)) {
    if (node.type === 'bind') names.add(leftOf(node).value)
    if (node.type === 'lambda') for (const { value } of node.arguments ?? []) names.add(value)
    for (const stage of node.stages ?? []) if (stage.type === 'index') names.add(stage.value)
    names.add(node.focus).add(node.index)
  }
  return names
}

/** Literals, variables, and paths of names only, whose properties are read once anyway. */
function isCheap({ type, steps, predicate, group, keepSingletonArray }: Node): boolean {
  if (type === 'string' || type === 'number' || type === 'value' || type === 'variable') return true
  if (type !== 'path' || predicate !== undefined || group !== undefined || keepSingletonArray === true)
    return false
  return steps?.every((step) => step.type === 'name' && step.stages === undefined) === true
}

/** All that tells a node from others of its type, but for its parts and its place. */
function ownFields(node: Node): unknown[] {
  const { type, value, keepArray, keepSingletonArray, consarray } = node
  const text =
    value instanceof RegExp || (typeof value === 'object' && value !== null) ? describe(value) : value
  const shape = [
    node.predicate?.map((stage) => stage.type),
    node.stages?.map((stage) => stage.type),
    node.group?.lhs.length,
    node.terms?.map(({ descending }) => descending),
  ]
  return [type, typeof text, text, keepArray, keepSingletonArray, consarray, shape]
}

/** A pattern by its text and flags. */
function describe(value: object): string {
  const { source, flags } = value as { source?: unknown; flags?: unknown }
  return `/${String(source)}/${String(flags)}`
}

/** The parts of a node that are evaluated on its own input. */
function partsAtInput(node: Node): readonly Node[] {
  switch (node.type) {
    case 'binary':
      return [leftOf(node), part(node.rhs)]
    case 'condition':
      return childrenOf({ ...node, predicate: undefined, group: undefined })
    case 'unary':
      return node.value === '{' ? [] : (node.expressions ?? [part(node.expression)])
    case 'function':
      return part(node.arguments)
    default:
      return []
  }
}
