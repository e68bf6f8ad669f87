import type { Mapping } from '../values.ts'

/** The operators of a quality rule: open-data-contract-standard 3.2.0, `DataQualityOperators`. */
const OPERATORS = [
  'mustBe',
  'mustNotBe',
  'mustBeGreaterThan',
  'mustBeGreaterOrEqualTo',
  'mustBeLessThan',
  'mustBeLessOrEqualTo',
  'mustBeBetween',
  'mustNotBeBetween',
] as const
type Operator = (typeof OPERATORS)[number]

/** What a threshold on a number of bad events allows. */
export type Allowance =
  /** Not one: that is a promise about each event. */
  | { readonly kind: 'none' }
  /** Some of many: that is a promise about a stream. */
  | { readonly kind: 'some'; readonly says: string }
  /** Any number. */
  | { readonly kind: 'all'; readonly says: string }
  /** The rule has no operator. */
  | { readonly kind: 'unsaid' }
  | { readonly kind: 'invalid'; readonly message: string; readonly hint: string; readonly key: string }

export function operatorsIn(rule: Mapping): readonly Operator[] {
  return OPERATORS.filter((operator) => Object.hasOwn(rule, operator))
}

/**
 * Reads the threshold of a rule that counts bad events. Bounds of Between are inclusive, as other tools have them, though the standard's
 * text compares them with GreaterThan and LessThan.
 */
export function allowanceOf(rule: Mapping): Allowance {
  const operators = operatorsIn(rule)
  const [operator, second] = operators
  if (operator === undefined) return { kind: 'unsaid' }
  if (second !== undefined) {
    const message = `a quality rule has exactly one operator, and this one has ${operators.length}: ${operators.join(', ')}`
    const hint = 'Make a rule of each, or write two bounds as `mustBeBetween: [least, most]`.'
    return { kind: 'invalid', message, hint, key: second }
  }
  return byOperator(operator, rule[operator], rule['unit'])
}

function byOperator(operator: Operator, value: unknown, unit: unknown): Allowance {
  const bounds = boundsOf(operator, value)
  if (typeof bounds === 'string') {
    return {
      kind: 'invalid',
      message: bounds,
      hint: `Write \`${exampleOf(operator)}\`, say.`,
      key: operator,
    }
  }
  const says = `${operator} ${JSON.stringify(value)}${typeof unit === 'string' ? ` ${unit}` : ''}`
  const [low, high] = bounds
  if (!isAdmitted(operator, bounds, 0)) return { kind: 'some', says }
  // Counts are whole numbers; shares are not.
  const least = unit === 'percent' ? Number.MIN_VALUE : 1
  const telling = [least, low, low + 1, high - 1, high, Number.MAX_VALUE].filter((count) => count >= least)
  if (!telling.some((count) => isAdmitted(operator, bounds, count))) return { kind: 'none' }
  return isEverything(operator, bounds) ? { kind: 'all', says } : { kind: 'some', says }
}

function boundsOf(operator: Operator, value: unknown): readonly [number, number] | string {
  if (operator !== 'mustBeBetween' && operator !== 'mustNotBeBetween') {
    return typeof value === 'number' ? [value, value] : `\`${operator}\` must be a number here`
  }
  const [low, high, more] = Array.isArray(value) ? (value as unknown[]) : []
  if (typeof low !== 'number' || typeof high !== 'number' || more !== undefined) {
    return `\`${operator}\` must be a list of two numbers, the smaller one first`
  }
  return low <= high
    ? [low, high]
    : `the bounds of \`${operator}\` are in the wrong order: ${low} is above ${high}`
}

function exampleOf(operator: Operator): string {
  return operator.endsWith('Between') ? `${operator}: [0, 10]` : `${operator}: 0`
}

function isAdmitted(operator: Operator, [low, high]: readonly [number, number], count: number): boolean {
  switch (operator) {
    case 'mustBe':
      return count === low
    case 'mustNotBe':
      return count !== low
    case 'mustBeGreaterThan':
      return count > low
    case 'mustBeGreaterOrEqualTo':
      return count >= low
    case 'mustBeLessThan':
      return count < low
    case 'mustBeLessOrEqualTo':
      return count <= low
    case 'mustBeBetween':
      return count >= low && count <= high
    case 'mustNotBeBetween':
      return count < low || count > high
  }
}

/**
 * The least and the most that the threshold of a valid rule admits; undefined for one that is no range. `step` is how much a bound that is
 * not admitted itself is away from the nearest number that is: 1 between counts, 0 between shares.
 */
export function boundsIn(
  rule: Mapping,
  step = 1,
): { readonly min: number | undefined; readonly max: number | undefined } | undefined {
  const [operator] = operatorsIn(rule)
  const bounds = operator === undefined ? '' : boundsOf(operator, rule[operator])
  if (operator === undefined || typeof bounds === 'string') return undefined
  const [low, high] = bounds
  switch (operator) {
    case 'mustBe':
    case 'mustBeBetween':
      return { min: low, max: high }
    case 'mustBeGreaterThan':
      return { min: low + step, max: undefined }
    case 'mustBeGreaterOrEqualTo':
      return { min: low, max: undefined }
    case 'mustBeLessThan':
      return { min: undefined, max: high - step }
    case 'mustBeLessOrEqualTo':
      return { min: undefined, max: high }
    case 'mustNotBe':
      return low === 0 ? { min: step, max: undefined } : undefined
    case 'mustNotBeBetween':
      return undefined
  }
}

/** Whether every count from 0 on is admitted: then the rule promises nothing. */
function isEverything(operator: Operator, [low, high]: readonly [number, number]): boolean {
  switch (operator) {
    case 'mustBeGreaterThan':
    case 'mustNotBe':
      return low < 0
    case 'mustBeGreaterOrEqualTo':
      return low <= 0
    case 'mustNotBeBetween':
      return high < 0
    default:
      return false
  }
}
