import type { CompiledContract } from '../evaluate/compiled.ts'
import type { Sample } from '../model/sample.ts'
import { STATUSES } from '../model/status.ts'
import type { Status, StatusChange } from '../model/status.ts'
import { count, gauge } from '../telemetry/samples.ts'
import { contractTags } from '../telemetry/tags.ts'
import type { Watch } from './watch.ts'

/** From good to bad, to choose between statuses that share a series. */
const WORST_LAST: readonly Status[] = ['ok', 'warming_up', 'unknown', 'not_applied', 'warning', 'breached']

/** The gauges of all that has a status. */
export function statusGauges(watches: readonly Watch[]): Sample[] {
  // Rules past the bound share a series, of which the last value holds: that of the rule that stands worst.
  const byStatus = Map.groupBy(
    watches.filter(({ isShown }) => isShown),
    ({ subject }) => subject.current,
  )
  return WORST_LAST.flatMap((status) => byStatus.get(status) ?? []).flatMap(gaugesOf)
}

/** How many changes of a contract there were, by what they changed to. */
export function changeCounts(
  contracts: readonly CompiledContract[],
  changes: readonly StatusChange[],
): Sample[] {
  const byContract = Map.groupBy(changes, ({ contract }) => contract)
  return contracts.flatMap(({ contract }) => {
    const byStatus = Map.groupBy(byContract.get(contract.id) ?? [], ({ status }) => status)
    const tags = contractTags(contract)
    return [...byStatus].map(([status, { length }]) =>
      count('dq.status.changes', { ...tags, status }, length),
    )
  })
}

function gaugesOf({ contract, subject, ruleTag }: Watch): Sample[] {
  const tags = contractTags(contract.contract)
  const { subject: named, status, measure } = subject.status()
  const value = STATUSES.indexOf(status)
  if (named.kind === 'rule') {
    return [
      gauge('dq.rule.status', { ...tags, rule: ruleTag ?? named.rule, severity: named.severity }, value),
    ]
  }
  const { promise } = named
  const left = measure.budgetLeft
  return [
    gauge('dq.promise.status', { ...tags, promise }, value),
    ...(left === undefined ? [] : [gauge('dq.promise.budget_left', { ...tags, promise }, left)]),
  ]
}
