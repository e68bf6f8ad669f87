import type { Contract, Mode, Rule, Tolerance } from '../../model/contract.ts'
import type { Detail, Direction } from '../../model/difference.ts'
import { flowText, shareText, spanText, writtenTolerance } from '../../model/written-rule.ts'
import { detail, moved } from '../wording.ts'
import { changed, compareLimits } from './compare-stream-checks.ts'

/** A rule about single events, with the contract whose promise stands for a tolerance that it does not have. */
interface Tolerating {
  readonly rule: Rule
  readonly contract: Contract
}

type Written = Tolerance | 'none' | undefined

/** What differs in how many events may fail before somebody is told. */
export function compareTolerances(base: Tolerating, head: Tolerating): Detail[] {
  const [before, after] = [base.rule.tolerance, head.rule.tolerance]
  if (typeof before === 'object' && typeof after === 'object') return compareShares(before, after)
  if (before === after) return []
  return detail(directionTo(base, head), `\`tolerance\` ${moved(textOf(before), textOf(after))}`)
}

function compareShares(base: Tolerance, head: Tolerance): Detail[] {
  return [
    ...compareLimits('`tolerance.warn`', base.warn, head.warn, 'most', shareText),
    ...compareLimits('`tolerance.fail`', base.fail, head.fail, 'most', shareText),
    // As many failures may be the most of a short time and few of a long one.
    ...changed('`tolerance.over`', spanText(base.overMs), spanText(head.overMs)),
    ...compareLimits('`tolerance.minimumEvents`', base.minimumEvents, head.minimumEvents, 'most', String),
  ]
}

/** From one kind of tolerance to another. Nothing asks for more than `none`, and nothing for less than only to be counted. */
function directionTo(base: Tolerating, head: Tolerating): Direction {
  if (head.rule.tolerance === 'none') return 'tightened'
  if (base.rule.tolerance === 'none') return 'loosened'
  if (isOnlyCounted(base)) return 'tightened'
  return isOnlyCounted(head) ? 'loosened' : 'changed'
}

function isOnlyCounted({ rule, contract }: Tolerating): boolean {
  const isPromised = contract.promises.validity !== undefined && rule.severity === 'error'
  return rule.tolerance === undefined && !isPromised
}

function textOf(tolerance: Written): string | undefined {
  return tolerance && flowText(writtenTolerance(tolerance))
}

/** A rule that is only tried out asks for nothing. */
export function compareModes(base: Mode, head: Mode): Detail[] {
  if (base === head) return []
  return head === 'shadow'
    ? detail('loosened', 'it is only tried out now (`mode: shadow`), and decides about nothing')
    : detail('tightened', 'it counts now (`mode: live`), it was only tried out before')
}
