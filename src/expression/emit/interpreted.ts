import { ANY } from '../analyse/kind.ts'
import type { Node } from '../analyse/node.ts'
import { allNodes, boundInFrame } from '../analyse/tree-facts.ts'
import { type Code, type Context, frameOf, inputOf, placed } from './context.ts'
import { isBoundAround } from './scope.ts'
import type { Unsupported } from './unsupported.ts'

/**
 * Leaves a part of the tree to the interpreter. That is only possible where it neither reads nor binds a variable of generated code;
 * otherwise the part around it is tried.
 */
export function emitInterpreted(node: Node, context: Context, reason: Unsupported): Code {
  // A whole tree needs no generated code around it.
  if (context.unit.roots.has(node)) throw reason
  if (node.thunk === true || boundInFrame([node]).size > 0) throw reason
  for (const { type, value, slot } of allNodes(node)) {
    const name = type === 'variable' ? value : slot?.label
    if (typeof name === 'string' && name !== '' && isBoundAround(context, name)) throw reason
  }
  context.unit.interpreted.push(reason.message)
  const { unit, depth } = context
  const js = `${unit.use('interpret')}(${unit.constant(node)}, ${inputOf(context)}, ${frameOf(context)}, ${depth})`
  return { js: placed(context, js), kind: ANY }
}
