import {
  DIFFERENCE_KINDS,
  type DifferenceKind,
  type RulesDifference,
  type VerdictOrNone,
} from '../model/difference.ts'
import { EXIT_CODES, type ExitCode } from './exit-codes.ts'
import { exitCodeOf } from './problem-order.ts'

/** Differences that a pipeline may refuse. */
export const REFUSABLE = ['tightened', 'loosened', 'changed', 'any'] as const
export type Refusable = (typeof REFUSABLE)[number]

/** What else counts as a class: a new rule asks for more, one that is gone for less. */
const CLASS_OF: Partial<Record<DifferenceKind, Refusable>> = { added: 'tightened', removed: 'loosened' }

/** Problems on either side come first: then the comparison is not whole. */
export function differenceExitCode(
  { problems, contracts }: RulesDifference,
  refused: readonly Refusable[],
): ExitCode {
  const invalid = exitCodeOf(problems)
  if (invalid !== EXIT_CODES.fine) return invalid
  const isRefused = (kind: DifferenceKind | Refusable) => refused.some((one) => one === kind || one === 'any')
  const kinds = contracts.flatMap(({ details, rules }) => [...rules, ...details].map(({ kind }) => kind))
  const all = [...kinds, ...contracts.map(({ kind }) => kind).filter((kind) => kind in CLASS_OF)]
  return all.some((kind) => isRefused(CLASS_OF[kind] ?? kind)) ? EXIT_CODES.failed : EXIT_CODES.fine
}

/** Numbers of rules by what became of them, in one line. */
export function summariseDifference({ contracts, base, head, notCompared }: RulesDifference): string {
  const doubt = notCompared.length === 0 ? '' : `; not compared: ${notCompared.length}`
  if (contracts.length === 0) return `No differences between ${base} and ${head}${doubt}`
  const kinds = contracts.flatMap(({ rules }) => rules.map(({ kind }) => kind))
  const counts = DIFFERENCE_KINDS.flatMap((kind) => {
    const count = kinds.filter((one) => one === kind).length
    return count === 0 ? [] : `${count} ${kind === 'metadata' ? 'with other metadata' : kind}`
  })
  const named = contracts.length === 1 ? '1 contract differs' : `${contracts.length} contracts differ`
  return `${named}; rules: ${counts.length === 0 ? 'none' : counts.join(', ')}${doubt}`
}

/** What a verdict is called between an arrow: `none` is the absence of one. */
export function nameVerdict(verdict: VerdictOrNone): string {
  return verdict === 'none' ? '(none)' : verdict
}

/** The lines that are named of a change. */
export function nameLines(lines: readonly number[], count: number): string {
  const more = count > lines.length ? ' …' : ''
  return `${lines.length === 1 && more === '' ? 'line' : 'lines'} ${lines.join(', ')}${more}`
}
