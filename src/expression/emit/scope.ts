import { ANY, EVENT, FUNCTION, UNDEFINED } from '../analyse/kind.ts'
import { type Code, type Context, frameOf } from './context.ts'
import { type FunctionScope, useLocal } from './function-scope.ts'
import type { FrameScope, Scope, TupleScope, Variable } from './scope-types.ts'
import { BUILT_INS } from '../runtime/built-ins.ts'

/** Opens the scope of a block or function whose names are variables of `fn`, and gives the text that makes them unbound. */
export function openFrame(
  { unit, scope }: Context,
  fn: FunctionScope,
  names: ReadonlyMap<string, number>,
): { scope: FrameScope; reset: string } {
  const variables = new Map<string, Variable>()
  const resets: string[] = []
  for (const [name, bindings] of names) {
    const local = { id: unit.newId('v'), owner: fn }
    fn.declare(local.id)
    resets.push(`${local.id} = ${unit.use('UNSET')}`)
    variables.set(name, { local, bindings, isBound: false, kind: ANY })
  }
  return { scope: { type: 'frame', variables, parent: scope }, reset: resets.map((js) => `${js}, `).join('') }
}

/** The scope of a function with its parameters, and the text that takes them from the list `args`. */
export function openParameters(
  { unit, scope }: Context,
  fn: FunctionScope,
  parameters: readonly string[],
  args: string,
): { scope: FrameScope; take: string } {
  const variables = new Map<string, Variable>()
  let take = ''
  for (const [index, name] of parameters.entries()) {
    const local = { id: unit.newId('v'), owner: fn }
    take += `let ${local.id} = ${args}[${index}];`
    variables.set(name, { local, bindings: 2, isBound: true, kind: ANY })
  }
  return { scope: { type: 'frame', variables, parent: scope }, take }
}

/** The value of a variable: that of the innermost scope that has bound it so far. */
export function readVariable(context: Context, name: string): Code {
  return readFrom(context, name, context.scope)
}

function readFrom(context: Context, name: string, scope: Scope | undefined): Code {
  if (scope === undefined) return readOuter(context, name)
  if (scope.type === 'tuple') {
    if (!scope.names.has(name)) return readFrom(context, name, scope.parent)
    return readFromTuple(context, name, scope)
  }
  const variable = scope.variables.get(name)
  if (variable === undefined) return readFrom(context, name, scope.parent)
  const id = useLocal(variable.local, context.fn)
  if (variable.isBound) return { js: id, kind: variable.kind }
  const outer = readFrom(context, name, scope.parent)
  return { js: `(${id} !== ${context.unit.use('UNSET')} ? ${id} : ${outer.js})`, kind: ANY }
}

function readFromTuple(context: Context, name: string, scope: TupleScope): Code {
  const { unit, fn } = context
  const frames = `${useLocal(scope.frame, fn)}, ${useLocal(scope.outerFrame, fn)}`
  const outer = readFrom(context, name, scope.parent)
  return {
    js: `${unit.use('tupleVariable')}(${frames}, ${unit.constant(name)}, () => ${outer.js})`,
    kind: ANY,
  }
}

/** A variable that the expression does not bind. */
function readOuter(context: Context, name: string): Code {
  const { unit, fn } = context
  if (name === '$') return { js: useLocal(unit.root, fn), kind: EVENT }
  const external = unit.external(name)
  if (external !== undefined) {
    const id = useLocal(external, fn)
    const given = `${useLocal({ id: 'c', owner: unit.main }, fn)}.variable(${unit.constant(name)})`
    return { js: `(${id} !== ${unit.use('UNSET')} ? ${id} : (${id} = ${given}))`, kind: EVENT }
  }
  const builtIn = BUILT_INS.get(name)
  return builtIn === undefined
    ? { js: 'undefined', kind: UNDEFINED }
    : { js: unit.constant(builtIn), kind: FUNCTION }
}

/** The built-in function of this name, unless something may have been bound to the name. */
export function builtInNamed(context: Context, name: string): unknown {
  return isBoundAround(context, name) ? undefined : BUILT_INS.get(name)
}

/** True if generated code or the caller may give this name a value that a frame of the interpreter does not know. */
export function isBoundAround({ scope: innermost, unit }: Context, name: string): boolean {
  for (let scope = innermost; scope !== undefined; scope = scope.parent) {
    if (scope.type === 'tuple' ? scope.names.has(name) : scope.variables.has(name)) return true
  }
  return name === '$' || unit.external(name) !== undefined
}

/** Text that binds a name in the innermost scope. */
export function bindVariable(context: Context, name: string, value: Code): Code {
  const { scope, unit, fn } = context
  if (scope?.type === 'tuple')
    return {
      js: `${unit.use('bindInTuple')}(${frameOf(context)}, ${unit.constant(name)}, ${value.js})`,
      kind: value.kind,
    }
  const variable = scope?.variables.get(name)
  if (variable === undefined) throw new TypeError(`the variable ${name} has no scope`)
  if (variable.bindings === 1) variable.kind = value.kind
  return { js: `(${useLocal(variable.local, fn)} = ${value.js})`, kind: value.kind }
}

/** From here on, the variable of the innermost scope has been bound. */
export function markBound({ scope }: Context, name: string): void {
  const variable = scope?.type === 'frame' ? scope.variables.get(name) : undefined
  if (variable !== undefined) variable.isBound = true
}
