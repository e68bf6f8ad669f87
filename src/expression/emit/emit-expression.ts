import { EVENT } from '../analyse/kind.ts'
import type { Node } from '../analyse/node.ts'
import { leftOf } from '../analyse/node.ts'
import { allNodes, boundInFrame, heightOf } from '../analyse/tree-facts.ts'
import type { Code, Context } from './context.ts'
import { emitNode } from './emit-node.ts'
import { openFrame } from './scope.ts'
import { Unit } from './unit.ts'
import { Unsupported } from './unsupported.ts'

/** A generated source, what it needs, and why parts of it are left to the interpreter. */
export interface Emission {
  readonly source: string
  readonly constants: readonly unknown[]
  readonly interpreted: readonly string[]
}

/**
 * Emits one expression as a function of the event, its surroundings and a frame. `externals` are the variables that the surroundings
 * give. Throws Unsupported if the expression has to be left to the interpreter.
 */
export function emitExpression(root: Node, externals: ReadonlySet<string>, maxDepth: number): Emission {
  assertEmittable(root, maxDepth)
  const unit = new Unit(externals)
  const { js } = emitRoot(root, unit)
  return { ...unit.finish('root, c, e', `return ${js};`), interpreted: unit.interpreted }
}

/** The text of a whole expression within the main function of a unit. */
export function emitRoot(root: Node, unit: Unit): Code {
  unit.roots.add(root)
  const context: Context = {
    unit,
    fn: unit.main,
    input: unit.rootInput,
    inputKind: EVENT,
    isRoot: true,
    mayBeWrapped: true,
    frame: unit.frame,
    scope: undefined,
    depth: 1,
    override: undefined,
    isTail: false,
    emit: emitNode,
  }
  const { scope, reset } = openFrame(context, unit.main, boundInFrame([root]))
  const { js, kind } = emitNode(root, { ...context, scope })
  return { js: reset === '' ? js : `(${reset}${js})`, kind }
}

/** Throws Unsupported for what can't be emitted wherever it stands in the tree. */
export function assertEmittable(root: Node, maxDepth: number): void {
  if (heightOf(root) > maxDepth) throw new Unsupported('it nests deeper than the budget allows')
  let bindsClone = false
  let transforms = false
  for (const node of allNodes(root)) {
    if (node.type === 'variable' && node.value === 'eval')
      throw new Unsupported('$eval sees variables that are not known before')
    bindsClone ||= node.type === 'bind' && leftOf(node).value === 'clone'
    bindsClone ||= node.type === 'lambda' && node.arguments?.some(({ value }) => value === 'clone') === true
    transforms ||= node.type === 'transform'
  }
  if (bindsClone && transforms) throw new Unsupported('it binds $clone, which its transform looks up')
}
