import type { SyntaxNode } from '../expression/index.ts'
import { calledName, partOf, partsOf, unwrap } from './infer/nodes.ts'
import { partsBelow } from './infer/reads-data.ts'
import type { Run } from './infer/run.ts'

/** How a value changes while time goes on: it grows, it falls, in no known way, or not at all. */
type Trend = 'up' | 'down' | 'any' | 'none'

/** Functions that give more for more. */
const RISING: ReadonlySet<string | undefined> = new Set(
  'number floor ceil round toMillis fromMillis string substring substringBefore'.split(' '),
)

const OPPOSITE: Readonly<Record<Trend, Trend>> = { up: 'down', down: 'up', any: 'any', none: 'none' }

/**
 * Reports comparisons with the present that were true when the event came and are no longer in a replay. Those that only become true, such
 * as that an event is not from the future, give the same verdict later.
 */
export function reportReplay(tree: SyntaxNode, nodes: readonly SyntaxNode[], run: Run): void {
  if (nodes.some(isClock)) visit(tree, false, run)
}

function isClock(node: SyntaxNode): boolean {
  const name = calledName(node)
  return name === 'now' || name === 'millis'
}

/** @param isNegated an odd number of `$not` stands around the node */
function visit(node: SyntaxNode, isNegated: boolean, run: Run): void {
  const trend = trendOfTruth(node)
  if (trend !== 'none') {
    if ((isNegated ? OPPOSITE[trend] : trend) !== 'up') report(node, run)
    return
  }
  const turns = calledName(node) === 'not' ? !isNegated : isNegated
  for (const part of partsBelow(node)) visit(part, turns, run)
}

function report(node: SyntaxNode, run: Run): void {
  run.report(
    'NOT_REPLAYABLE',
    node,
    `\`${run.textOf(node)}\` depends on when the event is judged: a replay of history gives another verdict`,
    'Compare with the time of the record: $timestamp in place of $millis().',
  )
}

const COMPARISONS: ReadonlySet<unknown> = new Set(['<', '<=', '>', '>=', '=', '!=', 'in'])

/** Whether a comparison becomes true (up) or false (down) while time goes on. */
function trendOfTruth(node: SyntaxNode): Trend {
  const [left, right] = [partOf(node, 'lhs'), partOf(node, 'rhs')]
  if (!left || !right || !COMPARISONS.has(node.value)) return 'none'
  const [a, b] = [trendOf(left), trendOf(right)]
  switch (node.value) {
    case '<':
    case '<=':
      return sum(OPPOSITE[a], b)
    case '>':
    case '>=':
      return sum(a, OPPOSITE[b])
    default:
      return a === 'none' && b === 'none' ? 'none' : 'any'
  }
}

function trendOf(node: SyntaxNode): Trend {
  const inner = unwrap(node)
  const name = calledName(inner)
  if (isClock(inner)) return 'up'
  if (inner.type === 'binary') return trendOfOperation(inner)
  if (RISING.has(name)) return partsOf(inner, 'arguments').map(trendOf).reduce(sum, 'none')
  return partsBelow(inner).some((part) => trendOf(part) !== 'none') ? 'any' : 'none'
}

function trendOfOperation(node: SyntaxNode): Trend {
  const [left, right] = [partOf(node, 'lhs'), partOf(node, 'rhs')]
  if (!left || !right) return 'none'
  const [a, b] = [trendOf(left), trendOf(right)]
  if (node.value === '+') return sum(a, b)
  if (node.value === '-') return sum(a, OPPOSITE[b])
  const isScaled = (node.value === '*' || node.value === '/') && b === 'none' && isPositive(right)
  if (isScaled) return a
  return a === 'none' && b === 'none' ? 'none' : 'any'
}

function isPositive({ type, value }: SyntaxNode): boolean {
  return type === 'number' && typeof value === 'number' && value > 0
}

function sum(a: Trend, b: Trend): Trend {
  if (a === 'none') return b
  return b === 'none' || a === b ? a : 'any'
}
