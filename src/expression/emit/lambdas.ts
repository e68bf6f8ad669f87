import { ANY, FUNCTION } from '../analyse/kind.ts'
import { type Node, part } from '../analyse/node.ts'
import { boundInFrame, certainHeight, countNodes } from '../analyse/tree-facts.ts'
import { type Code, type Context, frameOf, inputOf } from './context.ts'
import { FunctionScope } from './function-scope.ts'
import { openParameters } from './scope.ts'
import { Unsupported } from './unsupported.ts'

/** `function($a, $b){ … }`: an object that upstream's functions take for one of theirs. */
export function emitLambda(node: Node, context: Context): Code {
  const { unit } = context
  const body = part(node.body)
  const fn = new FunctionScope(context.fn)
  const names = part(node.arguments).map(({ value }) => String(value))
  const args = unit.newId('a')
  const { scope, take } = openParameters(context, fn, names, args)
  // A parameter that the body binds anew is the same variable; other bindings of the body are further ones of the same frame.
  const { reset, scope: withBindings } = addBindings(context, fn, scope, body)
  const inner: Context = { ...context, fn, scope: withBindings, depth: 1, override: undefined, isTail: true }
  const { js } = context.emit(body, inner)
  const charge = `${unit.use('enterFunction')}(${certainHeight(body)}, ${countNodes(body)});`
  const text = `(${args}) => { ${charge} ${take} ${fn.declarations} return (${reset}${js}); }`
  const emitted = fn.isClosure ? text : unit.hoist(text)
  const parts = [emitted, unit.constant(node.arguments), unit.constant(node.signature)]
  return {
    js: `${unit.use('makeLambda')}(${parts.join(', ')}, ${inputOf(context)}, ${frameOf(context)})`,
    kind: FUNCTION,
  }
}

function addBindings(
  { unit }: Context,
  fn: FunctionScope,
  scope: ReturnType<typeof openParameters>['scope'],
  body: Node,
): { reset: string; scope: ReturnType<typeof openParameters>['scope'] } {
  let reset = ''
  for (const [name, bindings] of boundInFrame([body])) {
    if (scope.variables.has(name)) continue
    const local = { id: unit.newId('v'), owner: fn }
    fn.declare(local.id)
    reset += `${local.id} = ${unit.use('UNSET')}, `
    scope.variables.set(name, { local, bindings, isBound: false, kind: ANY })
  }
  return { reset, scope }
}

/** A call whose value is that of the function around it: it is made after that has returned, so that recursion needs no stack. */
export function emitTailCall(node: Node, context: Context): Code {
  if (!context.isTail) throw new Unsupported('a tail call whose result is filtered or grouped is not emitted')
  const call = part(node.body)
  const procedure = part(call.procedure)
  const inner: Context = { ...context, depth: context.depth + 1, isTail: false }
  const called = context.emit(procedure, inner)
  const args = part(call.arguments).map((arg) => context.emit(arg, inner).js)
  const { unit } = context
  // Upstream evaluates both after the function has returned, and so do we: it shows in the places of errors.
  const target = `${unit.use('tailTarget')}(${called.js}, ${frameOf(context)})`
  const next = `(call) => (call.target = ${target}, [${args.join(', ')}])`
  return { js: `${unit.use('tailCall')}(${next}, ${unit.constant(procedure)})`, kind: FUNCTION }
}
