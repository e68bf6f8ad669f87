import type { SyntaxNode } from '../../expression/index.ts'
import {
  ABSENT,
  FAULT,
  FUNCTION,
  hasValue,
  isNever,
  numberType,
  orAbsent,
  orFault,
  textType,
  UNKNOWN,
} from '../types/type.ts'
import type { Type } from '../types/type.ts'
import {
  accepts,
  checkArgument,
  checkCount,
  mayMismatch,
  reportNoNumeral,
  reportTooFew,
} from './arguments.ts'
import { ASKING, DEFINED_ON_NOTHING, MAY_FAIL, signatureOf } from './built-ins.ts'
import type { Parameter } from './built-ins.ts'
import { assume } from './narrow.ts'
import type { Side } from './never-equal.ts'
import { calledName, partOf, partsOf } from './nodes.ts'
import { reportCondition } from './operators.ts'
import { reportPattern } from './pattern.ts'
import { resultOfKind, RESULTS } from './results.ts'
import { MAX_CALL_DEPTH } from './run.ts'
import type { Run } from './run.ts'
import { bind } from './scope.ts'
import type { Scope } from './scope.ts'

/** A call of a function, built in or the expression's own. `piped` is what `~>` hands to it. */
export function inferCall(node: SyntaxNode, scope: Scope, run: Run, piped?: Side): Type {
  const name = calledName(node)
  const own = name === undefined ? undefined : scope.variables.get(name)
  if (name === undefined || own) return callOwn(node, own, scope, run, piped)
  if (name === 'millis') return numberType({ min: 0, isInteger: true })
  if (name === 'now') return inferNow(node, scope, run)
  const given = argumentsOf(node, name, scope, run)
  return callBuiltIn(node, name, piped ? [piped, ...given] : given, scope, run)
}

function inferNow(node: SyntaxNode, scope: Scope, run: Run): Type {
  const parts = partsOf(node, 'arguments')
  for (const part of parts) run.infer(part, scope)
  return textType(parts.length === 0 ? { formats: ['date-time'] } : {})
}

function callOwn(node: SyntaxNode, own: Type | undefined, scope: Scope, run: Run, piped?: Side): Type {
  const procedure = partOf(node, 'procedure')
  const called = own ?? (procedure ? run.infer(procedure, scope) : UNKNOWN)
  const given = partsOf(node, 'arguments').map((part) => run.infer(part, scope))
  return called.functions?.call?.(piped ? [piped.type, ...given] : given) ?? UNKNOWN
}

function argumentsOf(node: SyntaxNode, name: string, scope: Scope, run: Run): Side[] {
  return partsOf(node, 'arguments').map((part, index) => {
    const inner = ASKING.has(name) && index === 0 ? { ...scope, asksForValue: true } : scope
    return { node: part, type: run.infer(part, inner) }
  })
}

function callBuiltIn(node: SyntaxNode, name: string, given: readonly Side[], scope: Scope, run: Run): Type {
  const signature = signatureOf(name)
  if (!signature || !checkCount(node, name, given.length, signature, run)) return UNKNOWN
  const sides = withContext(node, given, signature.parameters, scope)
  if (!sides) return reportTooFew(node, name, given.length, signature, run)
  const parameterAt = (index: number) =>
    signature.parameters[Math.min(index, signature.parameters.length - 1)]
  const fits = sides
    .map((side, index) => checkArgument(name, parameterAt(index) as Parameter, side, run))
    .every(Boolean)
  if (sides.some(({ type }) => isNever(type))) return FAULT
  if (!fits && run.isQuiet) return sides.some(({ type }) => type.isAbsent) ? orFault(ABSENT) : FAULT
  if (!fits) return withoutValue(resultOfKind(signature.result))
  if (reportNoNumeral(name, sides, run)) return withoutValue(resultOfKind(signature.result))
  const mayFail = sides.some(
    ({ type }, index) => type.isFault || mayMismatch(parameterAt(index) as Parameter, type),
  )
  reportPattern(name, sides, run)
  const result = resultOf(name, sides, signature.result)
  if (name === 'not' && given[0]) reportCondition(given[0].node, given[0].type, run)
  return mayFail || MAY_FAIL.has(name) ? orFault(result) : result
}

/** A mistake has been reported: what comes of it needs no second one. */
function withoutValue(type: Type): Type {
  return type.isUnknown ? UNKNOWN : orFault(orAbsent(type))
}

function resultOf(name: string, sides: readonly Side[], kind: string): Type {
  const special = RESULTS.get(name)
  const types = sides.map(({ type }) => type)
  if (special) return special(types)
  const result = resultOfKind(kind)
  const [first = ABSENT] = types
  if (DEFINED_ON_NOTHING.has(name) || result.isUnknown) return result
  if (!hasValue(first) && first.isAbsent) return ABSENT
  return first.isAbsent ? orAbsent(result) : result
}

/** A first argument that is left out is `$`; undefined if the others are not those that are left then. */
function withContext(
  node: SyntaxNode,
  given: readonly Side[],
  parameters: readonly Parameter[],
  { context }: Scope,
): readonly Side[] | undefined {
  const needed = parameters.filter(({ isOptional }) => !isOptional).length
  if (given.length >= needed) return given
  const fits = given.every(({ type }, index) => {
    const parameter = parameters[index + 1]
    return parameter !== undefined && (type.isUnknown || !hasValue(type) || accepts(parameter, type))
  })
  const [first] = parameters
  const isOfContext = context.isUnknown || (first !== undefined && accepts(first, context))
  return fits && isOfContext ? [{ node, type: context }, ...given] : undefined
}

/** A function that the expression defines. */
export function inferLambda(node: SyntaxNode, scope: Scope, run: Run): Type {
  const body = partOf(node, 'body')
  if (!body) return FUNCTION
  if (node['thunk'] === true) return run.infer(body, scope)
  const names = partsOf(node, 'arguments').map(({ value }) => String(value))
  const call = (args: readonly Type[]): Type => {
    if (run.callDepth >= MAX_CALL_DEPTH || node['signature'] !== undefined) return UNKNOWN
    run.callDepth += 1
    try {
      const inner = names.reduce((left, name, index) => bind(left, name, args[index] ?? ABSENT), scope)
      return run.infer(body, { ...inner, isRoot: scope.isRoot, asksForValue: true })
    } finally {
      run.callDepth -= 1
    }
  }
  return { ...FUNCTION, functions: { call } }
}

/** A built-in function as a value, as in `$map(list, $length)`. */
export function builtInValue(name: string, node: SyntaxNode, scope: Scope, run: Run): Type | undefined {
  const signature = signatureOf(name)
  if (!signature) return name === 'now' || name === 'millis' ? FUNCTION : undefined
  const most = signature.parameters.length
  const call = (args: readonly Type[]) =>
    run.quietly(() =>
      callBuiltIn(
        node,
        name,
        args.slice(0, most).map((type) => ({ node, type })),
        scope,
        run,
      ),
    )
  return { ...FUNCTION, functions: { call } }
}

/** `condition ? then : else`, `a ?: b`, `a ?? b`. */
export function branchScopes(condition: SyntaxNode, scope: Scope, run: Run): readonly [Scope, Scope] {
  return [assume(condition, true, scope, run), assume(condition, false, scope, run)]
}
