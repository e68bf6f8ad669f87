import { ANY, FUNCTION, UNDEFINED, mayBe } from '../analyse/kind.ts'
import { type Node, leftOf, part } from '../analyse/node.ts'
import { emitBuiltIn } from './built-in-calls.ts'
import { type Code, type Context, below, frameOf, inputOf, placed, siteOf } from './context.ts'
import { builtInNamed, readVariable } from './scope.ts'

/** `$f(a, b)`; with `first`, what `~>` gives to it as the first argument. */
export function emitCall(node: Node, context: Context, first?: Code): Code {
  const procedure = part(node.procedure)
  const inner = below(context)
  const { unit } = context
  const name = plainVariable(procedure)
  const args = part(node.arguments)
  const builtIn = name === undefined ? undefined : builtInNamed(context, name)
  const codes = () => args.map((arg) => context.emit(arg, inner))
  if (name !== undefined && builtIn !== undefined) {
    const given = first === undefined ? codes() : [first, ...codes()]
    const quick = emitBuiltIn(name, given, args, node, context)
    if (quick !== undefined) return quick
    return callWith(unit.constant(builtIn), given, first !== undefined, node, context, resultOf(name))
  }
  const called = context.emit(procedure, inner)
  const given = first === undefined ? codes() : [first, ...codes()]
  return callWith(called.js, given, first !== undefined, node, context, ANY)
}

function callWith(
  called: string,
  given: readonly Code[],
  hasFirst: boolean,
  node: Node,
  context: Context,
  kind: number,
): Code {
  const { unit } = context
  const frame = frameOf(context)
  const texts = given.map(({ js, kind: argKind }, index) =>
    mayBe(argKind, FUNCTION) && !(hasFirst && index === 0) ? `${unit.use('argument')}(${js}, ${frame})` : js,
  )
  const procedure = part(node.procedure)
  const site = siteOf(context, node.position, tokenOf(procedure))
  const hint = namedWithoutDollar(procedure, context)
  const list = `[${texts.join(', ')}]`
  const rest = `${inputOf(context)}, ${frame}, ${site}`
  return hint === undefined
    ? { js: `${unit.use('call')}(${called}, ${list}, ${rest})`, kind }
    : { js: `${unit.use('callNamed')}(${called}, () => ${list}, ${rest}, () => ${hint})`, kind }
}

function tokenOf(procedure: Node): unknown {
  return procedure.type === 'path' ? part(procedure.steps)[0]?.value : procedure.value
}

/** `count(x)` calls a field. If there is a function of that name, upstream says so. */
function namedWithoutDollar(procedure: Node, context: Context): string | undefined {
  if (procedure.type !== 'path') return undefined
  const name = part(procedure.steps)[0]?.value
  return typeof name === 'string' ? readVariable(context, name).js : 'undefined'
}

function plainVariable({ type, value, predicate, group }: Node): string | undefined {
  return type === 'variable' && predicate === undefined && group === undefined ? String(value) : undefined
}

/** `a ~> f`. */
export function emitApply(node: Node, context: Context): Code {
  const inner = below(context)
  const left = context.emit(leftOf(node), inner)
  const right = part(node.rhs)
  if (right.type === 'function') return emitCallOf(left, right, context)
  const site = siteOf(context, node.position, undefined)
  const func = context.emit(right, inner)
  const js = `${context.unit.use('applyTo')}(${left.js}, ${func.js}, ${frameOf(context)}, ${site})`
  return { js: placed(context, js), kind: ANY }
}

/** The left side is evaluated before the function on the right is looked up. */
function emitCallOf(left: Code, right: Node, context: Context): Code {
  const id = context.unit.newId('t')
  context.fn.declare(id)
  const { js, kind } = emitCall(right, context, { js: id, kind: left.kind })
  return { js: `(${id} = ${left.js}, ${js})`, kind }
}

/** `$f(?, b)`. */
export function emitPartial(node: Node, context: Context): Code {
  const { unit } = context
  const inner = below(context)
  const args = part(node.arguments).map((arg) =>
    arg.type === 'operator' ? unit.constant(arg) : context.emit(arg, inner).js,
  )
  const procedure = part(node.procedure)
  const called = context.emit(procedure, inner)
  const site = siteOf(context, node.position, tokenOf(procedure))
  const hint = namedWithoutDollar(procedure, context) ?? 'undefined'
  const js = `${unit.use('partially')}([${args.join(', ')}], ${called.js}, ${frameOf(context)}, ${site}, () => ${hint})`
  return { js: placed(context, js), kind: FUNCTION }
}

/** What a built-in function gives, where that is never a list nor a function. */
function resultOf(name: string): number {
  return SCALAR_RESULTS.get(name) ?? ANY
}

const STRING_RESULT = UNDEFINED | 16
const NUMBER_RESULT = UNDEFINED | 8
const BOOLEAN_RESULT = UNDEFINED | 4

const SCALAR_RESULTS: ReadonlyMap<string, number> = new Map([
  ...[
    'string',
    'substring',
    'substringBefore',
    'substringAfter',
    'lowercase',
    'uppercase',
    'trim',
    'pad',
    'replace',
    'join',
    'formatNumber',
    'formatBase',
    'formatInteger',
    'base64encode',
    'base64decode',
    'encodeUrl',
    'encodeUrlComponent',
    'decodeUrl',
    'decodeUrlComponent',
    'fromMillis',
    'now',
    'type',
  ].map((name) => [name, STRING_RESULT] as const),
  ...[
    'sum',
    'count',
    'length',
    'number',
    'floor',
    'ceil',
    'round',
    'abs',
    'sqrt',
    'power',
    'millis',
    'toMillis',
    'average',
  ].map((name) => [name, NUMBER_RESULT] as const),
  ...['boolean', 'not', 'exists', 'contains'].map((name) => [name, BOOLEAN_RESULT] as const),
])
