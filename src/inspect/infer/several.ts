import type { SyntaxNode } from '../../expression/index.ts'
import { hasValue } from '../types/type.ts'
import type { Type } from '../types/type.ts'
import type { Side } from './never-equal.ts'
import { partsOf, unwrap } from './nodes.ts'
import type { Run } from './run.ts'

/** The items of a value that is a list only if there are several: the trap of JSONata's sequences. */
export function severalOf(type: Type): Type | undefined {
  return !type.isUnknown && type.lists?.isSequence === true ? type.lists.item() : undefined
}

/** Reports a comparison of a single value with one that may be several. False if there is nothing to say. */
export function reportSeveral(node: SyntaxNode, left: Side, right: Side, run: Run): boolean {
  const isLeft = severalOf(left.type) !== undefined
  const isRight = severalOf(right.type) !== undefined
  const isOrder = node.value !== '=' && node.value !== '!=' && node.value !== 'in'
  if (run.isQuiet || (!isLeft && !isRight)) return false
  // Two lists can be compared as wholes.
  if (isLeft && isRight && !isOrder) return false
  const [side, other] = isLeft ? [left, right] : [right, left]
  if (!isOrder && other.type.lists) return false
  if (!hasValue(other.type) && node.value !== 'in') return false
  const fate = isOrder
    ? 'a list has no order, so the event fails'
    : `a list ${node.value === '!=' ? 'always differs from' : 'never equals'} a single value`
  run.report(
    'ONE_OR_MANY',
    node,
    `\`${run.textOf(side.node)}\` is a single value for one item and a list for several: ${fate}`,
    hintFor(node, side, isLeft, run),
  )
  return true
}

/** That no item breaks the condition, in the way that works for any number of items. */
function hintFor(node: SyntaxNode, side: Side, isLeft: boolean, run: Run): string {
  const parts = lastStepOf(side.node, run)
  const rest = isLeft ? restAfter(node, side.node, run) : restBefore(node, side.node, run)
  if (!parts || rest === undefined)
    return 'Say which is meant: one item with [0], all of them with $count(list[$not(…)]) = 0.'
  const condition = isLeft ? `${parts.field} ${rest}` : `${rest} ${parts.field}`
  return `If it holds for every item: $count(${parts.list}[$not(${condition})]) = 0. For one of them, choose it: ${parts.list}[0].${parts.field}.`
}

function lastStepOf(node: SyntaxNode, run: Run): { list: string; field: string } | undefined {
  const steps = partsOf(unwrap(node), 'steps')
  const last = steps.at(-1)
  if (steps.length < 2 || last?.type !== 'name') return undefined
  const start = run.placeOf(unwrap(node)).offset
  const end = run.placeOf(last).offset
  return { list: run.source.slice(start, end).replace(/[\s.]+$/, ''), field: run.textOf(last) }
}

function restAfter(node: SyntaxNode, side: SyntaxNode, run: Run): string {
  const [whole, part] = [run.placeOf(node), run.placeOf(side)]
  return run.source.slice(part.offset + part.length, whole.offset + whole.length).trim()
}

function restBefore(node: SyntaxNode, side: SyntaxNode, run: Run): string {
  const [whole, part] = [run.placeOf(node), run.placeOf(side)]
  return run.source.slice(whole.offset, part.offset).trim()
}
