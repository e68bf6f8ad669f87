import type { SyntaxNode } from '../../expression/index.ts'
import { meet, union } from '../types/combine.ts'
import { constantsOf, constantType } from '../types/constants.ts'
import { minusConstants } from '../types/minus-constants.ts'
import { ABSENT, BOOLEAN, isNever, NEVER, NULL, NUMBER, numberType, present, TEXT } from '../types/type.ts'
import type { Type } from '../types/type.ts'
import { DEFINED_ON_NOTHING, signatureOf } from './built-ins.ts'
import { countOf, withCount } from './narrow-count.ts'
import { calledName, partOf, partsOf, spotOf, unwrap } from './nodes.ts'
import type { Run } from './run.ts'
import { changeSpot } from './scope.ts'
import type { Scope } from './scope.ts'

/** What is known in addition where a condition held, or did not. */
export function assume(node: SyntaxNode, isTrue: boolean, scope: Scope, run: Run): Scope {
  if (!run.mayGoOn()) return scope
  const condition = unwrap(node)
  switch (condition.type) {
    case 'binary':
      return assumeBinary(condition, isTrue, scope, run)
    case 'function':
      return assumeCall(condition, isTrue, scope, run)
    case 'path':
    case 'variable':
      return change(condition, scope, isTrue ? truthy : falsy)
    default:
      return scope
  }
}

function truthy(type: Type): Type {
  if (type.isUnknown) return present(type)
  const { numbers, texts } = type
  return {
    ...type,
    isAbsent: false,
    isNull: false,
    booleans: type.booleans.filter(Boolean),
    texts:
      texts?.maxLength === 0 ? undefined : texts && { ...texts, minLength: Math.max(1, texts.minLength) },
    numbers: numbers?.min === 0 && numbers.max === 0 ? undefined : numbers,
  }
}

function falsy(type: Type): Type {
  return { ...type, booleans: type.booleans.filter((value) => !value) }
}

/** The scope in which the value that a node names is changed; the same scope if the node names no single value. */
function change(node: SyntaxNode | undefined, scope: Scope, how: (type: Type) => Type): Scope {
  const spot = node && spotOf(node)
  return spot ? changeSpot(scope, spot, how) : scope
}

function assumeBinary(node: SyntaxNode, isTrue: boolean, scope: Scope, run: Run): Scope {
  const [left, right] = [partOf(node, 'lhs'), partOf(node, 'rhs')]
  if (!left || !right) return scope
  switch (node.value) {
    case 'and':
      return isTrue ? assume(right, true, assume(left, true, scope, run), run) : scope
    case 'or':
      return isTrue
        ? assumeEither(left, right, scope, run)
        : assume(right, false, assume(left, false, scope, run), run)
    case '=':
      return isTrue ? assumeEqual(left, right, scope, run) : assumeDifferent(left, right, scope, run)
    case '!=':
      return isTrue
        ? assumeDifferent(left, right, assumeValue(right, assumeValue(left, scope)), run)
        : assumeEqualOrMissing(left, right, scope, run)
    case 'in':
      return isTrue ? assumeIn(left, right, assumeValue(left, scope), run) : scope
    case '<':
    case '<=':
    case '>':
    case '>=':
      return isTrue
        ? assumeOrder(node.value, left, right, assumeValue(right, assumeValue(left, scope)), run)
        : scope
    default:
      return scope
  }
}

/** What holds if one of two conditions does: for the event alone, for more is rarely of use. */
function assumeEither(left: SyntaxNode, right: SyntaxNode, scope: Scope, run: Run): Scope {
  const [one, other] = [assume(left, true, scope, run), assume(right, true, scope, run)]
  if (one === scope || other === scope) return scope
  return { ...scope, root: union(one.root, other.root), context: union(one.context, other.context) }
}

/** That a node has a value tells that what it is made from has one. */
function assumeValue(node: SyntaxNode, scope: Scope): Scope {
  const inner = unwrap(node)
  if (inner.type === 'binary' && '+-*/%<=>='.includes(String(inner.value))) {
    return [partOf(inner, 'lhs'), partOf(inner, 'rhs')].reduce(
      (left, side) => (side ? assumeValue(side, left) : left),
      scope,
    )
  }
  const name = calledName(inner)
  if (name !== undefined) {
    const [first] = partsOf(inner, 'arguments')
    return first && signatureOf(name) && !DEFINED_ON_NOTHING.has(name) ? assumeValue(first, scope) : scope
  }
  return change(inner, scope, present)
}

function typeOf(node: SyntaxNode, scope: Scope, run: Run): Type {
  return run.quietly(() => run.infer(node, scope))
}

function assumeEqual(left: SyntaxNode, right: SyntaxNode, scope: Scope, run: Run): Scope {
  const valued = assumeCountEqual(left, right, assumeValue(right, assumeValue(left, scope)), run)
  const [leftType, rightType] = [typeOf(left, valued, run), typeOf(right, valued, run)]
  const both = present(meet(leftType, rightType))
  if (isNever(both)) return valued
  const narrowed = change(
    right,
    change(left, valued, (type) => meet(present(type), both)),
    (type) => meet(present(type), both),
  )
  return assumeKind(left, right, narrowed, run)
}

function assumeDifferent(left: SyntaxNode, right: SyntaxNode, scope: Scope, run: Run): Scope {
  const constants = constantsOf(typeOf(right, scope, run))
  if (constants?.length === 1) return change(left, scope, (type) => without(type, constants))
  const others = constantsOf(typeOf(left, scope, run))
  return others?.length === 1 ? change(right, scope, (type) => without(type, others)) : scope
}

function without(type: Type, constants: readonly unknown[]): Type {
  return constants[0] === null ? { ...type, isNull: false } : minusConstants(type, constants)
}

function assumeEqualOrMissing(left: SyntaxNode, right: SyntaxNode, scope: Scope, run: Run): Scope {
  const constants = constantsOf(typeOf(right, scope, run))
  const [only] = constants ?? []
  if (constants?.length !== 1 || only === undefined) return scope
  return change(left, scope, (type) => {
    const equal = meet(present(type), constantType(only))
    return type.isAbsent ? { ...equal, isAbsent: true } : equal
  })
}

function assumeIn(left: SyntaxNode, right: SyntaxNode, scope: Scope, run: Run): Scope {
  const list = typeOf(right, scope, run)
  const items = list.lists && !list.isUnknown ? list.lists.item() : undefined
  return items && constantsOf(items)
    ? change(left, scope, (type) => meet(present(type), present(items)))
    : scope
}

const FLIPPED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

function assumeOrder(operator: string, left: SyntaxNode, right: SyntaxNode, scope: Scope, run: Run): Scope {
  const flipped = FLIPPED[operator] ?? operator
  const bounded = bound(left, operator, typeOf(right, scope, run), scope)
  const counted = assumeCount(left, operator, right, bounded, run)
  return assumeCount(right, flipped, left, bound(right, flipped, typeOf(left, scope, run), counted), run)
}

/** The value that a node names, on one side of a limit. */
function bound(node: SyntaxNode, operator: string, limit: Type, scope: Scope): Scope {
  const numbers = limit.isUnknown ? undefined : limit.numbers
  if (!numbers) return scope
  const isUpper = operator.startsWith('<')
  const isOpen = operator.length === 1
  const range = isUpper
    ? numberType({ max: numbers.max, isMaxOpen: isOpen })
    : numberType({ min: numbers.min, isMinOpen: isOpen })
  return change(node, scope, (type) =>
    type.isUnknown ? type : { ...type, ...pickNumbers(meet(type, range)) },
  )
}

function pickNumbers({ numbers }: Type): Pick<Type, 'numbers'> {
  return { numbers }
}

function assumeCall(node: SyntaxNode, isTrue: boolean, scope: Scope, run: Run): Scope {
  const [first] = partsOf(node, 'arguments')
  if (!first) return scope
  switch (calledName(node)) {
    case 'exists':
      return assumeExists(first, isTrue, scope)
    case 'not':
      return assume(first, !isTrue, scope, run)
    case 'boolean':
      return assume(first, isTrue, scope, run)
    case 'contains':
      return isTrue ? assumeValue(first, scope) : scope
    default:
      return scope
  }
}

function assumeExists(node: SyntaxNode, isTrue: boolean, scope: Scope): Scope {
  if (isTrue && spotOf(node)) return assumeValue(node, scope)
  if (isTrue) return withCount(node, { min: 1, max: Infinity }, scope)
  return change(node, scope, (type) => (type.isAbsent || type.isUnknown ? ABSENT : NEVER))
}

/** `$type(x) = "number"`. */
const TYPE_NAMES: Readonly<Record<string, Type>> = {
  null: NULL,
  number: NUMBER,
  string: TEXT,
  boolean: BOOLEAN,
}

function assumeKind(left: SyntaxNode, right: SyntaxNode, scope: Scope, run: Run): Scope {
  const call = unwrap(left)
  if (calledName(call) !== 'type') return scope
  const kinds = typeOf(right, scope, run).texts?.values ?? []
  const kind = kinds.length === 1 ? TYPE_NAMES[kinds[0] ?? ''] : undefined
  return kind ? change(partsOf(call, 'arguments')[0], scope, (type) => meet(present(type), kind)) : scope
}

function assumeCountEqual(left: SyntaxNode, right: SyntaxNode, scope: Scope, run: Run): Scope {
  return assumeCount(right, '=', left, assumeCount(left, '=', right, scope, run), run)
}

/** `$count(path) = 1` tells how many values the path has. */
function assumeCount(node: SyntaxNode, operator: string, other: SyntaxNode, scope: Scope, run: Run): Scope {
  const call = unwrap(node)
  const [counted] = partsOf(call, 'arguments')
  if (calledName(call) !== 'count' || !counted) return scope
  const numbers = typeOf(other, scope, run).numbers
  if (!numbers) return scope
  return withCount(counted, countOf(operator, numbers), scope)
}
