import { GENERATED_MARK } from '../../model/generated-file.ts'
import { STATUSES } from '../../model/status.ts'
import { normaliseTagValue } from '../../model/tag.ts'
import { delayMs } from '../../contract/times.ts'
import { isByArrival, roundTo, streamRules } from '../bounds.ts'
import { shareText, spanText } from '../spans.ts'
import type { Json } from '../to-json.ts'
import { contractSubject } from './monitor.ts'
import { BAD_RESULTS, GOOD_RESULTS } from './results.ts'
import { consumersText, plain, producerText } from './texts.ts'
import type { Watched } from './watched.ts'

const DAY_MS = 86_400_000
const TIMEFRAMES = [
  { timeframe: '7d', days: 7 },
  { timeframe: '30d', days: 30 },
  { timeframe: '90d', days: 90 },
] as const

/** The times over which Datadog counts an objective. */
export type Timeframe = (typeof TIMEFRAMES)[number]['timeframe']

/** A service level objective before it becomes JSON. */
export interface SloDraft {
  readonly promise: 'validity' | 'freshness'
  /** In per cent, at most three decimals. */
  readonly target: number
  /** The one that the promise is about. */
  readonly timeframe: Timeframe
  readonly json: Json
}

/** Datadog's limits of a target: what a contract promises beyond them is rounded so that the promise is never loosened by more than they ask. */
const LEAST_TARGET = 0.001
const DECIMALS = 3

/** The objectives that follow from the promises of a contract. */
export function slosOf(watched: Watched): SloDraft[] {
  return [...validitySlo(watched), ...freshnessSlo(watched)]
}

function validitySlo(watched: Watched): SloDraft[] {
  const { contract, scope, queries } = watched
  const promised = contract.promises.validity
  if (promised === undefined) return []
  const timeframe = timeframeFor(delayMs(promised.window))
  const specification = {
    count: {
      good_events_formula: { formula: 'good' },
      bad_events_formula: { formula: 'bad' },
      queries: [
        metricQuery('good', queries.count('dq.events', { ...scope, result: GOOD_RESULTS })),
        metricQuery('bad', queries.count('dq.events', { ...scope, result: BAD_RESULTS })),
      ],
    },
  }
  const says = `At least ${shareText(promised.objective / 100)} of the events of topic ${plain(contract.topic)} are good: neither failed nor undecodable. Promised over ${spanText(delayMs(promised.window))}.`
  return [
    draft(watched, 'validity', 'valid events', promised.objective, timeframe, 'metric', specification, says),
  ]
}

function freshnessSlo(watched: Watched): SloDraft[] {
  const { contract, scope, queries } = watched
  const promised = contract.promises.freshness
  const rule = streamRules(contract, 'freshness').find(({ id }) => id === promised?.rule)
  if (promised === undefined || rule === undefined) return []
  const byArrival = isByArrival(rule.check)
  const filter = { ...scope, rule: normaliseTagValue(rule.id) }
  const query = byArrival
    ? queries.gauge('min', 'dq.topic.event_age', scope)
    : queries.gauge('max', 'dq.rule.status', filter)
  const specification = {
    time_slice: {
      comparator: byArrival ? '<=' : '>=',
      threshold: byArrival ? rule.check.withinMs / 1000 : 1,
      query_interval_seconds: 300,
      query: {
        // At least 1 away from the number of the status: it was not breached.
        formulas: [{ formula: byArrival ? 'age' : `abs(status - ${STATUSES.indexOf('breached')})` }],
        queries: [metricQuery(byArrival ? 'age' : 'status', query)],
      },
    },
  }
  const says = `Topic ${plain(contract.topic)} is fresh for at least ${shareText(promised.objective / 100)} of the time: it has an event every ${spanText(rule.check.withinMs)}. Times without data count as good; the monitor of the heartbeat tells of them.`
  return [draft(watched, 'freshness', 'fresh', promised.objective, '30d', 'time_slice', specification, says)]
}

function draft(
  watched: Watched,
  promise: SloDraft['promise'],
  title: string,
  objective: number,
  timeframe: Timeframe,
  type: 'metric' | 'time_slice',
  specification: Json,
  says: string,
): SloDraft {
  const { contract } = watched
  const { name, tags } = contractSubject(watched)
  const target = Math.max(LEAST_TARGET, Math.floor(roundTo(objective * 1000, 6)) / 1000)
  const warning = warningFor(target)
  const limits = { target, ...(warning === undefined ? {} : { warning }) }
  const who = `Producer: ${producerText(contract)}. Relied on by: ${consumersText(contract)}.`
  return {
    promise,
    target,
    timeframe,
    json: {
      name: `${name}: ${title}`,
      description: `${says} ${who} Made by Assay from the contract; don’t edit.`,
      type,
      sli_specification: specification,
      thresholds: timeframesUpTo(timeframe).map((each) => ({ timeframe: each, ...limits })),
      timeframe,
      target_threshold: target,
      ...(warning === undefined ? {} : { warning_threshold: warning }),
      tags: [...tags, `dq_check:${promise}`, GENERATED_MARK].sort(),
    },
  }
}

/** Half of the budget is spent; undefined where Datadog's three decimals don't tell it from the target. */
function warningFor(target: number): number | undefined {
  const warning = Math.floor(roundTo((target + (100 - target) / 2) * 10 ** DECIMALS, 6)) / 10 ** DECIMALS
  return warning > target && warning < 100 ? warning : undefined
}

/** The shortest that holds the window of the promise, or the longest that there is. */
function timeframeFor(windowMs: number): Timeframe {
  return TIMEFRAMES.find(({ days }) => days * DAY_MS >= windowMs)?.timeframe ?? '90d'
}

function timeframesUpTo(timeframe: Timeframe): Timeframe[] {
  const all = TIMEFRAMES.map((each) => each.timeframe)
  return all.slice(0, all.indexOf(timeframe) + 1)
}

export function metricQuery(
  name: string,
  query: string,
): { data_source: 'metrics'; name: string; query: string } {
  return { data_source: 'metrics', name, query }
}
