import { ARRAY, MADE, NUMBER, OBJECT, UNDEFINED, isWithin } from '../analyse/kind.ts'
import { type Node, pairsOf, part } from '../analyse/node.ts'
import { type Code, type Context, below, frameOf, inputOf, newTemporary, placed, siteOf } from './context.ts'
import { emitGroupNode } from './pseudo-nodes.ts'

/** `[a, b]`. */
export function emitArray(node: Node, context: Context): Code {
  const items = part(node.expressions)
  const values = items.map((item) => context.emit(item, below(context)))
  // Upstream looks at the value of the item's node only, which is "[" for a string of that text as well.
  const isNested = items.map((item) => item.value === '[')
  const list = `[${values.map(({ js }) => js).join(', ')}]`
  const nested = context.unit.constant(isNested.some(Boolean) ? isNested : undefined)
  const name = node.consarray === true ? 'makeConsArray' : 'makeArray'
  return { js: `${context.unit.use(name)}(${list}, ${nested})`, kind: ARRAY | MADE }
}

/** `{"a": b}`, which groups if the input is a list. */
export function emitObject(node: Node, context: Context): Code {
  const group = emitGroupNode(pairsOf(node), node.position, below(context), false)
  const js = `${context.unit.use('makeObject')}(${group}, ${inputOf(context)}, ${frameOf(context)})`
  return { js: placed(context, js), kind: OBJECT | MADE }
}

/** `-a`. */
export function emitNegation(node: Node, context: Context): Code {
  const { js, kind } = context.emit(part(node.expression), below(context))
  const value = newTemporary(context)
  const site = siteOf(context, node.position, node.value)
  const slow = `${context.unit.use('negate')}(${value}, ${site})`
  return {
    js: `(${value} = ${js}, typeof ${value} === "number" && ${value} - ${value} === 0 ? -${value} : ${slow})`,
    kind: isWithin(kind, NUMBER) ? NUMBER : NUMBER | UNDEFINED,
  }
}
