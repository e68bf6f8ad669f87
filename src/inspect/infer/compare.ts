import type { SyntaxNode } from '../../expression/index.ts'
import { onlyConstant } from '../types/constants.ts'
import { BOOLEAN, hasValue, NEVER, present } from '../types/type.ts'
import type { Type } from '../types/type.ts'
import { equality } from './equal.ts'
import { describeSide, reportNeverEqual } from './never-equal.ts'
import type { Side } from './never-equal.ts'
import { readsData } from './reads-data.ts'
import { calledName, keyOf, unwrap } from './nodes.ts'
import { canBeOrdered, isOrdered, orderType } from './order.ts'
import type { Run } from './run.ts'
import { reportSeveral } from './several.ts'
import { booleansOf } from './truth.ts'

/** `=` and `!=`. */
export function inferEquality(node: SyntaxNode, left: Side, right: Side, run: Run): Type {
  const isSame = node.value === '='
  if (reportSeveral(node, left, right, run) || reportSelf(node, left, right, run)) return BOOLEAN
  const { canBeTrue, canBeFalse } = equality(left.type, right.type)
  if (!canBeTrue && reportNeverEqual(node, left, right, run)) return BOOLEAN
  const isFault = left.type.isFault || right.type.isFault
  if (isSame) return { ...NEVER, booleans: booleansOf({ canBeTrue, canBeFalse }), isFault }
  const differs = differenceOf(left.type, right.type)
  const mayBeMissing = left.type.isAbsent || right.type.isAbsent
  // Of something that is missing, != is false as well.
  return {
    ...NEVER,
    booleans: booleansOf({ canBeTrue: differs, canBeFalse: canBeTrue || mayBeMissing }),
    isFault,
  }
}

function differenceOf(left: Type, right: Type): boolean {
  return hasValue(left) && hasValue(right) && equality(present(left), present(right)).canBeFalse
}

/** The same expression on both sides. */
function reportSelf(node: SyntaxNode, left: Side, right: Side, run: Run): boolean {
  const [one, other] = [unwrap(left.node), unwrap(right.node)]
  if (run.isQuiet || one.type !== other.type || !readsData(one) || keyOf(one) !== keyOf(other)) return false
  const message = `both sides of \`${run.textOf(node)}\` are the same`
  run.report(
    'CONDITION_CONSTANT',
    node,
    message,
    'Compare with something else; that there is a value is $exists(…).',
  )
  return true
}

/** `<`, `<=`, `>` and `>=`. */
export function inferOrder(node: SyntaxNode, left: Side, right: Side, run: Run): Type {
  const operator = String(node.value)
  if (reportSeveral(node, left, right, run) || reportSelf(node, left, right, run)) return BOOLEAN
  const hasBoth = hasValue(left.type) && hasValue(right.type)
  if (hasBoth && !run.isQuiet && !canBeOrdered(left.type, right.type))
    return reportOrder(node, left, right, run)
  if (isNowAsText(left.node) !== isNowAsText(right.node)) reportTimeAsText(node, left, right, run)
  return orderType(operator, left.type, right.type)
}

function reportOrder(node: SyntaxNode, left: Side, right: Side, run: Run): Type {
  const [one, other] = [left, right].map((side) => describeSide(side, run))
  run.report(
    'TYPES_NOT_ORDERED',
    node,
    `${one} and ${other}, which have no order`,
    hintForOrder(left, right, run),
  )
  return BOOLEAN
}

function hintForOrder(left: Side, right: Side, run: Run): string {
  const [literal, other] = readsData(left.node) ? [right, left] : [left, right]
  const constant = onlyConstant(literal.type)?.value
  const field = run.textOf(other.node)
  if (other.type.lists) return `Compare the number of items: $count(${field}).`
  if (typeof constant === 'string' && other.type.numbers && Number.isFinite(Number(constant))) {
    return `Write the number without quotes: ${constant}.`
  }
  if (!isOrdered(other.type)) return 'Only numbers and texts have an order: compare with = or in.'
  const isTime = other.type.texts?.formats.some((format) => format.startsWith('date')) ?? false
  if (isTime) return `Convert the time to milliseconds: $toMillis(${field}).`
  if (other.type.texts)
    return `Convert the text to a number, $number(${field}), or ask for its length, $length(${field}).`
  return 'Compare values of one type.'
}

function isNowAsText(node: SyntaxNode): boolean {
  return calledName(unwrap(node)) === 'now'
}

function reportTimeAsText(node: SyntaxNode, left: Side, right: Side, run: Run): void {
  const other = isNowAsText(left.node) ? right : left
  if (!other.type.isUnknown && !other.type.texts) return
  run.report(
    'TIME_AS_TEXT',
    node,
    `\`${run.textOf(node)}\` compares texts, not times: another time zone or another number of decimals gives a wrong answer`,
    `Compare milliseconds: $toMillis(${run.textOf(other.node)}) and $millis().`,
  )
}
