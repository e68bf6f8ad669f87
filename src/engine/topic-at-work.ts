import type { DecodeLimits, FindSchema } from '../decode/decode.ts'
import type { CompiledTopic } from '../evaluate/compiled.ts'
import { EventJudge } from '../evaluate/event-judge.ts'
import { UNKNOWN_GROWTH } from '../lag/event-age.ts'
import type { TopicGrowth } from '../lag/event-age.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import { ViolationSampler } from '../status/violation-sampler.ts'
import type { RuleTags } from '../telemetry/tags.ts'
import { TopicTotals } from '../telemetry/totals.ts'
import { TopicJudge } from './judge-record.ts'
import { RuleGuard } from './rule-guard.ts'
import { SchemaNews } from './schema-news.ts'
import { ShadowSample } from './shadow-sample.ts'
import type { StatusOptions } from './status-options.ts'
import { HistoryTally, LiveTally } from './stream-tally.ts'
import { TopicWatch } from './topic-watch.ts'

/** How the topics of a rule set are judged and counted. */
export interface TopicSetting {
  readonly domain: string
  readonly limits: DecodeLimits
  readonly findSchema: FindSchema
  readonly tags: RuleTags
  /** One event in so many is judged by the interpreter too; undefined for none. */
  readonly shadowSample: number | undefined
  /** How often statuses are judged. */
  readonly flushIntervalMs: number
  /** Undefined where nobody is shown anything. */
  readonly status?: Pick<StatusOptions, 'hash' | 'random'> | undefined
}

/** A topic of the rules, with what this process knows and counts of it. */
export interface TopicAtWork {
  readonly compiled: CompiledTopic
  readonly totals: TopicTotals
  readonly judge: TopicJudge
  readonly guard: RuleGuard
  readonly watch: TopicWatch
  /** Judges records that are read once more: they count for windows alone. */
  readonly history: TopicJudge
  readonly news: SchemaNews
  readonly shadow: ShadowSample | undefined
  readonly sampler: ViolationSampler | undefined
  growth: TopicGrowth
}

/** Puts a topic to work: its rules in one judge, with somebody who looks after them. */
export function startTopic(
  compiled: CompiledTopic,
  { domain, limits, findSchema, tags, shadowSample, flushIntervalMs, status }: TopicSetting,
  clock: Clock,
  log: Log,
): TopicAtWork {
  const totals = new TopicTotals(compiled, domain, tags)
  const rules = new EventJudge(compiled.contracts)
  const guard = new RuleGuard(compiled, rules, clock, log)
  const shadow =
    shadowSample === undefined ? undefined : new ShadowSample(compiled, rules, shadowSample, totals, log)
  const news = new SchemaNews(totals, log)
  const reading = { limits, findSchema, onSchema: news.observe.bind(news) }
  const watch = new TopicWatch(compiled, tags, flushIntervalMs, log)
  const monotonicMs = () => clock.monotonicMs()
  const sampler = status && new ViolationSampler(compiled, rules, status.hash, status.random)
  const watches = [guard, shadow, sampler].filter((each) => each !== undefined)
  const live = new LiveTally(totals, watch)
  const judge = new TopicJudge(compiled, live, reading, monotonicMs, rules, watches)
  const past = new HistoryTally(watch)
  const history = new TopicJudge(compiled, past, { limits, findSchema }, monotonicMs, rules, [guard])
  return { compiled, totals, judge, guard, watch, history, sampler, news, shadow, growth: UNKNOWN_GROWTH }
}

/** Lets a topic go on where its older rules stand: what is known of the topic, and of rules that say the same. */
export function carryOver(topic: TopicAtWork, older: TopicAtWork, nowMs: number): void {
  const same = sameRules(topic.compiled, older.compiled)
  topic.growth = older.growth
  topic.totals.carryOver(older.totals)
  topic.guard.carryOver(older.guard, same)
  topic.news.carryOver(older.news)
  topic.watch.carryOver(older.watch, nowMs)
  if (older.shadow !== undefined) topic.shadow?.carryOver(older.shadow, same)
}

/** For each rule that the older rules of the topic have too, in the same contract and with the same content: its place there. */
function sameRules(topic: CompiledTopic, older: CompiledTopic): ReadonlyMap<number, number> {
  const before = new Map(rulesOf(older).map((name, place) => [name, place]))
  return new Map(
    rulesOf(topic).flatMap((name, place) => {
      const known = before.get(name)
      return known === undefined ? [] : [[place, known] as const]
    }),
  )
}

function rulesOf({ contracts }: CompiledTopic): string[] {
  return contracts.flatMap(({ contract, rules }) => rules.map(({ content }) => `${contract.id} ${content}`))
}
