import { ANY, FUNCTION } from '../analyse/kind.ts'
import { type Node, part } from '../analyse/node.ts'
import { type Code, type Context, below, emitFunction, frameOf } from './context.ts'
import { pseudoNode } from './pseudo-nodes.ts'

/** `|pattern|update, delete|`: a function that upstream makes, with compiled parts. */
export function emitTransform(node: Node, context: Context): Code {
  // What fails in it fails where it is called.
  const inner: Context = { ...below(context), override: undefined }
  const emitPart = (child: Node) => emitFunction(child, inner, ANY)
  const pattern = emitPart(part(node.pattern))
  const update = emitPart(part(node.update))
  const deletion = node.delete === undefined ? undefined : emitPart(node.delete)
  const fields: [string, string][] = [
    ['pattern', `{ emitted: ${pattern.js} }`],
    ['update', `{ emitted: ${update.js}, position: ${String(node.update?.position)} }`],
    ['position', String(node.position)],
  ]
  const parts = [pattern, update]
  if (deletion !== undefined) {
    fields.push(['delete', `{ emitted: ${deletion.js}, position: ${String(node.delete?.position)} }`])
    parts.push(deletion)
  }
  const transform = pseudoNode(context, fields, parts)
  return {
    js: `${context.unit.use('transform')}(${transform.js}, ${frameOf(context)})`,
    kind: FUNCTION,
  }
}
