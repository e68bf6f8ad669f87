import type { Contract } from '../../model/contract.ts'
import { checkText } from '../../model/written-rule.ts'
import { meaningOf } from '../expression/compare-expressions.ts'
import type { Side } from '../side.ts'
import type { AnyRule } from './compare-rules.ts'

/** Two versions of one thing; one that came has no base, one that went has no head. */
export interface Pair<T> {
  readonly base: T | undefined
  readonly head: T | undefined
}

/** Pairs of one id; and of what is left over, those that are the same in everything else: they were renamed. */
export function pairContracts(base: Side, head: Side): readonly Pair<Contract>[] {
  const byId = pairBy(base.contracts, head.contracts, ({ id }) => id)
  const byFile = joinBy(byId, (contract, side) => (side === 'base' ? base : head).relativeFile(contract.file))
  return joinBy(
    byFile,
    (contract) =>
      `${contract.topic}: ${allRules(contract)
        .map(({ id }) => id)
        .toSorted()
        .join(' ')}`,
  )
}

/** The rules of a contract of both kinds; none of none. */
export function allRules(contract: Contract | undefined): readonly AnyRule[] {
  return contract ? [...contract.rules, ...contract.streamRules] : []
}

export function pairRules<R extends AnyRule>(base: readonly R[], head: readonly R[]): readonly Pair<R>[] {
  return joinBy(
    pairBy(base, head, ({ id }) => id),
    sameCheck,
  )
}

/** What a rule checks, as text by which two rules of different ids are the same one. */
function sameCheck(rule: AnyRule): string {
  const { check } = rule
  const condition = 'when' in rule && rule.when ? meaningOf(rule.when.text) : ''
  switch (check.kind) {
    case 'assert':
      return `${condition} assert ${meaningOf(check.expression.text)}`
    case 'schema':
      return `${condition} schema ${check.path.text}`
    case 'freshness':
    case 'volume':
      return checkText(check)
  }
}

/** In the order of the head; what is gone comes last. */
function pairBy<T>(base: readonly T[], head: readonly T[], keyOf: (item: T) => string): readonly Pair<T>[] {
  const before = new Map(base.map((item) => [keyOf(item), item]))
  const after = new Map(head.map((item) => [keyOf(item), item]))
  const kept = head.map((item): Pair<T> => ({ base: before.get(keyOf(item)), head: item }))
  const gone = base.filter((item) => !after.has(keyOf(item)))
  return [...kept, ...gone.map((item): Pair<T> => ({ base: item, head: undefined }))]
}

/** Joins what went and what came under one key, each once. */
function joinBy<T>(
  pairs: readonly Pair<T>[],
  keyOf: (item: T, side: 'base' | 'head') => string,
): readonly Pair<T>[] {
  const gone = new Map<string, T>()
  for (const { base, head } of pairs) if (base && !head) gone.set(keyOf(base, 'base'), base)
  const joined = new Set<T>()
  const found = pairs.map((pair): Pair<T> => {
    const partner = pair.head && !pair.base ? gone.get(keyOf(pair.head, 'head')) : undefined
    if (partner === undefined || joined.has(partner)) return pair
    joined.add(partner)
    return { base: partner, head: pair.head }
  })
  return found.filter(({ base, head }) => head !== undefined || base === undefined || !joined.has(base))
}
