import type { Contract } from '../model/contract.ts'
import type { ContractDifference, Detail, DifferenceKind, RuleDifference } from '../model/difference.ts'
import { combine } from './direction.ts'
import { compareHeads } from './rules/compare-heads.ts'
import { type AnyRule, compareRules } from './rules/compare-rules.ts'
import { allRules, type Pair, pairContracts, pairRules } from './rules/pairs.ts'
import type { Side } from './side.ts'

/** Which rule about single events of the head is which one of the base: to compare their verdicts. */
export interface RulePair {
  readonly base: { readonly contract: string; readonly rule: string } | undefined
  readonly head: { readonly contract: string; readonly rule: string } | undefined
}

export interface Comparison {
  readonly contracts: readonly ContractDifference[]
  readonly pairs: readonly RulePair[]
}

/** Compares two versions of the rules. Contracts without a difference are left out of `contracts`. */
export function compareRuleSets(base: Side, head: Side): Comparison {
  const pairs = pairContracts(base, head)
  const contracts = pairs.map((pair) => compareContracts(pair, base, head))
  return {
    contracts: contracts.filter(hasDifference).toSorted((a, b) => (a.contract < b.contract ? -1 : 1)),
    pairs: pairs.flatMap(rulePairs),
  }
}

function hasDifference({ kind, details, rules }: ContractDifference): boolean {
  return kind === 'added' || kind === 'removed' || details.length + rules.length > 0
}

function rulePairs({ base, head }: Pair<Contract>): readonly RulePair[] {
  return pairRules(base?.rules ?? [], head?.rules ?? []).map((rules) => ({
    base: base && rules.base && { contract: base.id, rule: rules.base.id },
    head: head && rules.head && { contract: head.id, rule: rules.head.id },
  }))
}

function compareContracts({ base, head }: Pair<Contract>, before: Side, after: Side): ContractDifference {
  const present = (head ?? base) as Contract
  const side = head ? after : before
  const details = base && head ? [...renaming(base.id, head.id), ...compareHeads(base, head)] : []
  const compared = pairRules(allRules(base), allRules(head)).flatMap((pair) =>
    compareRulePair(pair, base, head, before, after).map((difference) => ({ pair, difference })),
  )
  const rules = compared.map(({ difference }) => difference)
  return {
    contract: present.id,
    formerly: base && base.id !== present.id ? base.id : undefined,
    kind: kindOf(base, head, [
      ...details,
      ...compared.flatMap(({ pair, difference }) => (isTriedOut(pair) ? [] : consequences(difference))),
    ]),
    owner: present.owner,
    topic: present.topic,
    file: side.relativeFile(present.file),
    details,
    rules,
  }
}

function compareRulePair(
  pair: Pair<AnyRule>,
  base: Contract | undefined,
  head: Contract | undefined,
  before: Side,
  after: Side,
): RuleDifference[] {
  const rule = (pair.head ?? pair.base) as AnyRule
  const details =
    pair.base && pair.head && base && head
      ? [
          ...renaming(pair.base.id, pair.head.id),
          ...compareRules(
            { rule: pair.base, contract: base, side: before },
            { rule: pair.head, contract: head, side: after },
          ),
        ]
      : []
  if (pair.base && pair.head && details.length === 0) return []
  const { id, severity, description } = rule
  const formerly = pair.base && pair.base.id !== id ? pair.base.id : undefined
  return [{ rule: id, formerly, kind: kindOf(pair.base, pair.head, details), severity, description, details }]
}

function renaming(base: string, head: string): Detail[] {
  if (base === head) return []
  const text = `it was called \`${base}\`: its metrics, dashboards and monitors begin anew under \`${head}\``
  return [{ kind: 'renamed', text }]
}

function kindOf(base: unknown, head: unknown, details: readonly Detail[]): DifferenceKind {
  if (base === undefined) return 'added'
  if (head === undefined) return 'removed'
  const direction = combine(
    details.flatMap(({ kind }) => (kind === 'metadata' || kind === 'renamed' ? [] : [kind])),
  )
  if (direction !== 'same') return direction
  return details.some(({ kind }) => kind === 'renamed') ? 'renamed' : 'metadata'
}

/** A rule that decides about nothing, on either side. */
function isTriedOut({ base, head }: Pair<AnyRule>): boolean {
  return [base, head].every((rule) => rule === undefined || rule.mode === 'shadow')
}

/** What a rule's difference means for its contract: a new rule asks for more, one that is gone for less. */
function consequences({ kind, rule }: RuleDifference): Detail[] {
  if (kind === 'added') return [{ kind: 'tightened', text: rule }]
  if (kind === 'removed') return [{ kind: 'loosened', text: rule }]
  return kind === 'renamed' ? [] : [{ kind, text: rule }]
}
