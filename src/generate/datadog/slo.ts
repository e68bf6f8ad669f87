import { GENERATED_MARK } from '../../model/generated-file.ts'
import { STATUSES } from '../../model/status.ts'
import { normaliseTagValue } from '../../model/tag.ts'
import { delayMs } from '../../contract/times.ts'
import { isByArrival, streamRules } from '../bounds.ts'
import { type Objective, objectivesOf, timeframesUpTo, warningFor } from '../objectives.ts'
import { BAD_RESULTS, GOOD_RESULTS } from '../results.ts'
import { shareText, spanText } from '../spans.ts'
import { consumersText, producerText } from '../texts.ts'
import type { Json } from '../to-json.ts'
import { contractSubject } from './monitor.ts'
import { plain } from './texts.ts'
import type { Watched } from './watched.ts'

/** The shorter of the slices that Datadog knows: a moment of silence costs a minute of the budget, and not five. */
const SLICE_S = 60

/** A service level objective before it becomes JSON. */
export interface SloDraft extends Objective {
  readonly json: Json
}

/** The objectives that follow from the promises of a contract. */
export function slosOf(watched: Watched): SloDraft[] {
  return objectivesOf(watched.contract).flatMap((objective) =>
    objective.promise === 'validity' ? validitySlo(watched, objective) : freshnessSlo(watched, objective),
  )
}

function validitySlo(watched: Watched, objective: Objective): SloDraft[] {
  const { contract, scope, queries } = watched
  const promised = contract.promises.validity
  if (promised === undefined) return []
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
  const says = `At least ${shareText(objective.target / 100)} of the events of topic ${contract.topic} are good: neither failed nor undecodable. Promised over ${spanText(delayMs(promised.window))}.`
  return [draft(watched, objective, 'valid events', 'metric', specification, says)]
}

function freshnessSlo(watched: Watched, objective: Objective): SloDraft[] {
  const { contract, scope, queries } = watched
  const promised = contract.promises.freshness
  const rule = streamRules(contract, 'freshness').find(({ id }) => id === promised?.rule)
  if (promised === undefined || rule === undefined) return []
  const byArrival = isByArrival(rule.check)
  const filter = { ...scope, rule: normaliseTagValue(rule.id) }
  const query = byArrival
    ? queries.gauge('min', 'dq.topic.event_age', scope)
    : // The highest, for an average of two statuses may be the number of a third.
      `${queries.gauge('max', 'dq.rule.status', filter)}.rollup(max)`
  const specification = {
    time_slice: {
      comparator: byArrival ? '<=' : '>=',
      threshold: byArrival ? rule.check.withinMs / 1000 : 1,
      query_interval_seconds: SLICE_S,
      query: {
        // At least 1 away from the number of the status: it was not breached.
        formulas: [{ formula: byArrival ? 'age' : `abs(status - ${STATUSES.indexOf('breached')})` }],
        queries: [metricQuery(byArrival ? 'age' : 'status', query)],
      },
    },
  }
  const says = `Topic ${contract.topic} is fresh for at least ${shareText(objective.target / 100)} of the time: it has an event every ${spanText(rule.check.withinMs)}. Times without data count as good; the monitor of the heartbeat tells of them.`
  return [draft(watched, objective, 'fresh', 'time_slice', specification, says)]
}

function draft(
  watched: Watched,
  { promise, target, timeframe }: Objective,
  title: string,
  type: 'metric' | 'time_slice',
  specification: Json,
  says: string,
): SloDraft {
  const { contract } = watched
  const { name, tags } = contractSubject(watched)
  const warning = warningFor(target)
  const limits = { target, ...(warning === undefined ? {} : { warning }) }
  const who = `Producer: ${plain(producerText(contract))}. Relied on by: ${plain(consumersText(contract))}.`
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

export function metricQuery(
  name: string,
  query: string,
): { data_source: 'metrics'; name: string; query: string } {
  return { data_source: 'metrics', name, query }
}
