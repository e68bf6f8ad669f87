import type { Contract } from '../model/contract.ts'
import { normaliseTagValue } from '../model/tag.ts'
import { EVENT_RESULTS, VERDICTS } from '../model/verdict.ts'
import { CATALOGUE, type MetricName } from '../telemetry/catalogue.ts'
import { boundsOf } from './bounds.ts'

/** What a deployment multiplies series by. */
export interface SeriesFactors {
  /** Hosts that the processes run on: Datadog counts the same tags once for each. */
  readonly hosts: number
  /** Partitions of a topic, which the contracts don't say. */
  readonly partitions: number
}

/** The most series that a metric of the rules can come to. */
export interface MetricSeries {
  readonly name: MetricName
  readonly series: number
}

/** What is counted about a set of contracts. */
interface Facts {
  readonly contracts: number
  readonly topics: number
  readonly domains: number
  readonly liveRules: number
  readonly shadowRules: number
  /** Rules that have a status. */
  readonly statuses: number
  readonly volumeRules: number
  readonly promises: number
  readonly partitions: number
}

/** Average, count, minimum, maximum and sum, and as many again for the percentiles that the generated tag configuration switches on. */
const DISTRIBUTION_SERIES = 10

/**
 * What each metric comes to on one host, by its tags: those that are functions of others (team, domain and topic of a contract, severity of
 * a rule) add nothing. The compiler asks for a line when the catalogue gets a metric. Source: Datadog's documentation, "Custom metrics
 * billing".
 */
const SERIES: Readonly<Record<MetricName, (facts: Facts) => number>> = {
  'dq.events': ({ contracts }) => contracts * EVENT_RESULTS.length,
  'dq.rule.evaluations': ({ liveRules }) => liveRules * VERDICTS.length,
  'dq.rule.status': ({ statuses }) => statuses,
  'dq.promise.status': ({ promises }) => promises,
  'dq.promise.budget_left': ({ promises }) => promises,
  'dq.status.changes': ({ contracts }) => contracts * valuesOf('dq.status.changes', 'status'),
  'dq.volume.events': ({ volumeRules }) => volumeRules,
  'dq.timestamps.ignored': ({ topics }) => topics * valuesOf('dq.timestamps.ignored', 'reason'),
  'dq.shadow.evaluations': ({ shadowRules }) => shadowRules * VERDICTS.length,
  'dq.rules.suspended': none,
  'dq.expression.differences': ({ contracts }) => contracts,
  'dq.records.rejected': ({ topics }) => topics * valuesOf('dq.records.rejected', 'reason'),
  'dq.records.recognised': ({ topics }) => topics * valuesOf('dq.records.recognised', 'format'),
  'dq.schema.changes': ({ topics }) => topics,
  'dq.registry.unavailable': ({ domains }) => domains,
  'dq.registry.requests': ({ domains }) => domains * valuesOf('dq.registry.requests', 'result'),
  'dq.numbers.rounded': ({ topics }) => topics,
  'dq.evaluate.duration': ({ contracts }) => contracts * DISTRIBUTION_SERIES,
  'dq.consumer.lag_offsets': ({ topics, partitions }) => topics * partitions,
  'dq.consumer.lag_seconds': ({ topics, partitions }) => topics * partitions,
  'dq.topic.event_age': ({ contracts }) => contracts,
  'dq.heartbeat': ({ contracts }) => contracts,
  'dq.offset_gap': ({ topics }) => topics,
  'dq.topic.missing': ({ topics }) => topics,
  'dq.contracts.loaded': ({ domains }) => domains,
  'dq.rules.reload': ({ domains }) => domains * valuesOf('dq.rules.reload', 'result'),
  'dq.rebalances': ({ domains }) => domains,
  'dq.commit.failures': ({ domains }) => domains,
  'dq.metrics.send_failures': ({ domains }) => domains,
  'dq.metrics.folded_series': ({ domains }) => domains,
  'dq.rules.stale': ({ domains }) => domains,
}

/** The most series that contracts can come to, by metric, those with most first. */
export function seriesOf(
  contracts: readonly Contract[],
  { hosts, partitions }: SeriesFactors,
): MetricSeries[] {
  const facts = factsOf(contracts, partitions)
  const names = Object.keys(SERIES) as MetricName[]
  return names
    .map((name) => ({ name, series: SERIES[name](facts) * hosts }))
    .filter(({ series }) => series > 0)
    .sort((one, other) => other.series - one.series)
}

/** Sent only when something is at fault: in a sound set of rules there are none. */
function none(): number {
  return 0
}

function valuesOf(name: MetricName, tag: string): number {
  const { values = {} } = CATALOGUE[name] as { readonly values?: Readonly<Record<string, readonly string[]>> }
  return values[tag]?.length ?? 1
}

function factsOf(contracts: readonly Contract[], partitions: number): Facts {
  const rules = contracts.flatMap((contract) => contract.rules)
  const streamRules = contracts
    .flatMap((contract) => contract.streamRules)
    .filter(({ mode }) => mode === 'live')
  const shadowRules = rules.filter(({ mode }) => mode === 'shadow').length
  const bounded = contracts.flatMap(boundsOf).reduce((sum, bound) => sum + bound.rules.length, 0)
  return {
    contracts: contracts.length,
    topics: distinct(contracts.map(({ topic }) => topic)),
    domains: distinct(contracts.map(({ domain }) => domain)),
    liveRules: rules.length - shadowRules + streamRules.length,
    shadowRules,
    statuses: bounded + streamRules.length,
    volumeRules: streamRules.filter(({ check }) => check.kind === 'volume').length,
    promises: contracts.reduce((sum, { promises }) => sum + promisesOf(promises), 0),
    partitions,
  }
}

function distinct(values: readonly string[]): number {
  return new Set(values.map(normaliseTagValue)).size
}

function promisesOf({ validity, freshness }: Contract['promises']): number {
  return (validity === undefined ? 0 : 1) + (freshness === undefined ? 0 : 1)
}
