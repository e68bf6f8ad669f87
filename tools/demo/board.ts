import { EVENT_RESULTS, VERDICTS, type EventResult, type VerdictKind } from '../../src/model/verdict.ts'
import type { StatsdLine } from '../statsd-receiver/parse-line.ts'

/** Verdicts of one rule. */
export interface RuleFigures extends Record<VerdictKind, number> {
  readonly contract: string
  readonly rule: string
}

/** Events of one contract, by result. */
export interface ContractFigures extends Record<EventResult, number> {
  readonly contract: string
  readonly topic: string
}

/** How late Assay is on one topic, and how silent its producer. Undefined is unknown. */
export interface TopicFigures {
  readonly topic: string
  readonly lagOffsets: number | undefined
  readonly lagSeconds: number | undefined
  readonly eventAgeSeconds: number | undefined
}

interface TopicGauges {
  /** By partition. */
  readonly lagOffsets: Map<string, number>
  readonly lagSeconds: Map<string, number>
  eventAgeSeconds: number | undefined
}

/** All that a receiver of the metrics knows. Nothing on it comes from inside the service. Rows keep the order in which they came. */
export class Board {
  readonly #rules = new Map<string, RuleFigures>()
  readonly #contracts = new Map<string, ContractFigures>()
  readonly #topics = new Map<string, TopicGauges>()
  readonly #rejected = new Map<string, number>()
  #highestLagOffsets = 0

  take({ name, tags, values }: StatsdLine): void {
    const value = values[0] ?? 0
    const { contract = '', topic = '', rule = '', result = '', partition = '', reason = '' } = tags
    if (name === 'dq.rule.evaluations') addTo(this.#rule(contract, rule), VERDICTS, result, value)
    if (name === 'dq.events') addTo(this.#contract(contract, topic), EVENT_RESULTS, result, value)
    if (name === 'dq.records.rejected') this.#rejected.set(reason, (this.#rejected.get(reason) ?? 0) + value)
    if (name === 'dq.consumer.lag_offsets') this.#topic(topic).lagOffsets.set(partition, value)
    if (name === 'dq.consumer.lag_seconds') this.#topic(topic).lagSeconds.set(partition, value)
    if (name === 'dq.topic.event_age') this.#topic(topic).eventAgeSeconds = value
    if (name === 'dq.consumer.lag_offsets') this.#noteLag()
  }

  get rules(): readonly RuleFigures[] {
    return [...this.#rules.values()]
  }

  get contracts(): readonly ContractFigures[] {
    return [...this.#contracts.values()]
  }

  get topics(): readonly TopicFigures[] {
    return Array.from(this.#topics, ([topic, gauges]) => ({
      topic,
      lagOffsets: gauges.lagOffsets.size > 0 ? sum(gauges.lagOffsets.values()) : undefined,
      lagSeconds: gauges.lagSeconds.size > 0 ? Math.max(...gauges.lagSeconds.values()) : undefined,
      eventAgeSeconds: gauges.eventAgeSeconds,
    }))
  }

  /** Undecodable records, by reason. */
  get rejected(): ReadonlyMap<string, number> {
    return this.#rejected
  }

  /** The most that all partitions together were behind. */
  get highestLagOffsets(): number {
    return this.#highestLagOffsets
  }

  /** Records that every contract of their topic has judged. */
  get judgedRecords(): number {
    const byTopic = Map.groupBy(this.#contracts.values(), ({ topic }) => topic)
    return sum(Array.from(byTopic.values(), (contracts) => Math.min(...contracts.map(judgedEvents))))
  }

  #noteLag(): void {
    const lagOffsets = sum(this.topics.map((topic) => topic.lagOffsets ?? 0))
    this.#highestLagOffsets = Math.max(this.#highestLagOffsets, lagOffsets)
  }

  #rule(contract: string, rule: string): RuleFigures {
    const create = () => ({ contract, rule, pass: 0, fail: 0, error: 0, skip: 0 })
    return getOrCreate(this.#rules, ruleKey({ contract, rule }), create)
  }

  #contract(contract: string, topic: string): ContractFigures {
    const create = () => ({
      contract,
      topic,
      pass: 0,
      warn: 0,
      fail: 0,
      error: 0,
      undecodable: 0,
      tombstone: 0,
    })
    return getOrCreate(this.#contracts, contract, create)
  }

  #topic(topic: string): TopicGauges {
    return getOrCreate(this.#topics, topic, createTopicGauges)
  }
}

/** Names a rule among all contracts. */
export function ruleKey({ contract, rule }: { readonly contract: string; readonly rule: string }): string {
  return `${contract} / ${rule}`
}

/** Events of a contract, whatever their result. */
export function judgedEvents(figures: ContractFigures): number {
  return sum(EVENT_RESULTS.map((result) => figures[result]))
}

export function sum(numbers: Iterable<number>): number {
  let total = 0
  for (const number of numbers) total += number
  return total
}

function createTopicGauges(): TopicGauges {
  return { lagOffsets: new Map(), lagSeconds: new Map(), eventAgeSeconds: undefined }
}

function addTo<Name extends string>(
  counts: Record<Name, number>,
  names: readonly Name[],
  name: string,
  value: number,
): void {
  const known = names.find((candidate) => candidate === name)
  if (known !== undefined) counts[known] += value
}

function getOrCreate<Value>(map: Map<string, Value>, key: string, create: () => Value): Value {
  const found = map.get(key)
  if (found !== undefined) return found
  const created = create()
  map.set(key, created)
  return created
}
