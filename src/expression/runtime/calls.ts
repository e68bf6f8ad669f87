import jsonata, { type Frame, type SyntaxNode } from '#jsonata-sync'
import type { Site } from './site.ts'
import { atCall, atOperator } from './faults.ts'

const { internals } = jsonata
const { budget, apply, BUILT_IN, LAMBDA } = internals

export function call(
  procedure: unknown,
  args: readonly unknown[],
  input: unknown,
  frame: Frame,
  site: Site,
): unknown {
  budget.depth += site.depth
  try {
    if (procedure === null) internals.assertMarkable(procedure, frame.base.options)
    return isPlainLambda(procedure)
      ? callLambda(procedure, args, input, frame)
      : apply(procedure, args, input, frame)
  } catch (error) {
    throw atCall(error, site)
  } finally {
    budget.depth -= site.depth
  }
}

interface PlainLambda {
  readonly emitted: (args: readonly unknown[]) => unknown
}

/** True for a function with a compiled body and no signature: it can be called without upstream's `apply`, which takes a lot of stack. */
function isPlainLambda(procedure: unknown): procedure is PlainLambda {
  return (
    typeof procedure === 'object' &&
    procedure !== null &&
    'emitted' in procedure &&
    'signature' in procedure &&
    procedure.signature === undefined &&
    internals.isLambda(procedure)
  )
}

function callLambda(lambda: PlainLambda, args: readonly unknown[], input: unknown, frame: Frame): unknown {
  const value = lambda.emitted(args)
  if (!isTailCall(value)) return value
  // Upstream's `apply` makes tail calls, beginning with what a function gives: here, one that gives what we have.
  return apply({ [LAMBDA]: true, emitted: () => value }, args, input, frame)
}

function isTailCall(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'thunk' in value && internals.isLambda(value)
}

/** A call of a field, which never is a function: upstream looks whether one of that name was meant. */
export function callNamed(
  procedure: unknown,
  args: () => readonly unknown[],
  input: unknown,
  frame: Frame,
  site: Site,
  meant: () => unknown,
): unknown {
  if (procedure === undefined && Boolean(meant())) {
    const { position, token } = site
    throw atCall({ code: 'T1005', position, token }, site)
  }
  return call(procedure, args(), input, frame, site)
}

/** Functions that are arguments become functions of JavaScript with as many parameters. */
export function argument(value: unknown, frame: Frame): unknown {
  if (!jsonata.isFunction(value)) return value
  const wrapped = isPlainLambda(value)
    ? (...params: unknown[]) => callLambda(value, params, null, frame)
    : (...params: unknown[]) => apply(value, params, null, frame)
  return Object.assign(wrapped, { arity: internals.getFunctionArity(value) })
}

/** A function with a compiled body. */
export function makeLambda(
  emitted: (args: readonly unknown[]) => unknown,
  parameters: unknown,
  signature: unknown,
  input: unknown,
  frame: Frame,
): unknown {
  return internals.createLambda(apply, emitted, parameters, signature, input, frame)
}

/**
 * What a function gives that ends in a call: upstream's `apply` makes the call. `prepare` gives the arguments and sets the `target` of the
 * object that it is given.
 */
export function tailCall(prepare: (call: { target: unknown }) => unknown, procedure: SyntaxNode): unknown {
  return { [LAMBDA]: true, thunk: true, prepare, target: undefined, procedure }
}

/** What a tail call calls. */
export function tailTarget(procedure: unknown, frame: Frame): unknown {
  internals.assertMarkable(procedure, frame.base.options)
  return procedure
}

/** `value ~> func` */
export function applyTo(value: unknown, func: unknown, frame: Frame, site: Site): unknown {
  if (!jsonata.isFunction(func)) throw atOperator({ code: 'T2006', value: func }, site)
  if (!jsonata.isFunction(value)) return apply(func, [value], null, frame)
  const chain = internals.evaluate(internals.chainAST, null, frame)
  return apply(chain, [value, func], null, frame)
}

/** `$f(?, 1)` */
export function partially(
  args: readonly unknown[],
  procedure: unknown,
  frame: Frame,
  { position, token }: Site,
  meant: () => unknown,
): unknown {
  if (procedure === undefined && Boolean(meant())) throw { code: 'T1007', position, token }
  if (internals.isLambda(procedure)) return internals.partialApplyProcedure(procedure, args, frame)
  if (isBuiltIn(procedure)) return internals.partialApplyNativeFunction(procedure.implementation, args, frame)
  if (typeof procedure === 'function') return internals.partialApplyNativeFunction(procedure, args, frame)
  throw { code: 'T1008', position, token }
}

function isBuiltIn(value: unknown): value is { readonly implementation: unknown } {
  return typeof value === 'object' && value !== null && BUILT_IN in value
}

export function regex(node: SyntaxNode, frame: Frame): unknown {
  return internals.evaluateRegex(node, undefined, frame)
}

export function transform(node: SyntaxNode, frame: Frame): unknown {
  return internals.evaluateTransformExpression(node, undefined, frame)
}

/** A part of the tree that is not compiled, `depth` nodes deep in its function. */
export function interpret(node: SyntaxNode, input: unknown, frame: Frame, depth: number): unknown {
  budget.depth += depth
  const value = internals.evaluate(node, input, frame)
  budget.depth -= depth
  return value
}
