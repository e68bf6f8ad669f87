import type { SyntaxNode } from '../../expression/index.ts'
import type { Type } from '../types/type.ts'
import { hasValue, isNever, orFault } from '../types/type.ts'
import type { Flow } from './flow.ts'
import { assume } from './narrow.ts'
import { partOf, unwrap } from './nodes.ts'
import type { Run } from './run.ts'
import { onItem } from './scope.ts'
import type { Scope } from './scope.ts'
import { truthOf } from './truth.ts'

/** What a predicate or an index behind a step leaves of the values. */
export function filterFlow(stage: SyntaxNode, flow: Flow, scope: Scope, run: Run): Flow {
  // A stage of a step wraps its expression; a predicate of any other node, too.
  const expression = partOf(stage, 'expr')
  if (!expression) return flow
  const position = indexIn(expression)
  if (position !== undefined) return oneAt(position, flow)
  const inner = { ...onItem(scope, flow.item), asksForValue: false }
  const type = run.infer(expression, inner)
  if (isIndex(expression, type)) return { ...flow, min: 0, ...(type.lists ? {} : atMostOne(flow)) }
  const { canBeTrue, canBeFalse } = truthOf(type)
  if (!canBeTrue) return { ...flow, min: 0, max: 0, presumedMax: 0 }
  const { context } = assume(expression, true, inner, run)
  const left = isNever(context) ? flow.item : context
  const item = type.isFault ? orFault(left) : left
  const presumedMax = isLookUp(unwrap(expression)) ? Math.min(1, flow.presumedMax) : flow.presumedMax
  return { ...flow, item, min: canBeFalse ? 0 : flow.min, presumedMax }
}

function atMostOne({ max }: Flow): Pick<Flow, 'max' | 'presumedMax'> {
  return { max: Math.min(1, max), presumedMax: Math.min(1, max) }
}

function oneAt(position: number, flow: Flow): Flow {
  const needed = position < 0 ? -position : position + 1
  return { ...flow, min: flow.min >= needed ? 1 : 0, ...atMostOne(flow), isUnsure: false }
}

/** The number in `[0]` or `[-1]`. */
function indexIn(expression: SyntaxNode): number | undefined {
  return expression.type === 'number' && typeof expression.value === 'number' ? expression.value : undefined
}

function isIndex({ type: nodeType }: SyntaxNode, type: Type): boolean {
  if (nodeType === 'unary' && type.lists) return true
  return !type.isUnknown && type.numbers !== undefined && !hasValue({ ...type, numbers: undefined })
}

/** `[key = "year"]` looks one item up: its author takes for granted that no other has that key. */
function isLookUp(expression: SyntaxNode): boolean {
  if (expression.type !== 'binary') return false
  const [left, right] = [partOf(expression, 'lhs'), partOf(expression, 'rhs')]
  if (!left || !right) return false
  if (expression.value === 'and') return isLookUp(unwrap(left)) || isLookUp(unwrap(right))
  return expression.value === '=' && isName(left) !== isName(right)
}

function isName({ type, steps }: SyntaxNode): boolean {
  return type === 'path' && Array.isArray(steps) && steps.length > 0
}
