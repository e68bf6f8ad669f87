import type { CompiledContract, CompiledTopic } from '../evaluate/compiled.ts'
import type { EventContext } from '../evaluate/context.ts'
import type { JudgedEvent } from '../model/judged-event.ts'
import type { Sample } from '../model/sample.ts'
import type { StatusChange, SubjectStatus } from '../model/status.ts'
import { ruleTags } from '../telemetry/tags.ts'
import type { RuleTags } from '../telemetry/tags.ts'
import type { GrowthWindow } from './growth-window.ts'
import type { PromiseWatch } from './promise-watch.ts'
import type { RestoredStatus } from './restored-status.ts'
import { ResultCounts } from './result-counts.ts'
import type { WindowFacts } from './rule-status.ts'
import { changeCounts, statusGauges } from './status-samples.ts'
import { topicTags } from './stream-checks.ts'
import type { StreamChecks } from './stream-checks.ts'
import { inheritRules, watchPromises, watchRules, watchStream } from './topic-watches.ts'
import type { RuleGroup } from './topic-watches.ts'
import { VerdictCounts } from './verdict-counts.ts'
import type { IsSameRule, StatusFacts, TopicFacts, Watch } from './watch.ts'

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
  readonly #groups: readonly RuleGroup[]
  readonly #checks: StreamChecks
  readonly #promises: readonly PromiseWatch[]
  readonly #watches: readonly Watch[]
  /** All that are moved with the arrival of events. */
  readonly #windows: readonly GrowthWindow[]
  /** Bounds of the time in which no window has to be moved. */
  #fromMs = Number.POSITIVE_INFINITY
  #untilMs = Number.NEGATIVE_INFINITY
  /** When this began, or where the clock went back to. */
  #startMs: number
  #isRebuilding = false

  /**
   * @param startMs since when all events are counted
   * @param restored what the process before had announced
   */
  constructor(
    { contracts }: CompiledTopic,
    startMs: number,
    restored: readonly RestoredStatus[] = [],
    {
      tags = ruleTags(contracts, Number.POSITIVE_INFINITY),
      flushIntervalMs = USUAL_FLUSH_INTERVAL_MS,
    }: StreamOptions = {},
  ) {
    this.#contracts = contracts
    this.#startMs = startMs
    this.#verdicts = new VerdictCounts(contracts.reduce((sum, { rules }) => sum + rules.length, 0))
    this.#results = new ResultCounts(contracts.length)
    const parts = {
      contracts,
      verdicts: this.#verdicts,
      results: this.#results,
      startMs,
      restored,
      tags,
      flushIntervalMs,
    }
    this.#groups = watchRules(parts)
    this.#checks = watchStream(parts)
    this.#promises = watchPromises(parts, this.#checks)
    const live = this.#checks.watches.filter(({ isShadow }) => !isShadow)
    // Promises of freshness look at what the rules of freshness have found just before.
    this.#watches = [...this.#groups.flatMap(({ watches }) => watches), ...live, ...this.#promises]
    this.#windows = [...this.#groups, ...this.#promises].map(({ window }) => window)
  }

  /** How far back the windows go, 0 if there are none. */
  get longestWindowMs(): number {
    return Math.max(this.#checks.longestMs, ...this.#windows.map(({ overMs }) => overMs))
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

  /**
   * Goes on where the stream of a rule set before was: rules that are the same keep their windows and statuses. For a stream that is new, and
   * was given what the other one restores.
   */
  inherit(before: TopicStream, isSame: IsSameRule): void {
    before.#verdicts.settle()
    inheritRules(this.#groups, before.#groups, isSame)
    this.#checks.inherit(before.#checks, isSame)
    for (const promise of this.#promises) {
      const other = before.#promises.find((each) => promise.isSameAs(each))
      if (other !== undefined) promise.inherit(other)
    }
    this.#isRebuilding = before.#isRebuilding
    this.#findBounds()
  }

  /** Windows of arrivals that had begun by then are not judged: when their events arrived can't be told. */
  distrust(untilMs: number): void {
    this.#checks.distrust(untilMs)
  }

  /** From now on records of before the start are counted as well, as old as `fromMs`: until that is done, windows say nothing. */
  beginRebuild(fromMs: number): void {
    this.#isRebuilding = true
    this.#checks.beginRebuild(fromMs)
  }

  /**
   * @param coveredSinceMs since when all that arrived has been counted; undefined if nothing was gained
   * @param bornMs when the first record arrived that the topic ever had, if that was counted: before, it was not silent but not there
   */
  endRebuild(coveredSinceMs: number | undefined, bornMs = -Infinity): void {
    this.#isRebuilding = false
    this.#checks.endRebuild(coveredSinceMs === undefined ? undefined : Math.max(coveredSinceMs, bornMs))
    if (coveredSinceMs === undefined) return
    for (const { watches } of this.#groups) for (const watch of watches) watch.cover(coveredSinceMs)
    for (const promise of this.#promises) promise.cover(coveredSinceMs)
  }

  /** Judges how everything stands now. */
  tick(facts: TopicFacts): StreamTick {
    const { nowMs } = facts
    this.#advance(nowMs)
    const statusFacts: StatusFacts = {
      ...facts,
      window: (overMs, sinceMs) => this.#windowFacts(overMs, sinceMs, facts),
    }
    const changes: StatusChange[] = []
    for (const watch of this.#watches) {
      watch.subject.observe(watch.judge(statusFacts), nowMs)
      const change = watch.subject.announce(nowMs)
      if (change !== undefined) changes.push(change)
    }
    for (const check of this.#checks.watches) if (check.isShadow) check.judge(statusFacts)
    const checked = this.#checks.drain(topicTags(this.#contracts))
    return {
      changes,
      samples: [...checked, ...changeCounts(this.#contracts, changes), ...statusGauges(this.#watches)],
    }
  }

  /** How everything stands, as the last tick saw it. */
  statuses(): readonly SubjectStatus[] {
    return this.#watches.filter(({ isShown }) => isShown).map(({ subject }) => subject.status())
  }

  /** What the next process must know. */
  toRestore(): readonly RestoredStatus[] {
    return this.#watches.flatMap(({ subject }) => subject.toRestore() ?? [])
  }

  #moveTo(timeMs: number): void {
    this.#verdicts.settle()
    for (const window of this.#windows) {
      if (timeMs < window.fromMs || timeMs >= window.untilMs) window.moveTo(timeMs)
    }
    this.#findBounds()
  }

  #advance(nowMs: number): void {
    // Where the clock went back, windows are filled anew from there.
    this.#startMs = Math.min(this.#startMs, nowMs)
    this.#verdicts.settle()
    for (const window of this.#windows) window.advance(nowMs)
    this.#findBounds()
  }

  #findBounds(): void {
    this.#fromMs = Math.max(Number.NEGATIVE_INFINITY, ...this.#windows.map(({ fromMs }) => fromMs))
    this.#untilMs = Math.min(Number.POSITIVE_INFINITY, ...this.#windows.map(({ untilMs }) => untilMs))
  }

  #windowFacts(overMs: number, sinceMs: number, { nowMs, isReachable, isBehind }: TopicFacts): WindowFacts {
    const isWhole = nowMs - Math.min(sinceMs, this.#startMs) >= overMs
    const blind = isReachable ? (isBehind ? 'behind' : undefined) : 'unreachable'
    return { nowMs, isWhole, isRebuilding: this.#isRebuilding && !isWhole, blind }
  }
}
