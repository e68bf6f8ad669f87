import type { CompiledContract, CompiledTopic } from '../evaluate/compiled.ts'
import type { EventContext } from '../evaluate/context.ts'
import type { JudgedEvent } from '../model/judged-event.ts'
import type { Sample } from '../model/sample.ts'
import type { StatusChange, SubjectStatus } from '../model/status.ts'
import { ruleTags } from '../telemetry/tags.ts'
import type { RuleTags } from '../telemetry/tags.ts'
import { GrowthWindow } from './growth-window.ts'
import { PromiseWatch, VALIDITY_COLUMNS, validityBound } from './promise-watch.ts'
import type { RestoredStatus } from './restored-status.ts'
import { ResultCounts } from './result-counts.ts'
import { overOf, RuleWatch, watchedRules } from './rule-watch.ts'
import type { WatchedRule } from './rule-watch.ts'
import type { WindowFacts } from './rule-status.ts'
import { changeCounts, statusGauges } from './status-samples.ts'
import { VerdictCounts } from './verdict-counts.ts'
import type { StatusFacts, TopicFacts, Watch } from './watch.ts'

export type { TopicFacts } from './watch.ts'

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
  readonly #watches: readonly Watch[]
  /** All that are moved with the arrival of events. */
  readonly #windows: readonly GrowthWindow[]
  /** Bounds of the time in which no window has to be moved. */
  #fromMs = Number.POSITIVE_INFINITY
  #untilMs = Number.NEGATIVE_INFINITY
  /** Since when all that arrived is in the windows. */
  #coveredSinceMs: number
  #isRebuilding = false

  /**
   * @param startMs since when all events are counted
   * @param restored what the process before had announced
   * @param tags of the rules; all get their own unless given
   */
  constructor(
    { contracts }: CompiledTopic,
    startMs: number,
    restored: readonly RestoredStatus[] = [],
    tags: RuleTags = ruleTags(contracts, Number.POSITIVE_INFINITY),
  ) {
    this.#contracts = contracts
    this.#coveredSinceMs = startMs
    this.#verdicts = new VerdictCounts(contracts.reduce((sum, { rules }) => sum + rules.length, 0))
    this.#results = new ResultCounts(contracts.length)
    const find: Find = (contract, kind, name) =>
      restored.find(
        (status) => status.contract === contract.contract.id && status.kind === kind && status.name === name,
      )
    const rules = this.#watchRules(watchedRules(contracts, tags.byContract), startMs, find)
    const promises = this.#watchPromises(startMs, find)
    this.#watches = [...rules.watches, ...promises]
    this.#windows = [...rules.windows, ...promises.map(({ window }) => window)]
  }

  /** Counts a judged event. Allocates nothing. */
  countEvent(judged: JudgedEvent, _event: unknown, _context: EventContext, arrivalMs: number): void {
    if (arrivalMs < this.#fromMs || arrivalMs >= this.#untilMs) this.#moveTo(arrivalMs)
    this.#verdicts.count(judged)
    this.#results.count(judged)
  }

  /** Counts a record that no rule saw. */
  countRecord(result: 'undecodable' | 'tombstone', arrivalMs: number): void {
    if (arrivalMs < this.#fromMs || arrivalMs >= this.#untilMs) this.#moveTo(arrivalMs)
    this.#contracts.forEach(({ contract }, index) => {
      const isBad = result === 'tombstone' && contract.tombstones === 'fail'
      this.#results.countRecord(index, isBad ? 'fail' : result)
    })
  }

  /** From now on records of before the start are counted as well: until that is done, windows say nothing. */
  beginRebuild(): void {
    this.#isRebuilding = true
  }

  /** @param coveredSinceMs since when all that arrived has been counted; undefined if nothing was gained. */
  endRebuild(coveredSinceMs: number | undefined): void {
    this.#isRebuilding = false
    if (coveredSinceMs !== undefined) this.#coveredSinceMs = Math.min(this.#coveredSinceMs, coveredSinceMs)
  }

  /** Judges how everything stands now. */
  tick(facts: TopicFacts): StreamTick {
    const { nowMs } = facts
    this.#advance(nowMs)
    const statusFacts: StatusFacts = { ...facts, window: (overMs) => this.#windowFacts(overMs, facts) }
    const samples: Sample[] = []
    const changes: StatusChange[] = []
    for (const watch of this.#watches) {
      watch.subject.observe(watch.judge(statusFacts), nowMs)
      const change = watch.subject.announce(nowMs)
      if (change === undefined) continue
      changes.push(change)
      samples.push(changeCounts(watch, change))
    }
    return { changes, samples: [...samples, ...statusGauges(this.#watches)] }
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
      const { validity } = contract.contract.promises
      if (validity === undefined) return []
      const counted = { totals: this.#results, row, columns: VALIDITY_COLUMNS }
      const restored = find(contract, 'promise', 'validity')
      return [new PromiseWatch(contract, 'validity', validityBound(validity), counted, startMs, restored)]
    })
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
    this.#coveredSinceMs = Math.min(this.#coveredSinceMs, nowMs)
    this.#verdicts.settle()
    for (const window of this.#windows) window.advance(nowMs)
    this.#findBounds()
  }

  #findBounds(): void {
    this.#fromMs = Math.max(Number.NEGATIVE_INFINITY, ...this.#windows.map(({ fromMs }) => fromMs))
    this.#untilMs = Math.min(Number.POSITIVE_INFINITY, ...this.#windows.map(({ untilMs }) => untilMs))
  }

  #windowFacts(overMs: number, { nowMs, isReachable, isBehind }: TopicFacts): WindowFacts {
    const isWhole = nowMs - this.#coveredSinceMs >= overMs
    const blind = isReachable ? (isBehind ? 'behind' : undefined) : 'unreachable'
    return { nowMs, isWhole, isRebuilding: this.#isRebuilding && !isWhole, blind }
  }
}

type Find = (
  contract: CompiledContract,
  kind: RestoredStatus['kind'],
  name: string,
) => RestoredStatus | undefined
