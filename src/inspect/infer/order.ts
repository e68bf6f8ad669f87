import type { Numbers, Texts, Type } from '../types/type.ts'
import { NEVER } from '../types/type.ts'

/** Values that have an order at all: all others end the comparison with an error. */
export function isOrdered(type: Type): boolean {
  return type.isUnknown || type.numbers !== undefined || type.texts !== undefined
}

/** Whether some value of one side can be put in order with some value of the other. */
export function canBeOrdered(left: Type, right: Type): boolean {
  if (left.isUnknown || right.isUnknown) return isOrdered(left) && isOrdered(right)
  return Boolean((left.numbers && right.numbers) || (left.texts && right.texts))
}

/** The outcome of `left operator right` for `<`, `<=`, `>` and `>=`. */
export function orderType(operator: string, left: Type, right: Type): Type {
  const isAbsent = left.isAbsent || right.isAbsent
  if (left.isUnknown || right.isUnknown) return { ...NEVER, booleans: [true, false], isAbsent, isFault: true }
  const outcomes = new Set<boolean>()
  if (left.numbers && right.numbers) addAll(outcomes, orderNumbers(operator, left.numbers, right.numbers))
  if (left.texts && right.texts) addAll(outcomes, orderTexts(operator, left.texts, right.texts))
  const isMixed = (left.numbers && right.texts) || (left.texts && right.numbers)
  const isFault = Boolean(isMixed) || !isOnlyOrdered(left) || !isOnlyOrdered(right)
  return { ...NEVER, booleans: [...outcomes], isAbsent, isFault: isFault || left.isFault || right.isFault }
}

function addAll(set: Set<boolean>, values: readonly boolean[]): void {
  for (const value of values) set.add(value)
}

function isOnlyOrdered(type: Type): boolean {
  return (
    !type.isNull && type.booleans.length === 0 && !type.lists && type.objects.length === 0 && !type.functions
  )
}

function orderNumbers(operator: string, left: Numbers, right: Numbers): readonly boolean[] {
  switch (operator) {
    case '<':
      return below(left, right, false)
    case '<=':
      return below(left, right, true)
    case '>':
      return below(right, left, false)
    default:
      return below(right, left, true)
  }
}

/** The outcomes of `low < high`, or of `low <= high`. */
function below(low: Numbers, high: Numbers, orEqual: boolean): readonly boolean[] {
  const touches = !low.isMinOpen && !high.isMaxOpen
  const canBeTrue = low.min < high.max || (orEqual && low.min === high.max && touches)
  const meetsAtTop = !low.isMaxOpen && !high.isMinOpen
  const canBeFalse = low.max > high.min || (!orEqual && low.max === high.min && meetsAtTop)
  return [...(canBeTrue ? [true] : []), ...(canBeFalse ? [false] : [])]
}

function orderTexts(operator: string, left: Texts, right: Texts): readonly boolean[] {
  const [one, other] = [left.values, right.values]
  if (one?.length !== 1 || other?.length !== 1) return [true, false]
  const [a = '', b = ''] = [one[0], other[0]]
  const isBelow = operator.startsWith('<') ? a < b : b < a
  return [isBelow || (operator.length === 2 && a === b)]
}
