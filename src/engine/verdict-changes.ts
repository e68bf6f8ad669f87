import type { RulePair } from '../compare/compare-rule-sets.ts'
import { NO_REGISTRY, valueFormat } from '../decode/decode.ts'
import type { DecodeLimits } from '../decode/decode.ts'
import type { CompiledTopic } from '../evaluate/compiled.ts'
import type {
  RuleVerdictChanges,
  VerdictChange,
  VerdictDifference,
  VerdictOrNone,
} from '../model/difference.ts'
import type { KafkaRecord } from '../model/record.ts'
import { TopicJudge } from './judge-record.ts'
import { LastVerdicts } from './last-verdicts.ts'

/** Lines that are named of each kind of change. */
const NAMED_LINES = 5

interface Counted {
  count: number
  readonly lines: number[]
}

/** Judges a finite sample of events by two versions of the rules of a topic, as the service would, and counts verdicts that differ. */
export class VerdictChanges {
  readonly #topic: string
  readonly #pairs: readonly RulePair[]
  readonly #base: Judged
  readonly #head: Judged
  readonly #counts = new Map<RulePair, Map<string, Counted>>()
  #events = 0
  #changedEvents = 0

  /** A topic is undefined if that version of the rules does not watch it. */
  constructor(
    topic: string,
    base: CompiledTopic | undefined,
    head: CompiledTopic | undefined,
    pairs: readonly RulePair[],
    limits: DecodeLimits,
  ) {
    this.#topic = topic
    this.#base = new Judged(base, limits)
    this.#head = new Judged(head, limits)
    this.#pairs = pairs
  }

  /** Judges one record; its offset is its line − 1. */
  judge(record: KafkaRecord, nowMs: number): void {
    this.#base.judge(record, nowMs)
    this.#head.judge(record, nowMs)
    this.#events += 1
    const changed = this.#pairs.filter((pair) => this.#count(pair, record.offset + 1))
    if (changed.some(({ base, head }) => base && head)) this.#changedEvents += 1
  }

  result(): VerdictDifference {
    const rules = this.#pairs.flatMap((pair) => this.#ofPair(pair))
    return { topic: this.#topic, events: this.#events, changedEvents: this.#changedEvents, rules }
  }

  /** True if the verdicts of the pair differ. */
  #count(pair: RulePair, line: number): boolean {
    const from = this.#base.verdictOf(pair.base)
    const to = this.#head.verdictOf(pair.head)
    if (from === to) return false
    const counts = this.#counts.get(pair) ?? new Map<string, Counted>()
    this.#counts.set(pair, counts)
    const counted = counts.get(`${from} ${to}`) ?? { count: 0, lines: [] }
    counts.set(`${from} ${to}`, counted)
    counted.count += 1
    if (counted.lines.length < NAMED_LINES) counted.lines.push(line)
    return true
  }

  #ofPair(pair: RulePair): RuleVerdictChanges[] {
    const counts = this.#counts.get(pair)
    const named = pair.head ?? pair.base
    if (!counts || !named) return []
    const changes = [...counts].map(([key, counted]): VerdictChange => {
      const [from, to] = key.split(' ') as [VerdictOrNone, VerdictOrNone]
      return { from, to, ...counted }
    })
    return [{ ...named, changes: changes.toSorted((a, b) => b.count - a.count) }]
  }
}

/** One version of the rules, and what it made of the last record. */
class Judged {
  readonly #last: LastVerdicts | undefined
  readonly #judge: TopicJudge | undefined

  constructor(topic: CompiledTopic | undefined, limits: DecodeLimits) {
    if (topic === undefined) return
    this.#last = new LastVerdicts(topic)
    const sample = { ...topic, format: valueFormat(topic.format), keyFormat: 'string' } as const
    this.#judge = new TopicJudge(sample, this.#last, { limits, findSchema: NO_REGISTRY }, () => 0)
  }

  judge(record: KafkaRecord, nowMs: number): void {
    this.#judge?.judge(record, nowMs, false)
  }

  verdictOf(name: RulePair['base']): VerdictOrNone {
    return name === undefined ? 'none' : (this.#last?.of(name.contract, name.rule) ?? 'none')
  }
}
