import { nodeIn, type SyntaxNode } from '../../expression/index.ts'
import { bare, canonical, sidesOf } from './syntax.ts'

/** A side of a comparison as a sum: what depends on the event (undefined if nothing does) and a constant. */
export interface Linear {
  readonly variable: string | undefined
  readonly constant: number
}

/** Takes the constant summands out of an expression: `$millis() + 60 * 1000` is `$millis()` and 60000. */
export function toLinear(wrapped: SyntaxNode): Linear {
  const node = bare(wrapped)
  const number = numberOf(node)
  if (number !== undefined) return { variable: undefined, constant: number }
  const sides = sidesOf(node)
  if (sides !== undefined && (node.value === '+' || node.value === '-')) {
    const sum = sumOf(toLinear(sides[0]), toLinear(sides[1]), node.value)
    if (sum !== undefined) return sum
  }
  return { variable: canonical(node), constant: 0 }
}

function sumOf(left: Linear, right: Linear, operator: '+' | '-'): Linear | undefined {
  const sign = operator === '+' ? 1 : -1
  if (right.variable === undefined) {
    return { variable: left.variable, constant: left.constant + sign * right.constant }
  }
  if (left.variable === undefined && operator === '+') {
    return { variable: right.variable, constant: left.constant + right.constant }
  }
  return undefined
}

/** The value of an expression of nothing but numbers. */
export function numberOf(wrapped: SyntaxNode): number | undefined {
  const node = bare(wrapped)
  if (node.type === 'number') return typeof node.value === 'number' ? node.value : undefined
  if (node.type === 'unary' && node.value === '-') {
    const inner = nodeIn(node['expression'])
    const value = inner && numberOf(inner)
    return value === undefined ? undefined : -value
  }
  const sides = sidesOf(node)
  return sides && calculate(node.value, numberOf(sides[0]), numberOf(sides[1]))
}

function calculate(
  operator: unknown,
  left: number | undefined,
  right: number | undefined,
): number | undefined {
  if (left === undefined || right === undefined) return undefined
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return right === 0 ? undefined : left / right
    default:
      return undefined
  }
}
