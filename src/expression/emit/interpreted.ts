import { ANY } from '../analyse/kind.ts'
import type { Node } from '../analyse/node.ts'
import { allNodes } from '../analyse/tree-facts.ts'
import { type Code, type Context, frameOf, inputOf, placed } from './context.ts'
import { builtInNamed } from './scope.ts'
import type { Unsupported } from './unsupported.ts'

/**
 * Leaves a part of the tree to the interpreter. That is only possible where it neither reads nor binds a variable of generated code;
 * otherwise the part around it is tried.
 */
export function emitInterpreted(node: Node, context: Context, reason: Unsupported): Code {
  for (const { type, value, slot } of allNodes(node)) {
    const isOwn = type === 'variable' && value !== '' && builtInNamed(context, String(value)) === undefined
    if (isOwn || type === 'bind' || type === 'lambda' || slot !== undefined) throw reason
  }
  context.unit.interpreted.push(reason.message)
  const { unit, depth } = context
  const js = `${unit.use('interpret')}(${unit.constant(node)}, ${inputOf(context)}, ${frameOf(context)}, ${depth})`
  return { js: placed(context, js), kind: ANY }
}
