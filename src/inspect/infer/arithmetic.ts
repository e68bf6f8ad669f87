import { numberType, NUMBER } from '../types/type.ts'
import type { Numbers, Type } from '../types/type.ts'
import { onlyConstant } from '../types/constants.ts'
import { constantType } from '../types/constants.ts'

/** The numbers that an operation on two ranges of numbers can give. */
export function arithmeticType(operator: string, left: Numbers, right: Numbers): Type {
  const [a, b] = [only(left), only(right)]
  if (a !== undefined && b !== undefined) {
    const result = calculate(operator, a, b)
    return Number.isFinite(result) ? constantType(result) : NUMBER
  }
  const isInteger = left.isInteger && right.isInteger && operator !== '/'
  switch (operator) {
    case '+':
      return ranged(left.min + right.min, left.max + right.max, isInteger)
    case '-':
      return ranged(left.min - right.max, left.max - right.min, isInteger)
    case '*':
      return left.min >= 0 && right.min >= 0
        ? ranged(0, Infinity, isInteger)
        : ranged(-Infinity, Infinity, isInteger)
    case '%':
      return remainderOf(left, right, isInteger)
    default:
      return left.min >= 0 && right.min >= 0 ? ranged(0, Infinity, false) : NUMBER
  }
}

/** Bounds are taken as closed, which is at most too wide. */
function ranged(min: number, max: number, isInteger: boolean): Type {
  return numberType({
    min: Number.isNaN(min) ? -Infinity : min,
    max: Number.isNaN(max) ? Infinity : max,
    isInteger,
  })
}

function remainderOf(left: Numbers, right: Numbers, isInteger: boolean): Type {
  const limit = Math.max(Math.abs(right.min), Math.abs(right.max))
  if (isInteger && only(right) === 1) return constantType(0)
  return numberType({
    min: left.min >= 0 ? 0 : -limit,
    max: limit,
    isMaxOpen: true,
    isMinOpen: left.min < 0,
    isInteger,
  })
}

function only({ values }: Numbers): number | undefined {
  return values?.length === 1 ? values[0] : undefined
}

function calculate(operator: string, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    default:
      return a % b
  }
}

export function negative(numbers: Numbers): Type {
  const constant = onlyConstant({ ...NUMBER, numbers })
  if (typeof constant?.value === 'number') return constantType(-constant.value)
  return numberType({ min: -numbers.max, max: -numbers.min, isInteger: numbers.isInteger })
}
