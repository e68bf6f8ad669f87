import jsonata from '#jsonata-sync'
import { type Node, childrenOf, pairsOf, part } from '../../../src/expression/analyse/node.ts'
import { allNodes } from '../../../src/expression/analyse/tree-facts.ts'
import type { CaseOutcome } from './outcome.ts'

/**
 * Why upstream's answer may differ from ours although neither is wrong; undefined for a difference that must not be.
 *
 * - *native*: an error of JavaScript, without a code. Upstream throws some where it writes onto a value that is no object, or fails to print
 *   a value into a message.
 * - *race*: parts of constructors and groups are evaluated side by side upstream. Which of several errors is reported, and what a part sees
 *   that another one binds or changes, depends on how many turns each of them takes.
 */
export function raceOf(
  source: string,
  ours: CaseOutcome,
  theirs: CaseOutcome,
): 'native' | 'race' | undefined {
  if (ours.code === 'native' || theirs.code === 'native') return 'native'
  const nodes = [...allNodes(jsonata(source).ast() as Node)]
  const parallel = nodes.filter(isParallel)
  if (parallel.length === 0) return undefined
  if (ours.code !== undefined && theirs.code !== undefined) return 'race'
  return parallel.some((node) => childrenOf(node).some(changesWhatOthersSee)) ? 'race' : undefined
}

function isParallel(node: Node): boolean {
  if (node.group !== undefined) return true
  if (node.type !== 'unary') return false
  return node.value === '{'
    ? pairsOf(node).length > 0
    : node.value === '[' && part(node.expressions).length > 1
}

function changesWhatOthersSee(root: Node): boolean {
  return [...allNodes(root)].some(
    ({ type, group, value }) =>
      type === 'bind' || type === 'transform' || group !== undefined || (type === 'unary' && value === '{'),
  )
}
