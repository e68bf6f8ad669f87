import type { CompiledContract } from '../evaluate/compiled.ts'
import type { RuleTags } from '../telemetry/tags.ts'
import type { FreshTicks } from './fresh-ticks.ts'
import { FreshnessWatch } from './freshness-watch.ts'
import { GrowthWindow } from './growth-window.ts'
import type { PromiseBound } from './promise-status.ts'
import {
  FRESHNESS_COLUMNS,
  freshnessBound,
  PromiseWatch,
  VALIDITY_COLUMNS,
  validityBound,
} from './promise-watch.ts'
import type { PromiseTotals } from './promise-watch.ts'
import type { RestoredStatus } from './restored-status.ts'
import type { ResultCounts } from './result-counts.ts'
import { overOf, RuleWatch, watchedRules } from './rule-watch.ts'
import { StreamChecks, streamRulesOf } from './stream-checks.ts'
import { nameOf } from './subject.ts'
import type { VerdictCounts } from './verdict-counts.ts'
import type { IsSameRule } from './watch.ts'

/** What it takes to watch the rules and promises of a topic. */
export interface WatchParts {
  readonly contracts: readonly CompiledContract[]
  readonly verdicts: VerdictCounts
  readonly results: ResultCounts
  readonly startMs: number
  readonly restored: readonly RestoredStatus[]
  readonly tags: RuleTags
  readonly flushIntervalMs: number
}

/** Rules about single events, by what they share: a window. */
export interface RuleGroup {
  readonly window: GrowthWindow
  readonly watches: readonly RuleWatch[]
}

/** Watches the rules about single events. Those with windows of one length share them. */
export function watchRules({ contracts, verdicts, startMs, restored, tags }: WatchParts): RuleGroup[] {
  const rules = watchedRules(contracts, tags.byContract)
  return [...Map.groupBy(rules, overOf)].map(([overMs, members]) => {
    const places = members.map(({ place }) => place)
    const window = new GrowthWindow(verdicts, places, overMs)
    const watches = members.map((watched, row) => {
      const before = find(restored, watched.contract, 'rule', watched.compiled.rule.id)
      return new RuleWatch(watched, verdicts, window, row, startMs, before)
    })
    return { window, watches }
  })
}

/** Lets rules go on where those of a rule set before were that are the same, and have the same bound. */
export function inheritRules(
  groups: readonly RuleGroup[],
  before: readonly RuleGroup[],
  isSame: IsSameRule,
): void {
  for (const { window, watches } of groups) {
    const other = before.find((group) => group.window.overMs === window.overMs)
    if (other === undefined) continue
    const rows = watches.flatMap((watch, row) => {
      const rowBefore = other.watches.findIndex((each) => watch.isSameAs(each, isSame))
      return rowBefore < 0 ? [] : [[row, rowBefore] as const]
    })
    window.inherit(other.window, rows)
    for (const [row, rowBefore] of rows) watches[row]?.inherit(other.watches[rowBefore] as RuleWatch)
  }
}

/** Watches the rules over the stream, those in the shadow too. */
export function watchStream({
  contracts,
  startMs,
  restored,
  tags,
  flushIntervalMs,
}: WatchParts): StreamChecks {
  const rules = streamRulesOf(contracts).map(({ contract, compiled, place }) => {
    const { id } = compiled.rule
    const tag = tags.ofStream.get(contract)?.[place] ?? id
    return { contract, compiled, tag, startMs, restored: find(restored, contract, 'rule', id) }
  })
  return new StreamChecks(rules, flushIntervalMs)
}

/** Watches the promises. That of freshness is made of what the rule found that it names. */
export function watchPromises(
  { contracts, results, startMs, restored }: WatchParts,
  checks: StreamChecks,
): PromiseWatch[] {
  return contracts.flatMap((contract, row) => {
    const { validity, freshness } = contract.contract.promises
    const ticks = freshness && ticksOf(checks, contract, freshness.rule)
    const watch = (
      name: 'validity' | 'freshness',
      bound: PromiseBound,
      totals: PromiseTotals,
    ): PromiseWatch =>
      new PromiseWatch(contract, name, bound, totals, startMs, find(restored, contract, 'promise', name))
    const events = { totals: results, row, columns: VALIDITY_COLUMNS }
    const looks = ticks && { totals: ticks, row: 0, columns: FRESHNESS_COLUMNS }
    return [
      ...(validity ? [watch('validity', validityBound(validity), events)] : []),
      ...(freshness && looks ? [watch('freshness', freshnessBound(freshness), looks)] : []),
    ]
  })
}

/** Undefined for a rule that is no part of promises. */
function ticksOf({ watches }: StreamChecks, contract: CompiledContract, id: string): FreshTicks | undefined {
  const watch = watches.find((each) => each.contract === contract && nameOf(each.subject.subject) === id)
  return watch instanceof FreshnessWatch && !watch.isShadow ? watch.ticks : undefined
}

function find(
  restored: readonly RestoredStatus[],
  { contract }: CompiledContract,
  kind: RestoredStatus['kind'],
  name: string,
): RestoredStatus | undefined {
  return restored.find(
    (status) => status.contract === contract.id && status.kind === kind && status.name === name,
  )
}
