import type { Comparison, Constant, Operator } from './comparison.ts'

/** Whether every value of the subject that meets the first comparison meets the second one. Both are of one subject. */
export function comparisonImplies(given: Comparison, wanted: Comparison): boolean {
  if (given.operator === '=') return holds(given.value, wanted.operator, wanted.value)
  if (given.operator === '!=') return wanted.operator === '!=' && given.value === wanted.value
  if (wanted.operator === '=') return false
  if (wanted.operator === '!=') return !couldBe(given, wanted.value)
  return isSameSide(given.operator, wanted.operator) && boundImplies(given, wanted)
}

/** Whether a value meets a comparison. Values of different types are never ordered. */
export function holds(value: Constant, operator: Operator, other: Constant): boolean {
  if (operator === '=') return value === other
  if (operator === '!=') return value !== other
  const order = orderOf(value, other)
  if (order === undefined) return false
  switch (operator) {
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
  }
}

/** An ordering admits only values of its constant's type: a string is never above a number. */
function couldBe(given: Comparison, value: Constant): boolean {
  return typeof value === typeof given.value && holds(value, given.operator, given.value)
}

function isSameSide(a: Operator, b: Operator): boolean {
  return a[0] === b[0]
}

function boundImplies(given: Comparison, wanted: Comparison): boolean {
  const order = orderOf(given.value, wanted.value)
  if (order === undefined) return false
  if (order === 0) return given.operator === wanted.operator || wanted.operator.length === 2
  return given.operator.startsWith('>') ? order > 0 : order < 0
}

/** Numbers with numbers, texts with texts, as JSONata orders them. */
function orderOf(a: Constant, b: Constant): number | undefined {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'string' && typeof b === 'string') return a === b ? 0 : a < b ? -1 : 1
  return undefined
}
