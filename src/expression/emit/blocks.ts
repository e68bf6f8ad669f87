import { UNDEFINED } from '../analyse/kind.ts'
import { type Node, branchOf, leftOf, part } from '../analyse/node.ts'
import { boundInFrame } from '../analyse/tree-facts.ts'
import { type Code, type Context, below } from './context.ts'
import { bindVariable, markBound, openFrame } from './scope.ts'
import { truthOf } from './truth.ts'

/** `(a; b; c)`: the expressions in a scope of their own. */
export function emitBlock(node: Node, context: Context): Code {
  const expressions = part(node.expressions)
  const { scope, reset } = openFrame(context, context.fn, boundInFrame(expressions))
  const inner = { ...below(context), scope }
  const codes = expressions.map((expression, index) => {
    const isLast = index === expressions.length - 1
    const code = context.emit(expression, { ...inner, isTail: isLast && context.isTail })
    if (expression.type === 'bind') markBound(inner, String(leftOf(expression).value))
    return code
  })
  const last = codes.at(-1)
  if (last === undefined) return { js: 'undefined', kind: UNDEFINED }
  return { js: `(${reset}${codes.map(({ js }) => js).join(', ')})`, kind: last.kind }
}

export function emitBind(node: Node, context: Context): Code {
  const value = context.emit(part(node.rhs), below(context))
  return bindVariable(context, String(leftOf(node).value), value)
}

/** `a ? b : c`. */
export function emitCondition(node: Node, context: Context): Code {
  const inner = below(context)
  const condition = truthOf(context.emit(part(node.condition), inner), context)
  const branch = { ...inner, isTail: context.isTail }
  const yes = context.emit(branchOf(node), branch)
  const no = node.else === undefined ? { js: 'undefined', kind: UNDEFINED } : context.emit(node.else, branch)
  return { js: `(${condition} ? ${yes.js} : ${no.js})`, kind: yes.kind | no.kind }
}
