import { nodesIn, type SyntaxNode } from '../../expression/index.ts'
import { toLinear } from './linear.ts'
import { bare, canonical, remembering, sidesOf } from './syntax.ts'

export type Operator = '<' | '<=' | '>' | '>=' | '=' | '!='

export type Constant = number | string | boolean | null

/** A comparison of something in the event with a constant: `subject` is the same text for the same thing. */
export interface Comparison {
  readonly subject: string
  readonly operator: Operator
  readonly value: Constant
}

/** `subject in [constants]`. */
export interface Membership {
  readonly subject: string
  readonly values: readonly Constant[]
}

const MIRRORED: Readonly<Record<Operator, Operator>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '=': '=',
  '!=': '!=',
}

/** Ranges are written out up to this many numbers. */
const MAX_RANGE = 1000

/**
 * Reads a comparison, with the constant on the right. Two things of the event that are compared with each other count as their
 * difference and the constant between them, so that `a < b + 1` and `a < b + 2` are comparisons of one subject.
 */
export const toComparison = remembering((node): Comparison | undefined => {
  const sides = sidesOf(node)
  if (sides === undefined || !isOperator(node.value)) return undefined
  const [left, right] = sides.map(constantOf)
  const operator = node.value
  if (left === undefined && right !== undefined) return withConstant(sides[0], operator, right)
  if (left !== undefined && right === undefined) return withConstant(sides[1], MIRRORED[operator], left)
  return left === undefined ? betweenVariables(sides, operator) : undefined
})

function withConstant(node: SyntaxNode, operator: Operator, value: Constant): Comparison {
  const { variable, constant } = toLinear(node)
  if (typeof value !== 'number' || variable === undefined)
    return { subject: canonical(node), operator, value }
  return { subject: variable, operator, value: value - constant }
}

function betweenVariables(
  sides: readonly [SyntaxNode, SyntaxNode],
  operator: Operator,
): Comparison | undefined {
  const left = toLinear(sides[0])
  const right = toLinear(sides[1])
  const [a, b] = [left.variable ?? '', right.variable ?? '']
  const value = right.constant - left.constant
  return a <= b
    ? { subject: `${a} to ${b}`, operator, value }
    : { subject: `${b} to ${a}`, operator: MIRRORED[operator], value: 0 - value }
}

function isOperator(value: unknown): value is Operator {
  return typeof value === 'string' && Object.hasOwn(MIRRORED, value)
}

/** Reads `x in […]` with nothing but constants in the list. */
export const toMembership = remembering((node): Membership | undefined => {
  const sides = sidesOf(node)
  if (sides === undefined || node.value !== 'in') return undefined
  const values = listOf(sides[1])
  return values && { subject: canonical(sides[0]), values }
})

function listOf(node: SyntaxNode): readonly Constant[] | undefined {
  if (node.type !== 'unary' || node.value !== '[') {
    const single = constantOf(node)
    return single === undefined ? undefined : [single]
  }
  const values: Constant[] = []
  for (const item of nodesIn(node['expressions']).map(bare)) {
    const found = rangeOf(item) ?? constantOf(item)
    if (found === undefined) return undefined
    values.push(...(Array.isArray(found) ? (found as Constant[]) : [found as Constant]))
  }
  return values
}

function rangeOf(node: SyntaxNode): readonly number[] | undefined {
  const sides = node.value === '..' ? sidesOf(node) : undefined
  const [from, to] = sides?.map(constantOf) ?? []
  if (typeof from !== 'number' || typeof to !== 'number' || to - from >= MAX_RANGE) return undefined
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
}

function constantOf(wrapped: SyntaxNode): Constant | undefined {
  const node = bare(wrapped)
  if (node.type === 'string') return typeof node.value === 'string' ? node.value : undefined
  if (node.type === 'value') {
    return typeof node.value === 'boolean' || node.value === null ? node.value : undefined
  }
  const { variable, constant } = toLinear(node)
  return variable === undefined ? constant : undefined
}

/** A constant as the parser would make it. */
export function toConstantNode(value: Constant): SyntaxNode {
  return { type: typeof value === 'number' || typeof value === 'string' ? typeof value : 'value', value }
}
