import type { CompiledTopic } from '../evaluate/compiled.ts'
import type { Sample } from '../model/sample.ts'
import { normaliseTagValue } from '../model/tag.ts'
import type { Clock } from '../ports/clock.ts'
import type { Sink } from '../ports/sink.ts'
import type { Source } from '../ports/source.ts'
import { gauge } from '../telemetry/samples.ts'
import type { DomainTotals } from './domain-totals.ts'
import type { RulesAtWork } from './rules-at-work.ts'
import type { Streams } from './streams.ts'

/** A rule set that is checked and ready to run. */
export interface RunnableRules {
  readonly topics: readonly CompiledTopic[]
  /** Short, and the same wherever the same rules are. */
  readonly hash: string
}

/** Ids of contracts that one rule set has and another has not, or otherwise. */
export interface RuleChanges {
  readonly added: readonly string[]
  readonly changed: readonly string[]
  readonly removed: readonly string[]
}

/** Why what is in the rule files does not run. */
export interface StaleRules {
  readonly sinceMs: number
  readonly problems: number
  /** The first of them, in one line. */
  readonly first: string
}

/** Replaces the rules while they judge, and says which ones judge. */
export class RuleSwap {
  readonly #rules: RulesAtWork
  readonly #source: Pick<Source, 'subscribe'>
  readonly #sinks: readonly Sink[]
  readonly #streams: Streams | undefined
  readonly #totals: DomainTotals
  readonly #clock: Clock
  readonly #domain: string
  #hash: string | undefined
  #loadedMs: number
  #isWatched = false
  #stale: StaleRules | undefined

  constructor(
    rules: RulesAtWork,
    source: Pick<Source, 'subscribe'>,
    sinks: readonly Sink[],
    streams: Streams | undefined,
    totals: DomainTotals,
    clock: Clock,
    domain: string,
  ) {
    this.#rules = rules
    this.#source = source
    this.#sinks = sinks
    this.#streams = streams
    this.#totals = totals
    this.#clock = clock
    this.#domain = normaliseTagValue(domain)
    this.#loadedMs = clock.nowMs()
    totals.reloads.ok++
  }

  /** Names the rules that the engine began with. Whether they are those of the files is known only if those are `watched`. */
  begin(hash: string, watched: boolean): void {
    this.#hash = hash
    this.#isWatched = watched
  }

  /**
   * Judges by these rules from the next event on. Synchronous: no event is judged twice, by both or by none, and no flush comes between.
   * Where the topics are others than before, the source flushes, commits and joins its group anew.
   */
  replace({ topics, hash }: RunnableRules): RuleChanges {
    const before = this.#rules.compiled
    this.#streams?.giveUp(this.#rules.replace(topics))
    this.#hash = hash
    this.#loadedMs = this.#clock.nowMs()
    this.#stale = undefined
    this.#totals.reloads.ok++
    if (namesOf(before) !== namesOf(topics)) this.#source.subscribe(topics.map(({ topic }) => topic))
    return changesBetween(before, topics)
  }

  /** Notes that the rule files can't be used: what judged before goes on. */
  refuse(problems: number, first: string): void {
    this.#totals.reloads.error++
    this.#stale = { sinceMs: this.#stale?.sinceMs ?? this.#clock.nowMs(), problems, first }
  }

  /** Notes that the rule files are what runs already. */
  confirm(): void {
    if (this.#stale !== undefined) this.#totals.reloads.ok++
    this.#stale = undefined
  }

  get hash(): string | undefined {
    return this.#hash
  }

  get stale(): StaleRules | undefined {
    return this.#stale
  }

  /** Which rules judge, and whether they are those of the files: for people, as a part of what `/healthz` says. */
  describe(): Readonly<Record<string, unknown>> {
    const { sinceMs, problems, first } = this.#stale ?? {}
    return {
      hash: this.#hash,
      loadedAt: timeOf(this.#loadedMs),
      contracts: this.#rules.compiled.reduce((sum, { contracts }) => sum + contracts.length, 0),
      state: sinceMs === undefined ? 'ok' : `stale since ${timeOf(sinceMs)}`,
      problems,
      firstProblem: first,
    }
  }

  gauges(): Sample[] {
    const value = this.#stale === undefined ? 0 : 1
    return this.#isWatched ? [gauge('dq.rules.stale', { domain: this.#domain }, value)] : []
  }

  /** Lets the sinks forget the series of rules that are gone, after a flush that sent the last counts of these. */
  forgetRetired(): void {
    const isCurrent = this.#rules.takeRemaining()
    if (isCurrent === undefined) return
    for (const sink of this.#sinks) sink.keepOnly?.(isCurrent)
  }
}

function namesOf(topics: readonly CompiledTopic[]): string {
  return JSON.stringify(topics.map(({ topic }) => topic).toSorted())
}

function changesBetween(before: readonly CompiledTopic[], after: readonly CompiledTopic[]): RuleChanges {
  const [older, newer] = [contentsOf(before), contentsOf(after)]
  const kept = [...newer.keys()].filter((id) => older.has(id))
  return {
    added: [...newer.keys()].filter((id) => !older.has(id)),
    changed: kept.filter((id) => older.get(id) !== newer.get(id)),
    removed: [...older.keys()].filter((id) => !newer.has(id)),
  }
}

function contentsOf(topics: readonly CompiledTopic[]): ReadonlyMap<string, string> {
  const contracts = topics.flatMap((topic) => topic.contracts)
  return new Map(contracts.map(({ contract, content }) => [contract.id, content]))
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString()
}
