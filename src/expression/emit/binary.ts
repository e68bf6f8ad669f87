import { BOOLEAN, NUMBER, SEQUENCE, STRING, UNDEFINED, isWithin, mayBe } from '../analyse/kind.ts'
import { type Node, leftOf, part } from '../analyse/node.ts'
import { type Code, type Context, below, newTemporary, siteOf } from './context.ts'
import { writeLiteral } from './text.ts'
import { truthOfOperand } from './truth.ts'

/** An operator with two sides. */
export function emitBinary(node: Node, context: Context): Code {
  switch (node.value) {
    case 'and':
    case 'or':
      return emitLogic(node, context)
    case '=':
    case '!=':
      return emitEquality(node, context)
    case 'in':
      return emitIn(node, context)
    case '<':
    case '<=':
    case '>':
    case '>=':
      return emitComparison(node, context)
    case '&':
      return emitSlow(node, context, 'concatenate', STRING)
    case '..':
      return emitSlow(node, context, 'range', SEQUENCE | UNDEFINED)
    default:
      return emitArithmetic(node, context)
  }
}

/** What fails on the right side is said to have failed at the operator; the outermost operator has the last word. */
function emitLogic(node: Node, context: Context): Code {
  const inner = below(context)
  const place = { position: node.position, token: node.value }
  const override = { ...(context.override ?? place), closest: place }
  const site = siteOf(context, node.position, node.value)
  const left = truthOfOperand(context.emit(leftOf(node), inner), context, site)
  const right = context.emit(part(node.rhs), { ...inner, override })
  const operator = node.value === 'and' ? '&&' : '||'
  return { js: `(${left} ${operator} ${truthOfOperand(right, context, site)})`, kind: BOOLEAN }
}

/** Both sides, each in a variable unless it is a literal. */
interface Sides {
  readonly set: string
  readonly left: Code
  readonly right: Code
}

function emitSides(node: Node, context: Context): Sides {
  const inner = below(context)
  const left = hold(context.emit(leftOf(node), inner), leftOf(node), context)
  const right = hold(context.emit(part(node.rhs), inner), part(node.rhs), context)
  return { set: left.set + right.set, left, right }
}

function hold({ js, kind }: Code, node: Node, context: Context): Code & { readonly set: string } {
  if (isLiteral(node)) return { js, kind, set: '' }
  const id = newTemporary(context)
  return { js: id, kind, set: `${id} = ${js}, ` }
}

function isLiteral({ type, predicate, group }: Node): boolean {
  return ['string', 'number', 'value'].includes(type) && predicate === undefined && group === undefined
}

function emitArithmetic(node: Node, context: Context): Code {
  const { set, left, right } = emitSides(node, context)
  const operator = String(node.value)
  const site = siteOf(context, node.position, node.value)
  const quick = [finite(left), finite(right)].filter((test) => test !== '').join(' && ')
  const result = `${left.js} ${operator} ${right.js}`
  const kind = NUMBER | ((left.kind | right.kind) & UNDEFINED) | wrongOperand(left, right)
  if (quick === '') return { js: `(${set}${result})`, kind }
  const slow = `${context.unit.use('arithmetic')}(${left.js}, ${right.js}, "${operator}", ${site})`
  return { js: `(${set}${quick} ? ${result} : ${slow})`, kind }
}

/** Operands may be missing whatever their kind says of the rest. */
function wrongOperand(left: Code, right: Code): number {
  return isWithin(left.kind | right.kind, NUMBER) ? 0 : UNDEFINED
}

/** A test for a number that arithmetic takes; empty for a literal. */
function finite({ js, kind }: Code): string {
  if (js.startsWith('(') && kind === NUMBER) return ''
  return kind === NUMBER ? `${js} - ${js} === 0` : `typeof ${js} === "number" && ${js} - ${js} === 0`
}

function emitComparison(node: Node, context: Context): Code {
  const { set, left, right } = emitSides(node, context)
  const operator = String(node.value)
  const site = siteOf(context, node.position, node.value)
  const tests = [left, right].flatMap(({ js, kind }) =>
    isWithin(kind, NUMBER) ? [] : [`typeof ${js} === "number"`],
  )
  const slow = `${context.unit.use('compare')}(${left.js}, ${right.js}, "${operator}", ${site})`
  const quick = tests.length === 0 ? 'true' : tests.join(' && ')
  return { js: `(${set}${quick} ? ${left.js} ${operator} ${right.js} : ${slow})`, kind: BOOLEAN | UNDEFINED }
}

function emitEquality(node: Node, context: Context): Code {
  const { set, left, right } = emitSides(node, context)
  const isPrimitive = isLiteral(leftOf(node)) || isLiteral(part(node.rhs))
  const site = siteOf(context, node.position, node.value)
  if (node.value === '=') {
    const equal = isPrimitive
      ? `${left.js} === ${right.js}`
      : `${context.unit.use('areEqual')}(${left.js}, ${right.js}, ${site})`
    return { js: `(${set}${equal})`, kind: BOOLEAN }
  }
  const areThere = [left, right].map(({ js, kind }) =>
    mayBe(kind, UNDEFINED) ? `${js} !== undefined && ` : '',
  )
  const differ = isPrimitive
    ? `${left.js} !== ${right.js}`
    : `!${context.unit.use('areEqual')}(${left.js}, ${right.js}, ${site})`
  return { js: `(${set}${areThere.join('')}${differ})`, kind: BOOLEAN }
}

/** `x in ["a", "b"]` needs no list. */
function emitIn(node: Node, context: Context): Code {
  const list = part(node.rhs)
  const options = list.type === 'unary' && list.value === '[' ? (list.expressions ?? []) : []
  const isPlain = list.predicate === undefined && list.group === undefined && options.length > 0
  if (!isPlain || !options.every(isLiteral)) return emitSlow(node, context, 'isIn', BOOLEAN)
  const left = hold(context.emit(leftOf(node), below(context)), leftOf(node), context)
  const tests = options.map(({ value }) => `${left.js} === ${writeLiteral(value)}`)
  return { js: `(${left.set}${tests.join(' || ')})`, kind: BOOLEAN }
}

function emitSlow(node: Node, context: Context, name: 'concatenate' | 'range' | 'isIn', kind: number): Code {
  const { set, left, right } = emitSides(node, context)
  const site = siteOf(context, node.position, node.value)
  return { js: `(${set}${context.unit.use(name)}(${left.js}, ${right.js}, ${site}))`, kind }
}
