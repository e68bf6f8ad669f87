import type { SyntaxNode } from '../../expression/index.ts'
import { union } from '../types/combine.ts'
import { constantType } from '../types/constants.ts'
import { ABSENT, FUNCTION, isNever, NEVER, orFault, UNKNOWN } from '../types/type.ts'
import type { Type } from '../types/type.ts'
import { branchScopes, builtInValue, inferCall, inferLambda } from './call.ts'
import { filterFlow } from './filter.ts'
import { itemsOf, typeOfFlow } from './flow.ts'
import { partOf, partsOf, stagesOf } from './nodes.ts'
import { inferBinary, inferCondition, inferUnary } from './operators.ts'
import { inferPath } from './path.ts'
import type { Run } from './run.ts'
import { bind } from './scope.ts'
import type { Scope } from './scope.ts'

/** What the value of a node may be, by what is known of the event. Reports what can't be meant. */
export function infer(node: SyntaxNode, scope: Scope, run: Run): Type {
  if (!run.mayGoOn()) return UNKNOWN
  const type = inferBare(node, scope, run)
  if (node['group'] !== undefined) return UNKNOWN
  const stages = node.type === 'path' ? [] : stagesOf(node)
  if (stages.length === 0) return type
  return typeOfFlow(stages.reduce((flow, stage) => filterFlow(stage, flow, scope, run), itemsOf(type)))
}

function inferBare(node: SyntaxNode, scope: Scope, run: Run): Type {
  switch (node.type) {
    case 'string':
    case 'number':
    case 'value':
      return constantType(node.value)
    case 'regex':
      return regexType(node)
    case 'path':
      return inferPath(node, scope, run)
    case 'variable':
      return inferVariable(node, scope, run)
    case 'binary':
      return inferBinary(node, scope, run)
    case 'unary':
      return inferUnary(node, scope, run)
    case 'condition':
      return inferBranches(node, scope, run)
    case 'block':
      return inferBlock(node, scope, run)
    case 'bind':
      return inferPart(node, 'rhs', scope, run)
    case 'function':
      return inferCall(node, scope, run)
    case 'apply':
      return inferApply(node, scope, run)
    case 'lambda':
      return inferLambda(node, scope, run)
    case 'partial':
      return orFault(FUNCTION)
    default:
      return UNKNOWN
  }
}

function inferPart(node: SyntaxNode, key: string, scope: Scope, run: Run): Type {
  const part = partOf(node, key)
  return part ? run.infer(part, scope) : ABSENT
}

function regexType({ value }: SyntaxNode): Type {
  return value instanceof RegExp ? { ...FUNCTION, functions: { regex: value } } : FUNCTION
}

function inferVariable(node: SyntaxNode, scope: Scope, run: Run): Type {
  const name = String(node.value)
  if (name === '') return scope.context
  if (name === '$') return scope.root
  return scope.variables.get(name) ?? builtInValue(name, node, scope, run) ?? UNKNOWN
}

function inferBranches(node: SyntaxNode, scope: Scope, run: Run): Type {
  const condition = partOf(node, 'condition')
  if (!condition) return UNKNOWN
  const { canBeTrue, canBeFalse } = inferCondition(condition, { ...scope, asksForValue: true }, run)
  const [met, unmet] = branchScopes(condition, scope, run)
  const [yes, no] = [inferPart(node, 'then', met, run), inferPart(node, 'else', unmet, run)]
  const type = union(canBeTrue ? yes : NEVER, canBeFalse ? no : NEVER)
  return isNever(type) ? UNKNOWN : type
}

/** A name is bound from its `:=` to the end of the block. */
function inferBlock(node: SyntaxNode, scope: Scope, run: Run): Type {
  let inner = scope
  let type = ABSENT
  let isFault = false
  for (const expression of partsOf(node, 'expressions')) {
    const isBind = expression.type === 'bind'
    type = run.infer(expression, isBind ? bindSelf(expression, inner) : inner)
    isFault ||= type.isFault
    if (isBind) inner = bind(inner, boundName(expression), type)
  }
  return isFault ? orFault(type) : type
}

/** A function may call itself: of that call, nothing is known. */
function bindSelf(node: SyntaxNode, scope: Scope): Scope {
  return partOf(node, 'rhs')?.type === 'lambda' ? bind(scope, boundName(node), UNKNOWN) : scope
}

function boundName(node: SyntaxNode): string {
  return String(partOf(node, 'lhs')?.value)
}

/** `value ~> $function(…)`. */
function inferApply(node: SyntaxNode, scope: Scope, run: Run): Type {
  const [left, right] = [partOf(node, 'lhs'), partOf(node, 'rhs')]
  if (!left || !right) return UNKNOWN
  const type = run.infer(left, scope)
  if (right.type === 'function') return inferCall(right, scope, run, { node: left, type })
  const by = run.infer(right, scope)
  if (type.functions) return FUNCTION
  return by.functions?.call?.([type]) ?? UNKNOWN
}
