import type { CompiledTopic } from '../evaluate/compiled.ts'
import { eventAgeSeconds } from '../lag/event-age.ts'
import type { TopicGrowth } from '../lag/event-age.ts'
import { judgeLag } from '../lag/lag.ts'
import type { Sample } from '../model/sample.ts'
import { normaliseTagValue } from '../model/tag.ts'
import type { TopicFault } from '../ports/source.ts'
import { count, gauge } from '../telemetry/samples.ts'
import { contractTags } from '../telemetry/tags.ts'
import type { RuleTags } from '../telemetry/tags.ts'
import type { PartitionState } from './partitions.ts'
import type { SchemaDesk } from './schema-desk.ts'
import type { SuspendableRule } from './rule-guard.ts'

/** A partition as it stood before its end was asked for. */
export interface PartitionReading {
  readonly state: PartitionState
  readonly position: number
  readonly end: number | undefined
}

/** Lag by partition. What is unknown is not sent: a gauge that is absent says so, a 0 would lie. */
export function lagGauges(
  readings: readonly PartitionReading[],
  domain: string,
  group: string,
  nowMs: number,
): Sample[] {
  return readings.flatMap(({ state, position, end }) => {
    const { lastJudgedMs, lastZeroMs, assignedMs } = state
    const lag = judgeLag({ position, end, lastJudgedMs, lastZeroMs, assignedMs, nowMs })
    const tags = {
      domain: normaliseTagValue(domain),
      topic: normaliseTagValue(state.topic),
      consumer_group: normaliseTagValue(group),
      partition: String(state.partition),
    }
    return [
      ...(lag.offsets === undefined ? [] : [gauge('dq.consumer.lag_offsets', tags, lag.offsets)]),
      ...(lag.seconds === undefined ? [] : [gauge('dq.consumer.lag_seconds', tags, lag.seconds)]),
    ]
  })
}

/**
 * The age of a topic's newest event, once for each contract that watches it. Without an answer from the brokers it is unknown: the topic
 * may have grown since.
 */
export function ageGauges(
  { contracts }: CompiledTopic,
  growth: TopicGrowth,
  readings: readonly PartitionReading[],
  nowMs: number,
): Sample[] {
  const seconds = readings.some(({ end }) => end !== undefined) ? eventAgeSeconds(growth, nowMs) : undefined
  if (seconds === undefined) return []
  return contracts.map(({ contract }) => gauge('dq.topic.event_age', contractTags(contract), seconds))
}

/** One beat for each contract whose partitions are here and either moved since the last flush or have nothing left to judge. */
export function heartbeats({ contracts }: CompiledTopic, readings: readonly PartitionReading[]): Sample[] {
  const isAlive =
    readings.length > 0 &&
    (readings.some(({ state }) => state.movedSinceFlush) ||
      readings.every(({ state, end }) => end !== undefined && state.position >= end))
  return isAlive ? contracts.map(({ contract }) => count('dq.heartbeat', contractTags(contract), 1)) : []
}

/** Which rules are left out, of those that ever were. */
export function suspensionGauges(rules: readonly SuspendableRule[], tags: RuleTags): Sample[] {
  // Rules past the bound share a series, of which the last value holds: that of a rule that is left out.
  return rules
    .toSorted((a, b) => suspensionOf(a) - suspensionOf(b))
    .map((suspendable) => {
      const { contract, place } = suspendable
      const rule = tags.byContract.get(contract)?.[place] ?? 'other'
      return gauge(
        'dq.rules.suspended',
        { ...contractTags(contract.contract), rule },
        suspensionOf(suspendable),
      )
    })
}

function suspensionOf({ suspendedUntilMs }: SuspendableRule): number {
  return suspendedUntilMs === undefined ? 0 : 1
}

/** Facts about the whole rule set, which one member of the group sends for all. */
export function groupGauges(
  topics: readonly CompiledTopic[],
  faults: ReadonlyMap<string, TopicFault>,
  foldedSeries: number,
  domain: string,
): Sample[] {
  const tags = { domain: normaliseTagValue(domain) }
  const contracts = topics.reduce((sum, topic) => sum + topic.contracts.length, 0)
  return [
    ...topics.map(({ topic }) =>
      gauge('dq.topic.missing', { ...tags, topic: normaliseTagValue(topic) }, faults.has(topic) ? 1 : 0),
    ),
    gauge('dq.contracts.loaded', tags, contracts),
    gauge('dq.metrics.folded_series', tags, foldedSeries),
  ]
}

/** Whether the schema registry is out of reach; it never is where none is used, and a monitor that waits for it has its metric. */
export function registryGauge(schemas: SchemaDesk | undefined, domain: string): Sample {
  const isUnavailable = schemas?.isUnavailable ?? false
  return gauge('dq.registry.unavailable', { domain: normaliseTagValue(domain) }, isUnavailable ? 1 : 0)
}
