import type { CompiledContract, CompiledTopic } from '../evaluate/compiled.ts'
import type { EventContext } from '../evaluate/context.ts'
import type { JudgedEvent } from '../model/judged-event.ts'
import type { Sample } from '../model/sample.ts'
import type { StatusChange, SubjectStatus } from '../model/status.ts'
import { ruleTags } from '../telemetry/tags.ts'
import type { RuleTags } from '../telemetry/tags.ts'
import { GrowthWindow } from './growth-window.ts'
import type { FreshTicks } from './fresh-ticks.ts'
import { FreshnessWatch } from './freshness-watch.ts'
import {
  FRESHNESS_COLUMNS,
  freshnessBound,
  PromiseWatch,
  VALIDITY_COLUMNS,
  validityBound,
} from './promise-watch.ts'
import type { PromiseTotals } from './promise-watch.ts'
import type { PromiseBound } from './promise-status.ts'
import { StreamChecks, streamRulesOf, topicTags } from './stream-checks.ts'
import { nameOf } from './subject.ts'
import type { RestoredStatus } from './restored-status.ts'
import { ResultCounts } from './result-counts.ts'
import { overOf, RuleWatch, watchedRules } from './rule-watch.ts'
import type { WatchedRule } from './rule-watch.ts'
import type { WindowFacts } from './rule-status.ts'
import { changeCounts, statusGauges } from './status-samples.ts'
import { VerdictCounts } from './verdict-counts.ts'
import type { StatusFacts, TopicFacts, Watch } from './watch.ts'

export type { TopicFacts } from './watch.ts'

export interface StreamOptions {
  /** Of the rules; all get their own unless given. */
  readonly tags?: RuleTags
  /** How often there is a tick. */
  readonly flushIntervalMs?: number
}

const USUAL_FLUSH_INTERVAL_MS = 10_000

/** What a judgement of all statuses came to. */
export interface StreamTick {
  /** To be announced, each once. */
  readonly changes: readonly StatusChange[]
  /** Gauges and counts, ready to send. */
  readonly samples: readonly Sample[]
}

/**
 * All that is judged of one topic over time: the statuses of its rules and promises. Events are counted as they are judged, which costs next
 * to nothing; all else is done at a tick, once for each flush. Time is what the callers say.
 */
export class TopicStream {
  readonly #contracts: readonly CompiledContract[]
  readonly #verdicts: VerdictCounts
  readonly #results: ResultCounts
  readonly #checks: StreamChecks
  readonly #watches: readonly Watch[]
  /** All that are moved with the arrival of events. */
  readonly #windows: readonly GrowthWindow[]
  /** Bounds of the time in which no window has to be moved. */
  #fromMs = Number.POSITIVE_INFINITY
  #untilMs = Number.NEGATIVE_INFINITY
  #startMs: number
  /** Since when all that arrived is in the windows. */
  #coveredSinceMs: number
  #isRebuilding = false

  /**
   * @param startMs since when all events are counted
   * @param restored what the process before had announced
   */
  constructor(
    { contracts }: CompiledTopic,
    startMs: number,
    restored: readonly RestoredStatus[] = [],
    { tags = ruleTags(contracts, Number.POSITIVE_INFINITY), flushIntervalMs }: StreamOptions = {},
  ) {
    this.#contracts = contracts
    this.#startMs = startMs
    this.#coveredSinceMs = startMs
    this.#verdicts = new VerdictCounts(contracts.reduce((sum, { rules }) => sum + rules.length, 0))
    this.#results = new ResultCounts(contracts.length)
    const find: Find = (contract, kind, name) =>
      restored.find(
        (status) => status.contract === contract.contract.id && status.kind === kind && status.name === name,
      )
    const rules = this.#watchRules(watchedRules(contracts, tags.byContract), startMs, find)
    this.#checks = this.#watchStream(tags, startMs, find, flushIntervalMs ?? USUAL_FLUSH_INTERVAL_MS)
    const promises = this.#watchPromises(startMs, find)
    const live = this.#checks.watches.filter(({ isShadow }) => !isShadow)
    // Promises of freshness look at what the rules of freshness have found just before.
    this.#watches = [...rules.watches, ...live, ...promises]
    this.#windows = [...rules.windows, ...promises.map(({ window }) => window)]
  }

  /** Counts a judged event. Allocates nothing. */
  countEvent(judged: JudgedEvent, event: unknown, context: EventContext, arrivalMs: number): void {
    if (arrivalMs < this.#fromMs || arrivalMs >= this.#untilMs) this.#moveTo(arrivalMs)
    this.#verdicts.count(judged)
    this.#results.count(judged)
    this.#checks.countEvent(event, context, arrivalMs)
  }

  /** Counts a record that no rule saw. */
  countRecord(result: 'undecodable' | 'tombstone', arrivalMs: number): void {
    if (arrivalMs < this.#fromMs || arrivalMs >= this.#untilMs) this.#moveTo(arrivalMs)
    this.#contracts.forEach(({ contract }, index) => {
      const isBad = result === 'tombstone' && contract.tombstones === 'fail'
      this.#results.countRecord(index, isBad ? 'fail' : result)
    })
  }

  /** From now on records of before the start are counted as well, as old as `fromMs`: until that is done, windows say nothing. */
  beginRebuild(fromMs: number): void {
    this.#isRebuilding = true
    this.#checks.beginRebuild(fromMs)
  }

  /** @param coveredSinceMs since when all that arrived has been counted; undefined if nothing was gained. */
  endRebuild(coveredSinceMs: number | undefined): void {
    this.#isRebuilding = false
    this.#checks.endRebuild(coveredSinceMs)
    if (coveredSinceMs !== undefined) this.#coveredSinceMs = Math.min(this.#coveredSinceMs, coveredSinceMs)
  }

  /** Judges how everything stands now. */
  tick(facts: TopicFacts): StreamTick {
    const { nowMs } = facts
    this.#advance(nowMs)
    const statusFacts: StatusFacts = {
      ...facts,
      window: (overMs) => this.#windowFacts(overMs, this.#coveredSinceMs, facts),
      tickWindow: (overMs) => this.#windowFacts(overMs, this.#startMs, facts),
    }
    const samples: Sample[] = []
    const changes: StatusChange[] = []
    for (const watch of this.#watches) {
      watch.subject.observe(watch.judge(statusFacts), nowMs)
      const change = watch.subject.announce(nowMs)
      if (change === undefined) continue
      changes.push(change)
      samples.push(changeCounts(watch, change))
    }
    for (const check of this.#checks.watches) if (check.isShadow) check.judge(statusFacts)
    const checked = this.#checks.drain(topicTags(this.#contracts))
    return { changes, samples: [...checked, ...samples, ...statusGauges(this.#watches)] }
  }

  /** How everything stands, as the last tick saw it. */
  statuses(): readonly SubjectStatus[] {
    return this.#watches.filter(({ isShown }) => isShown).map(({ subject }) => subject.status())
  }

  /** What the next process must know. */
  toRestore(): readonly RestoredStatus[] {
    return this.#watches.flatMap(({ subject }) => subject.toRestore() ?? [])
  }

  #watchRules(
    rules: readonly WatchedRule[],
    startMs: number,
    find: Find,
  ): { readonly watches: readonly RuleWatch[]; readonly windows: readonly GrowthWindow[] } {
    const groups = [...Map.groupBy(rules, overOf)].map(([overMs, members]) => {
      const places = members.map(({ place }) => place)
      return { members, window: new GrowthWindow(this.#verdicts, places, overMs) }
    })
    const watches = groups.flatMap(({ members, window }) =>
      members.map((watched, row) => {
        const restored = find(watched.contract, 'rule', watched.rule.id)
        return new RuleWatch(watched, this.#verdicts, window, row, startMs, restored)
      }),
    )
    return { watches, windows: groups.map(({ window }) => window) }
  }

  #watchPromises(startMs: number, find: Find): PromiseWatch[] {
    return this.#contracts.flatMap((contract, row) => {
      const { validity, freshness } = contract.contract.promises
      const ticks = freshness && this.#ticksOf(contract, freshness.rule)
      const watch = (name: 'validity' | 'freshness', bound: PromiseBound, counted: PromiseTotals) =>
        new PromiseWatch(contract, name, bound, counted, startMs, find(contract, 'promise', name))
      const results = { totals: this.#results, row, columns: VALIDITY_COLUMNS }
      const looks = ticks && { totals: ticks, row: 0, columns: FRESHNESS_COLUMNS }
      return [
        ...(validity === undefined ? [] : [watch('validity', validityBound(validity), results)]),
        ...(freshness && looks ? [watch('freshness', freshnessBound(freshness), looks)] : []),
      ]
    })
  }

  /** Undefined for a rule that is no part of promises. */
  #ticksOf(contract: CompiledContract, id: string): FreshTicks | undefined {
    const watch = this.#checks.watches.find(
      (each) => each.contract === contract && nameOf(each.subject.subject) === id,
    )
    return watch instanceof FreshnessWatch && !watch.isShadow ? watch.ticks : undefined
  }

  #watchStream({ ofStream }: RuleTags, startMs: number, find: Find, flushIntervalMs: number): StreamChecks {
    const rules = streamRulesOf(this.#contracts).map(({ contract, compiled, place }) => {
      const { id } = compiled.rule
      const tag = ofStream.get(contract)?.[place] ?? id
      return { contract, compiled, tag, startMs, restored: find(contract, 'rule', id) }
    })
    return new StreamChecks(rules, flushIntervalMs)
  }

  #moveTo(timeMs: number): void {
    this.#verdicts.settle()
    for (const window of this.#windows) {
      if (timeMs < window.fromMs || timeMs >= window.untilMs) window.moveTo(timeMs)
    }
    this.#findBounds()
  }

  #advance(nowMs: number): void {
    // A clock that went back: what was covered until now stays covered, in the new time.
    this.#startMs = Math.min(this.#startMs, nowMs)
    this.#coveredSinceMs = Math.min(this.#coveredSinceMs, nowMs)
    this.#verdicts.settle()
    for (const window of this.#windows) window.advance(nowMs)
    this.#findBounds()
  }

  #findBounds(): void {
    this.#fromMs = Math.max(Number.NEGATIVE_INFINITY, ...this.#windows.map(({ fromMs }) => fromMs))
    this.#untilMs = Math.min(Number.POSITIVE_INFINITY, ...this.#windows.map(({ untilMs }) => untilMs))
  }

  #windowFacts(overMs: number, sinceMs: number, { nowMs, isReachable, isBehind }: TopicFacts): WindowFacts {
    const isWhole = nowMs - sinceMs >= overMs
    const blind = isReachable ? (isBehind ? 'behind' : undefined) : 'unreachable'
    return { nowMs, isWhole, isRebuilding: this.#isRebuilding && !isWhole, blind }
  }
}

type Find = (
  contract: CompiledContract,
  kind: RestoredStatus['kind'],
  name: string,
) => RestoredStatus | undefined
