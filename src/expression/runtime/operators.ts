import jsonata from '#jsonata-sync'
import type { Site } from './site.ts'
import { atOperator } from './faults.ts'

const { internals } = jsonata
const { fn, budget } = internals

/** The general form of `+ - * / %`, for operands that are missing, not finite or no numbers. */
export function arithmetic(left: unknown, right: unknown, operator: string, site: Site): unknown {
  try {
    return internals.evaluateNumericExpression(left, right, operator)
  } catch (error) {
    throw atOperator(error, site)
  }
}

export function compare(left: unknown, right: unknown, operator: string, site: Site): unknown {
  try {
    return internals.evaluateComparisonExpression(left, right, operator)
  } catch (error) {
    throw atOperator(error, site)
  }
}

/** `=`, which is false where a side is missing. */
export function areEqual(left: unknown, right: unknown, site: Site): boolean {
  if (left === undefined || right === undefined) return false
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  try {
    return internals.isDeepEqual(left, right)
  } catch (error) {
    throw atOperator(error, site)
  }
}

export function isIn(left: unknown, right: unknown): boolean {
  if (Array.isArray(right)) internals.spend(right.length)
  return internals.evaluateIncludesExpression(left, right)
}

export function concatenate(left: unknown, right: unknown, site: Site): string {
  try {
    if (typeof left === 'string' && typeof right === 'string') return internals.checkString(left + right)
    return internals.evaluateStringConcat(left, right)
  } catch (error) {
    throw atOperator(error, site)
  }
}

export function range(left: unknown, right: unknown, site: Site): unknown {
  try {
    return internals.evaluateRangeExpression(left, right)
  } catch (error) {
    throw atOperator(error, site)
  }
}

/** Minus in front of what is no finite number. */
export function negate(value: unknown, site: Site): unknown {
  if (value === undefined) return undefined
  try {
    if (internals.isNumeric(value)) return -Number(value)
  } catch (error) {
    // Infinity has no place upstream.
    if (site.override !== undefined)
      throw atOperator(error, { ...site, position: undefined, token: undefined })
    throw error
  }
  throw atOperator({ code: 'D1002', value }, site)
}

/** JSONata's truth of any value. */
export function isTruthy(value: unknown): boolean {
  return fn.boolean(value) === true
}

export function isTruthyAt(value: unknown, site: Site): boolean {
  try {
    return fn.boolean(value) === true
  } catch (error) {
    throw atOperator(error, site)
  }
}

/** Called when a compiled function begins: `height` is how deep its body certainly nests, `size` how much there is to do. */
export function enterFunction(height: number, size: number): void {
  if (budget.depth + height > budget.maxDepth) throw { code: 'D1011', value: budget.maxDepth }
  budget.fuel -= size
  if (budget.fuel < 0) internals.readClock()
}
