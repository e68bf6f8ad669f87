import { type Kind, isEventData } from '../analyse/kind.ts'
import type { Node } from '../analyse/node.ts'
import type { Override, Site } from '../runtime/site.ts'
import { FunctionScope, type Local, useLocal } from './function-scope.ts'
import type { Unit } from './unit.ts'
import type { Scope } from './scope-types.ts'

/** JavaScript text of an expression, and what its value may be. */
export interface Code {
  readonly js: string
  readonly kind: Kind
}

/** All that the emission of a node depends on. */
export interface Context {
  readonly unit: Unit
  /** The function into which the text goes. */
  readonly fn: FunctionScope
  readonly input: Local
  readonly inputKind: Kind
  /** The input is that of the whole expression: a list that is one is wrapped. */
  readonly isRoot: boolean
  /** The input may be that of the whole expression, in a list of its own if it is a list. */
  readonly mayBeWrapped: boolean
  readonly frame: Local
  readonly scope: Scope | undefined
  readonly depth: number
  readonly override: Override | undefined
  /** The node's value is that of the function around it, with nothing done to it: calls are tail calls. */
  readonly isTail: boolean
  /** Emits another node. */
  readonly emit: (node: Node, context: Context) => Code
}

export function inputOf({ input, fn }: Context): string {
  return useLocal(input, fn)
}

export function frameOf({ frame, fn }: Context): string {
  return useLocal(frame, fn)
}

export function readsEventData({ inputKind }: Context): boolean {
  return isEventData(inputKind)
}

/** A new variable of the function at work, for a value that is used more than once. */
export function newTemporary({ unit, fn }: Context): string {
  const id = unit.newId('t')
  fn.declare(id)
  return id
}

/** The name of a constant that says where a node stands. */
export function siteOf(context: Context, position: number | undefined, token: unknown): string {
  const { unit, override, depth } = context
  return unit.constant({ position, token, override, depth } satisfies Site)
}

/** One level deeper, and not the value of the function. */
export function below(context: Context): Context {
  return { ...context, depth: context.depth + 1, isTail: false }
}

/** Errors of what may be done here take the place of the operator `and` or `or` around it. */
export function placed(context: Context, js: string): string {
  if (context.override === undefined) return js
  return `${context.unit.use('overridden')}(() => ${js}, ${context.unit.constant(context.override)})`
}

/** A function of an input and a frame: text, and whether it stands in front of the main function. */
export interface EmittedFunction {
  readonly js: string
  readonly isHoisted: boolean
  readonly kind: Kind
}

/** Writes a function `(input, frame) => value of node`. */
export function emitFunction(
  node: Node,
  outer: Context,
  inputKind: Kind,
  change: (inner: Context) => Context = (inner) => inner,
): EmittedFunction {
  const fn = new FunctionScope(outer.fn)
  const input = { id: outer.unit.newId('i'), owner: fn }
  const frame = { id: outer.unit.newId('e'), owner: fn }
  const context = change({
    ...outer,
    fn,
    input,
    inputKind,
    frame,
    isRoot: false,
    mayBeWrapped: false,
    isTail: false,
  })
  const { js, kind } = context.emit(node, context)
  const text = `(${input.id}, ${frame.id}) => { ${fn.declarations} return ${js}; }`
  if (fn.isClosure) return { js: text, isHoisted: false, kind }
  return { js: outer.unit.hoist(text), isHoisted: true, kind }
}
