import type { DecodeLimits, FindSchema } from '../decode/decode.ts'
import type { CompiledTopic } from '../evaluate/compiled.ts'
import { EventJudge } from '../evaluate/event-judge.ts'
import { UNKNOWN_GROWTH } from '../lag/event-age.ts'
import type { TopicGrowth } from '../lag/event-age.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { RuleTags } from '../telemetry/tags.ts'
import { TopicTotals } from '../telemetry/totals.ts'
import { TopicJudge } from './judge-record.ts'
import { RuleGuard } from './rule-guard.ts'
import { SchemaNews } from './schema-news.ts'
import { ShadowSample } from './shadow-sample.ts'
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
  growth: TopicGrowth
}

/** Puts a topic to work: its rules in one judge, with somebody who looks after them. */
export function startTopic(
  compiled: CompiledTopic,
  { domain, limits, findSchema, tags, shadowSample, flushIntervalMs }: TopicSetting,
  clock: Clock,
  log: Log,
): TopicAtWork {
  const totals = new TopicTotals(compiled, domain, tags)
  const rules = new EventJudge(compiled.contracts)
  const guard = new RuleGuard(compiled, rules, clock, log)
  const shadow =
    shadowSample === undefined ? [] : [new ShadowSample(compiled, rules, shadowSample, totals, log)]
  const news = new SchemaNews(totals, log)
  const reading = { limits, findSchema, onSchema: news.observe.bind(news) }
  const watch = new TopicWatch(compiled, tags, flushIntervalMs, log)
  const monotonicMs = () => clock.monotonicMs()
  const live = new LiveTally(totals, watch)
  const judge = new TopicJudge(compiled, live, reading, monotonicMs, rules, [guard, ...shadow])
  const past = new HistoryTally(watch)
  const history = new TopicJudge(compiled, past, { limits, findSchema }, monotonicMs, rules, [guard])
  return { compiled, totals, judge, guard, watch, history, growth: UNKNOWN_GROWTH }
}
