import jsonata, { type SyntaxNode } from '#jsonata-sync'
import type { Place } from '../place.ts'
import { nodeIn, nodesIn } from '../syntax-tree.ts'
import type { StepOutcome, Turn } from './explanation.ts'
import { type Frame, hadNoValue, turnOf } from './recorder.ts'
import { isConstant, isTest, placeBetween, placeOfNode } from './syntax.ts'

/** A sub-expression with what decided it. */
export interface Branch {
  readonly place: Place
  readonly outcome: StepOutcome
  readonly turn: Turn | undefined
  readonly isTest: boolean
  readonly inside: readonly Branch[]
}

/** Makes out of all that was evaluated the tree of what decided. */
export class Branches {
  readonly #machinery: ReadonlySet<SyntaxNode>
  readonly #outcomeOf: (frame: Frame) => StepOutcome

  constructor(machinery: ReadonlySet<SyntaxNode>, outcomeOf: (frame: Frame) => StepOutcome) {
    this.#machinery = machinery
    this.#outcomeOf = outcomeOf
  }

  /** What decided the outcome of `frame`, the outermost first. */
  inside(frame: Frame): Branch[] {
    return withoutRepetition(this.#deciding(frame))
  }

  #deciding(frame: Frame): Branch[] {
    const { node } = frame
    if (node.type === 'path') return this.#insidePath(frame)
    if (node.type === 'condition') return this.#insideCondition(frame)
    if (isLogical(node)) return this.#insideLogical(frame)
    // The value of a binding is that of its right side, and the binding's own line shows it.
    if (node.type === 'bind') return frame.children.flatMap((child) => this.inside(child))
    return frame.children.flatMap((child) => this.#of(child))
  }

  /** The frame as a branch; no branch for one that explains nothing, and for mere brackets those inside them. */
  #of(frame: Frame, isDeciding = true, turn = turnOf(frame)): Branch[] {
    if (this.#isHidden(frame)) return []
    const place = placeOfNode(frame.node)
    if (place === undefined || isBrackets(frame.node)) {
      return frame.children.flatMap((child) => this.#of(child, isDeciding, turn ?? turnOf(child)))
    }
    const outcome = this.#outcomeOf(frame)
    const inside = isDeciding ? this.inside(frame) : []
    return [{ place, outcome, turn, isTest: isTest(frame.node), inside }]
  }

  #isHidden({ node, hasEnded, value }: Frame): boolean {
    return this.#machinery.has(node) || isConstant(node) || (hasEnded && jsonata.isFunction(value))
  }

  /** A path shows its value and not its steps, but for steps that compute, and for the step at which the data ended. */
  #insidePath(frame: Frame): Branch[] {
    const shown = frame.children.filter(({ node }) => !NAVIGATION.has(node.type))
    return [...brokenAt(frame), ...shown.flatMap((child) => this.#of(child))]
  }

  #insideCondition(frame: Frame): Branch[] {
    const parts = ['condition', 'then', 'else'].flatMap((key) => nodesIn(frame.node[key]))
    return parts.flatMap((part) => {
      const evaluated = frame.children.find(({ node }) => node === part)
      return evaluated === undefined ? notEvaluated(part) : this.#of(evaluated)
    })
  }

  /** `and` and `or` end at the operand that decides; where none does, all have decided together. */
  #insideLogical(frame: Frame): Branch[] {
    const operands = operandsOf(frame.node, frame)
    const last = operands.findLastIndex((operand) => operand.frame !== undefined)
    const isCut = !frame.hasEnded || frame.value === (frame.node.value === 'or')
    return operands.flatMap(({ node, frame: evaluated }, index) =>
      evaluated === undefined ? notEvaluated(node) : this.#of(evaluated, !isCut || index === last),
    )
  }
}

const NAVIGATION: ReadonlySet<string> = new Set(['name', 'variable', 'wildcard', 'descendant', 'parent'])

function isLogical({ type, value }: SyntaxNode): boolean {
  return type === 'binary' && (value === 'and' || value === 'or')
}

function isBrackets(node: SyntaxNode): boolean {
  const isBare = node['predicate'] === undefined && node['group'] === undefined
  return node.type === 'block' && isBare && nodesIn(node['expressions']).length === 1
}

interface Operand {
  readonly node: SyntaxNode
  readonly frame: Frame | undefined
}

/** The operands of a chain of one operator: `a and b and c` is read as `(a and b) and c`. */
function operandsOf(chain: SyntaxNode, whole: Frame): Operand[] {
  const operands: Operand[] = []
  let left: Operand = { node: chain, frame: whole }
  while (isLogical(left.node) && left.node.value === chain.value) {
    operands.push(sideOf(left, 'rhs'))
    left = sideOf(left, 'lhs')
  }
  return [left, ...operands.toReversed()]
}

function sideOf({ node, frame }: Operand, key: 'lhs' | 'rhs'): Operand {
  const side = nodeIn(node[key]) ?? node
  return { node: side, frame: frame?.children.find((child) => child.node === side) }
}

function notEvaluated(node: SyntaxNode): Branch[] {
  const place = placeOfNode(node)
  if (place === undefined || isConstant(node)) return []
  return [{ place, outcome: { kind: 'not_evaluated' }, turn: undefined, isTest: false, inside: [] }]
}

/** The beginning of a path that has no value already, if that is not all of it. */
function brokenAt(frame: Frame): Branch[] {
  const steps = nodesIn(frame.node['steps'])
  const broken = steps.slice(0, -1).find((step) => hadNoValue(frame, step))
  const [whole, step] = [frame.node, broken].map((node) => node && placeOfNode(node))
  if (frame.value !== undefined || whole === undefined || step === undefined) return []
  const place = placeBetween(whole, step)
  return [{ place, outcome: { kind: 'no_value' }, turn: undefined, isTest: false, inside: [] }]
}

/** `a ?: b` asks for `a` and then takes it: once is enough. */
function withoutRepetition(branches: readonly Branch[]): Branch[] {
  return branches.filter(
    ({ place, turn }, index) =>
      turn !== undefined ||
      branches.findIndex(
        (other) => other.place.offset === place.offset && other.place.length === place.length,
      ) === index,
  )
}
