import type { SyntaxNode } from '../../expression/index.ts'
import { unionAll } from '../types/combine.ts'
import { onlyConstant } from '../types/constants.ts'
import { describe } from '../types/describe.ts'
import { ANY_OBJECT } from '../types/objects.ts'
import {
  BOOLEAN,
  FAULT,
  hasValue,
  isNever,
  listType,
  NEVER,
  numberType,
  NUMBER,
  orAbsent,
  orFault,
  TEXT,
  UNKNOWN,
} from '../types/type.ts'
import type { Type } from '../types/type.ts'
import { arithmeticType, negative } from './arithmetic.ts'
import { inferEquality, inferOrder } from './compare.ts'
import { inferMembership } from './membership.ts'
import { assume } from './narrow.ts'
import type { Side } from './never-equal.ts'
import { reportUnquoted } from './unquoted.ts'
import { partOf, unwrap } from './nodes.ts'
import { readsData } from './reads-data.ts'
import type { Run } from './run.ts'
import type { Scope } from './scope.ts'
import { severalOf } from './several.ts'
import { booleansOf, truthOf } from './truth.ts'
import type { Truth } from './truth.ts'

/** Operators with two sides. */
export function inferBinary(node: SyntaxNode, scope: Scope, run: Run): Type {
  const [left, right] = [partOf(node, 'lhs'), partOf(node, 'rhs')]
  if (!left || !right) return UNKNOWN
  if (node.value === 'and' || node.value === 'or') return inferLogic(node, left, right, scope, run)
  const unquoted = (node.value === '=' || node.value === '!=') && reportUnquoted(left, right, scope, run)
  if (unquoted) return BOOLEAN
  // To compare with null is to ask whether there is a value.
  const inner = [left, right].some(isNull) ? { ...scope, asksForValue: true } : scope
  const sides = [left, right].map((side): Side => ({ node: side, type: run.infer(side, inner) }))
  const [one, other] = sides as [Side, Side]
  if (isNever(one.type) || isNever(other.type)) return FAULT
  switch (node.value) {
    case '=':
    case '!=':
      return inferEquality(node, one, other, run)
    case '<':
    case '<=':
    case '>':
    case '>=':
      return inferOrder(node, one, other, run)
    case 'in':
      return inferMembership(node, one, other, run)
    case '&':
      return TEXT
    case '..':
      return orFault(listType(() => numberType({ isInteger: true })))
    default:
      return inferArithmetic(node, one, other, run)
  }
}

function isNull({ type, value }: SyntaxNode): boolean {
  return type === 'value' && value === null
}

/** `and` and `or` give a boolean whatever their sides are. */
function inferLogic(node: SyntaxNode, left: SyntaxNode, right: SyntaxNode, scope: Scope, run: Run): Type {
  const isAnd = node.value === 'and'
  const first = inferCondition(left, scope, run)
  const second = inferCondition(right, assume(left, isAnd, scope, run), run)
  if (isDecidedByFault(first)) return FAULT
  const truth: Truth = isAnd
    ? {
        canBeTrue: first.canBeTrue && second.canBeTrue,
        canBeFalse: first.canBeFalse || second.canBeFalse,
      }
    : { canBeTrue: first.canBeTrue || second.canBeTrue, canBeFalse: first.canBeFalse && second.canBeFalse }
  // The right side is only evaluated if the left one does not decide.
  const isReached = isAnd ? first.canBeTrue : first.canBeFalse
  const isFault = first.isFault || (isReached && second.isFault)
  return { ...NEVER, booleans: booleansOf(truth), isFault }
}

function isDecidedByFault({ canBeTrue, canBeFalse }: Truth): boolean {
  return !canBeTrue && !canBeFalse
}

/** A part that is taken for true or false. */
export function inferCondition(
  node: SyntaxNode,
  scope: Scope,
  run: Run,
): Truth & { readonly isFault: boolean } {
  const type = run.infer(node, isBarePath(node) ? { ...scope, asksForValue: true } : scope)
  reportCondition(node, type, run)
  return { ...truthOf(type), isFault: type.isFault }
}

function isBarePath(node: SyntaxNode): boolean {
  return unwrap(node).type === 'path'
}

/** Reports what stands where true or false is asked for and can't be meant so. */
export function reportCondition(node: SyntaxNode, type: Type, run: Run): void {
  const constant = onlyConstant(type)?.value
  if (constant !== undefined && typeof constant !== 'boolean' && !readsData(node)) {
    const { canBeTrue } = truthOf(type)
    run.report(
      'CONDITION_CONSTANT',
      node,
      `${run.textOf(node)} stands where true or false is asked for, and is always taken for ${String(canBeTrue)}`,
      'Write the whole comparison again, or use `in` for one of several: x in ["a", "b"].',
    )
  }
  const items = severalOf(type)
  if (items && (items.booleans.length > 0 || items.numbers) && !items.isUnknown) {
    run.report(
      'ONE_OR_MANY',
      node,
      `\`${run.textOf(node)}\` may be several values: taken for true or false, the list is true as soon as one of them is`,
      `Say which is meant: all with $count(list[$not(field)]) = 0, at least one with $count(list[field]) > 0.`,
    )
  }
}

function inferArithmetic(node: SyntaxNode, left: Side, right: Side, run: Run): Type {
  for (const side of [left, right]) if (reportNoNumber(node, side, run)) return UNKNOWN
  if (['/', '%'].includes(String(node.value)) && onlyConstant(right.type)?.value === 0) {
    run.report(
      'DIVISION_BY_ZERO',
      node,
      `\`${run.textOf(node)}\` divides by zero`,
      'Divide by something else.',
    )
    return NUMBER
  }
  const isUnknown = left.type.isUnknown || right.type.isUnknown
  const [a, b] = [left.type.numbers, right.type.numbers]
  const numbers = a && b && !isUnknown ? arithmeticType(String(node.value), a, b) : isUnknown ? NUMBER : NEVER
  const isAbsent = left.type.isAbsent || right.type.isAbsent
  const isFault = [left, right].some(
    ({ type }) => type.isUnknown || hasValue({ ...type, numbers: undefined }),
  )
  return { ...numbers, isAbsent, isFault: isFault || left.type.isFault || right.type.isFault }
}

/** Reports a side that is never a number, or is several. */
function reportNoNumber(node: SyntaxNode, { node: side, type }: Side, run: Run): boolean {
  if (run.isQuiet || type.isUnknown || !hasValue(type)) return false
  if (severalOf(type)) {
    const message = `\`${run.textOf(side)}\` is a single value for one item and a list for several, and with a list can't be calculated`
    run.report(
      'ONE_OR_MANY',
      node,
      message,
      'Calculate for each item, and add up: $sum(items.(price * quantity)).',
    )
    return true
  }
  if (type.numbers) return false
  const message = `\`${run.textOf(side)}\` is ${describe(type)}, and \`${String(node.value)}\` takes numbers only`
  const isJoin = node.value === '+' && type.texts !== undefined
  const hint = isJoin
    ? `Join texts with &; to calculate, convert with $number(${run.textOf(side)}).`
    : type.lists
      ? `Use the number of items, $count(${run.textOf(side)}), or their sum, $sum(…).`
      : `Convert it: $number(${run.textOf(side)}), or $toMillis(${run.textOf(side)}) for a time.`
  run.report('ARITHMETIC_ON_NO_NUMBER', side, message, hint)
  return true
}

/** Minus, lists and objects. */
export function inferUnary(node: SyntaxNode, scope: Scope, run: Run): Type {
  if (node.value === '-') return inferNegative(node, scope, run)
  if (node.value === '[') return inferList(node, scope, run)
  for (const part of pairsOf(node)) run.infer(part, scope)
  return { ...NEVER, objects: [ANY_OBJECT], isFault: true }
}

function pairsOf({ lhs }: SyntaxNode): readonly SyntaxNode[] {
  return Array.isArray(lhs) ? lhs.flat() : []
}

function inferNegative(node: SyntaxNode, scope: Scope, run: Run): Type {
  const inner = partOf(node, 'expression')
  if (!inner) return UNKNOWN
  const type = run.infer(inner, scope)
  if (type.isUnknown) return orFault(orAbsent(NUMBER))
  const isFault = type.isFault || hasValue({ ...type, numbers: undefined })
  return { ...(type.numbers ? negative(type.numbers) : NEVER), isAbsent: type.isAbsent, isFault }
}

function inferList(node: SyntaxNode, scope: Scope, run: Run): Type {
  const expressions = node['expressions']
  const parts: readonly SyntaxNode[] = Array.isArray(expressions) ? expressions : []
  const types = parts.map((part) => run.infer(part, scope))
  // What another constructor makes stays a list within the list.
  if (parts.some((part) => part.type === 'unary' && part.value === '[')) return listType(() => UNKNOWN)
  const isFixed = types.every((type) => !type.isUnknown && !type.isAbsent && !type.lists)
  const items = unionAll(
    types.map((type) => (type.lists && !type.isUnknown ? type.lists.item() : { ...type, isAbsent: false })),
  )
  const list = listType(() => items, isFixed ? { minItems: parts.length, maxItems: parts.length } : {})
  return types.some(({ isFault }) => isFault) ? orFault(list) : list
}
