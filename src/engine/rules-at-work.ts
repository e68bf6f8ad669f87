import type { CompiledContract, CompiledTopic } from '../evaluate/compiled.ts'
import type { Sample } from '../model/sample.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import { currentSeries } from '../telemetry/current-series.ts'
import type { IsCurrent } from '../telemetry/current-series.ts'
import { mergeSamples } from '../telemetry/merge.ts'
import { ruleTags } from '../telemetry/tags.ts'
import type { RuleTags } from '../telemetry/tags.ts'
import { carryOver, startTopic } from './topic-at-work.ts'
import type { TopicAtWork, TopicSetting } from './topic-at-work.ts'

/** How rules are judged and counted. */
export interface RulesSetting extends Omit<TopicSetting, 'tags'> {
  /** Bound on series of rules; what is beyond shares `rule:other`. */
  readonly maxSeries: number
}

/**
 * The rules that judge now, by topic. They are replaced whole and at once, and only while no event is being judged: what was counted
 * before goes with the next flush under the names of the rules that counted it.
 */
export class RulesAtWork {
  topics: ReadonlyMap<string, TopicAtWork> = new Map()
  tags: RuleTags
  readonly #setting: RulesSetting
  readonly #isAssigned: (topic: string) => boolean
  readonly #clock: Clock
  readonly #log: Log
  /** What rules counted that are at work no more. */
  #retired: readonly Sample[] = []
  #hasRetired = false
  /** Set once the last counts of retired rules are on their way. */
  #hasParted = false

  /** @param isAssigned whether partitions of a topic are assigned here */
  constructor(
    topics: readonly CompiledTopic[],
    setting: RulesSetting,
    isAssigned: (topic: string) => boolean,
    clock: Clock,
    log: Log,
  ) {
    this.#setting = setting
    this.#isAssigned = isAssigned
    this.#clock = clock
    this.#log = log
    this.tags = ruleTags(contractsOf(topics), setting.maxSeries)
    this.topics = this.#start(topics, this.tags)
  }

  get compiled(): readonly CompiledTopic[] {
    return [...this.topics.values()].map(({ compiled }) => compiled)
  }

  /**
   * Judges by other rules from the next event on. Topics whose rules say the same are not touched.
   *
   * @returns what is at work no more
   */
  replace(topics: readonly CompiledTopic[]): readonly TopicAtWork[] {
    const older = this.topics
    const next = topics.map((topic) => {
      const known = older.get(topic.topic)?.compiled
      return known !== undefined && saySame(known, topic) ? known : topic
    })
    const tags = ruleTags(contractsOf(next), this.#setting.maxSeries)
    const isKept = (topic: CompiledTopic) =>
      older.get(topic.topic)?.compiled === topic &&
      topic.contracts.every((contract) => tagsOf(contract, tags) === tagsOf(contract, this.tags))
    const kept = new Set(next.filter(isKept).map(({ topic }) => topic))
    const retired = [...older.values()].filter(({ compiled }) => !kept.has(compiled.topic))
    // Whatever could fail comes before the first change.
    const started = this.#start(next, tags, older, kept)
    this.#retire(retired)
    this.tags = tags
    this.topics = started
    return retired
  }

  /** Every series that counts of the topics that are assigned here may come to, at 0. */
  zeros(): Sample[] {
    return [...this.topics].flatMap(([topic, { totals }]) => (this.#isAssigned(topic) ? totals.zeros() : []))
  }

  /** What was counted since the last time, of the topics that are assigned here or were until now. */
  drain(): Sample[] {
    const samples = [...this.topics].flatMap(([topic, { totals }]) => totals.drain(this.#isAssigned(topic)))
    const retired = this.#retired
    this.#retired = []
    this.#hasParted ||= this.#hasRetired
    this.#hasRetired = false
    return [...retired, ...samples]
  }

  /** Which series there are still, once after rules have been replaced and their last counts were drained. */
  takeRemaining(): IsCurrent | undefined {
    if (!this.#hasParted) return undefined
    this.#hasParted = false
    return currentSeries(this.compiled)
  }

  #start(
    topics: readonly CompiledTopic[],
    tags: RuleTags,
    older: ReadonlyMap<string, TopicAtWork> = new Map(),
    kept: ReadonlySet<string> = new Set(),
  ): ReadonlyMap<string, TopicAtWork> {
    const setting = { ...this.#setting, tags }
    return new Map(
      topics.map((topic) => {
        const before = older.get(topic.topic)
        if (before !== undefined && kept.has(topic.topic)) return [topic.topic, before]
        const started = startTopic(topic, setting, this.#clock, this.#log)
        if (before !== undefined) carryOver(started, before, this.#clock.nowMs())
        return [topic.topic, started]
      }),
    )
  }

  #retire(topics: readonly TopicAtWork[]): void {
    this.#hasRetired = true
    for (const { compiled, totals } of topics) {
      this.#retired = mergeSamples(this.#retired, totals.drain(this.#isAssigned(compiled.topic)))
    }
  }
}

function tagsOf(contract: CompiledContract, { byContract, ofStream }: RuleTags): string {
  return JSON.stringify([byContract.get(contract), ofStream.get(contract)])
}

function contractsOf(topics: readonly CompiledTopic[]): CompiledContract[] {
  return topics.flatMap(({ contracts }) => contracts)
}

function saySame(a: CompiledTopic, b: CompiledTopic): boolean {
  return (
    a.contracts.length === b.contracts.length &&
    a.contracts.every(({ content }, index) => content === b.contracts[index]?.content)
  )
}
