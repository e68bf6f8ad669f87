import type { CompiledTopic } from '../evaluate/compiled.ts'
import type { Sample } from '../model/sample.ts'
import { normaliseTagValue } from '../model/tag.ts'
import type { Clock } from '../ports/clock.ts'
import type { Sink } from '../ports/sink.ts'
import type { Source } from '../ports/source.ts'
import { gauge } from '../telemetry/samples.ts'
import type { DomainTotals } from './domain-totals.ts'
import type { Outboxes } from './outboxes.ts'
import { toRuleNotice } from './rule-notice.ts'
import type { RuleChanges } from './rule-notice.ts'
import type { RulesAtWork } from './rules-at-work.ts'
import type { Streams } from './streams.ts'

/** A rule set that is checked and ready to run. */
export interface RunnableRules {
  readonly topics: readonly CompiledTopic[]
  /** Short, and the same wherever the same rules are. */
  readonly hash: string
}

/** Why what is in the rule files does not run. */
export interface StaleRules {
  readonly sinceMs: number
  readonly problems: number
  /** The first of them, in one line. */
  readonly first: string
}

/** What replacing rules has to do with. */
export interface RuleSwapParts {
  readonly rules: RulesAtWork
  readonly source: Pick<Source, 'subscribe'>
  readonly sinks: readonly Sink[]
  readonly streams: Streams | undefined
  readonly totals: DomainTotals
  readonly notices: Outboxes
  /** Whether this member tells what is true of the whole group. */
  readonly isLeader: () => boolean
  readonly clock: Clock
}

/** Whoever replaces rules writes its log line at once. */
const LOG_ANNOUNCER = 'log'

/** Replaces the rules while they judge, and says which ones judge. */
export class RuleSwap {
  readonly #parts: RuleSwapParts
  readonly #domain: string
  #hash: string | undefined
  #loadedMs: number
  #isWatched = false
  #stale: StaleRules | undefined

  constructor(parts: RuleSwapParts, domain: string) {
    this.#parts = parts
    this.#domain = domain
    this.#loadedMs = parts.clock.nowMs()
    parts.totals.reloads.ok++
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
    const { rules, source, sinks, streams, totals, clock } = this.#parts
    const before = rules.compiled
    streams?.giveUp(rules.replace(topics))
    for (const sink of sinks) sink.begin?.(rules.zeros())
    const changes = changesBetween(before, topics)
    this.#tell(changes, hash)
    this.#hash = hash
    this.#loadedMs = clock.nowMs()
    this.#stale = undefined
    totals.reloads.ok++
    if (namesOf(before) !== namesOf(topics)) source.subscribe(topics.map(({ topic }) => topic))
    return changes
  }

  /** Notes that the rule files can't be used: what judged before goes on. */
  refuse(problems: number, first: string): void {
    this.#parts.totals.reloads.error++
    this.#stale = { sinceMs: this.#stale?.sinceMs ?? this.#parts.clock.nowMs(), problems, first }
  }

  /** Notes that the rule files are what runs already. */
  confirm(): void {
    if (this.#stale !== undefined) this.#parts.totals.reloads.ok++
    this.#stale = undefined
  }

  get hash(): string | undefined {
    return this.#hash
  }

  get loadedMs(): number {
    return this.#loadedMs
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
      contracts: this.#parts.rules.compiled.reduce((sum, { contracts }) => sum + contracts.length, 0),
      state: sinceMs === undefined ? 'ok' : `stale since ${timeOf(sinceMs)}`,
      problems,
      firstProblem: first,
    }
  }

  gauges(): Sample[] {
    const value = this.#stale === undefined ? 0 : 1
    return this.#isWatched
      ? [gauge('dq.rules.stale', { domain: normaliseTagValue(this.#domain) }, value)]
      : []
  }

  /** Lets the sinks forget the series of rules that are gone, after a flush that sent the last counts of these. */
  forgetRetired(): void {
    const isCurrent = this.#parts.rules.takeRemaining()
    if (isCurrent === undefined) return
    for (const sink of this.#parts.sinks) sink.keepOnly?.(isCurrent)
  }

  #tell(changes: RuleChanges, hash: string): void {
    const { notices, isLeader, clock } = this.#parts
    if (!isLeader()) return
    const notice = toRuleNotice(this.#domain, this.#hash ?? 'unknown', hash, changes)
    notices.put([notice], clock.nowMs(), LOG_ANNOUNCER)
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
