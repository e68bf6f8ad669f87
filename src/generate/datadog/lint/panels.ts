import { BAD_RESULTS, JUDGED_RESULTS } from '../../results.ts'

/** What a widget of a dashboard is there for. */
export interface Panel {
  readonly types: readonly string[]
  /** Names of what it shows, in their order; none where it shows no formulas. */
  readonly shows: readonly string[]
  readonly by: readonly string[]
  /** Whether it is only there for some contracts. */
  readonly isOptional?: boolean
}

const RULES = ['rule', 'severity']
const number = (...shows: string[]): Panel => ({ types: ['query_value'], shows, by: [] })
const line = (shows: string, ...by: string[]): Panel => ({ types: ['timeseries'], shows: [shows], by })
const top = (shows: string, by: readonly string[]): Panel => ({ types: ['toplist'], shows: [shows], by })
const table = (shows: readonly string[], by: readonly string[]): Panel => ({
  types: ['query_table'],
  shows,
  by,
})
const list = (type: string, isOptional: boolean): Panel => ({ types: [type], shows: [], by: [], isOptional })

/** Widgets by their titles, of the two kinds of dashboards. */
export const PANELS: Readonly<Record<string, Readonly<Record<string, Panel>>>> = {
  contract: {
    'Monitors of this contract': list('manage_status', false),
    'Valid events': number('valid'),
    // A number for now, and a line for its course.
    'Age of the newest event': { ...number('age'), types: ['query_value', 'timeseries'] },
    'Verdicts are late by': number('lag'),
    'Events that could not be judged': number('errors'),
    Objectives: list('slo_list', true),
    'Events by result': line('events', 'result'),
    'Rules that fail most': top('failed', RULES),
    'Fail rate by rule': line('fail rate', ...RULES),
    'All rules': table(['judged', 'failed', 'fail rate', 'could not judge', 'skipped'], RULES),
    Events: line('events'),
    'Events in each closed window': { ...line('events', 'rule'), isOptional: true },
    'Lag of verdicts by partition': line('lag', 'partition'),
    'Records still to be judged': line('records'),
    'Time to judge an event': list('heatmap', false),
    'Slowest twentieth of the judgements': line('p95'),
    Heartbeats: line('heartbeats'),
    'Undecodable records by reason': line('records', 'reason'),
  },
  domain: {
    'Monitors of this domain': list('manage_status', false),
    'Valid events': number('valid'),
    'Judged events': number('events'),
    'Most silent topic': number('age'),
    Objectives: list('slo_list', true),
    'Contracts and those who rely on them': table(
      ['judged', 'bad', 'bad share', 'age of the newest event'],
      ['contract', 'team'],
    ),
    'Contracts with most bad events': top('bad', ['contract']),
    'Teams with most bad events': top('bad', ['team']),
    'Bad share by contract': line('bad share', 'contract'),
    'Heartbeats by contract': line('heartbeats', 'contract'),
    'Lag of verdicts by topic': line('lag', 'topic'),
    'Loads of the rules by result': line('loads', 'result'),
    Rebalances: line('rebalances'),
    'Contracts that are loaded': number('contracts'),
    'Topics that are missing': number('topics'),
    'Series folded into rule:other': number('series'),
  },
}

/** Formulas by the names under which they are shown, without `default_zero(…)`. */
export const FORMULAS: Readonly<Record<string, readonly string[]>> = {
  valid: ['100 - 100 * bad / all'],
  'bad share': ['100 * bad / all'],
  'fail rate': ['100 * failed / judged'],
  judged: ['judged', 'all'],
  failed: ['failed'],
  bad: ['bad'],
  'could not judge': ['errors'],
  errors: ['errors'],
  skipped: ['skipped'],
  events: ['events', 'all'],
  age: ['age'],
  'age of the newest event': ['age'],
  lag: ['lag', "top(lag, 10, 'max', 'desc')"],
  records: ['records', 'rejected'],
  p95: ['slow'],
  heartbeats: ['beats'],
  loads: ['loads'],
  rebalances: ['rebalances'],
  contracts: ['contracts'],
  topics: ['missing'],
  series: ['folded'],
}

/** Metrics by the names of queries, with the results that they are narrowed to. */
export const QUERIES: Readonly<
  Record<string, { readonly metrics: readonly string[]; readonly results?: readonly string[] }>
> = {
  bad: { metrics: ['dq.events'], results: BAD_RESULTS },
  all: { metrics: ['dq.events'], results: JUDGED_RESULTS },
  failed: { metrics: ['dq.rule.evaluations'], results: ['fail'] },
  judged: { metrics: ['dq.rule.evaluations'], results: ['pass', 'fail'] },
  errors: { metrics: ['dq.events', 'dq.rule.evaluations'], results: ['error'] },
  skipped: { metrics: ['dq.rule.evaluations'], results: ['skip'] },
  events: { metrics: ['dq.events', 'dq.volume.events'] },
  age: { metrics: ['dq.topic.event_age'] },
  lag: { metrics: ['dq.consumer.lag_seconds'] },
  records: { metrics: ['dq.consumer.lag_offsets'] },
  slow: { metrics: ['dq.evaluate.duration'] },
  beats: { metrics: ['dq.heartbeat'] },
  rejected: { metrics: ['dq.records.rejected'] },
  loads: { metrics: ['dq.rules.reload'] },
  rebalances: { metrics: ['dq.rebalances'] },
  contracts: { metrics: ['dq.contracts.loaded'] },
  missing: { metrics: ['dq.topic.missing'] },
  folded: { metrics: ['dq.metrics.folded_series'] },
}
