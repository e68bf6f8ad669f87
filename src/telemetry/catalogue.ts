/** A metric as data: everything that is emitted, documented and generated about it comes from here. */
export interface MetricRow {
  readonly type: 'count' | 'gauge' | 'distribution'
  /** A unit name of Datadog's metric metadata, or undefined for a bare number. */
  readonly unit: string | undefined
  /** Tags beside the global ones, in the order in which they are written. */
  readonly tags: readonly string[]
  /** Closed sets of tag values. */
  readonly values?: Readonly<Record<string, readonly string[]>>
  readonly help: string
  /** Upper bound of the number of series, before the hosts multiply it. */
  readonly seriesBound: string
  /**
   * For counts: which series is sent as 0 once, when this process begins to count it, so that the metric is there before the first fault.
   * A value of the last tag, or `once` where that is no closed set; `never` where a value comes soon in any case.
   */
  readonly zero?: string
}

const CONTRACT_TAGS = ['domain', 'team', 'contract', 'topic'] as const

/** Tags on every metric: `env`, `service` and `version` (unified service tagging) and those of `DD_TAGS`. */
export const GLOBAL_TAGS = ['env', 'service', 'version'] as const

/** The metric catalogue. A name or a tag that is not here can't be emitted. */
export const CATALOGUE = {
  'dq.events': {
    type: 'count',
    unit: 'event',
    tags: [...CONTRACT_TAGS, 'result'],
    values: { result: ['pass', 'warn', 'fail', 'error', 'undecodable', 'tombstone'] },
    help: 'Events by their result, once per event and contract. Validity is (fail + undecodable) / (pass + warn + fail + undecodable).',
    seriesBound: 'contracts × 6',
    zero: 'fail',
  },
  'dq.rule.evaluations': {
    type: 'count',
    unit: undefined,
    tags: [...CONTRACT_TAGS, 'rule', 'severity', 'result'],
    values: { result: ['pass', 'fail', 'error', 'skip'], severity: ['error', 'warning', 'info'] },
    help: 'Verdicts by rule. The fail rate of a rule is fail / (pass + fail); error means that the rule could not judge.',
    seriesBound: 'rules × 4',
    zero: 'fail',
  },
  'dq.rule.status': {
    type: 'gauge',
    unit: undefined,
    tags: [...CONTRACT_TAGS, 'rule', 'severity'],
    values: { severity: ['error', 'warning', 'info'] },
    help: 'How a rule stands over its window: 0 ok, 1 warning, 2 breached, 3 warming up, 4 unknown, 5 not applied. Sent of rules with `tolerance`, of rules of severity error in contracts with `promises.validity`, of `freshness` and `volume`, and of any rule that once was not applied, by the member that owns the topic.',
    seriesBound: 'rules',
  },
  'dq.promise.status': {
    type: 'gauge',
    unit: undefined,
    tags: [...CONTRACT_TAGS, 'promise'],
    values: { promise: ['validity', 'freshness'] },
    help: 'How a promise of a contract stands: the numbers of `dq.rule.status`.',
    seriesBound: 'contracts × 2',
  },
  'dq.promise.budget_left': {
    type: 'gauge',
    unit: 'fraction',
    tags: [...CONTRACT_TAGS, 'promise'],
    values: { promise: ['validity', 'freshness'] },
    help: 'The share of the error budget that a promise has left over its window, 0 if it is overspent. Only for windows that this process can see whole; longer ones are SLOs of the monitoring system.',
    seriesBound: 'contracts × 2',
  },
  'dq.status.changes': {
    type: 'count',
    unit: undefined,
    tags: [...CONTRACT_TAGS, 'status'],
    values: { status: ['ok', 'warning', 'breached', 'not_applied'] },
    help: 'Changes of status of rules and promises that were announced, by the status that they changed to. For each there is one event and one log line; where many rules of a contract change at once, one for all of them.',
    seriesBound: 'contracts × 4',
    zero: 'breached',
  },
  'dq.volume.events': {
    type: 'gauge',
    unit: 'event',
    tags: [...CONTRACT_TAGS, 'rule'],
    help: 'Events in the last closed window of a `volume` rule. Not sent for windows that were not seen whole.',
    seriesBound: 'rules with volume',
  },
  'dq.timestamps.ignored': {
    type: 'count',
    unit: 'event',
    tags: ['domain', 'topic', 'reason'],
    values: { reason: ['future', 'unreadable', 'late'] },
    help: 'Times in events that checks over the stream left out: more than 5 minutes ahead, not a time, or for a window that was closed already.',
    seriesBound: 'topics × 3',
    zero: 'unreadable',
  },
  'dq.shadow.evaluations': {
    type: 'count',
    unit: undefined,
    tags: [...CONTRACT_TAGS, 'rule', 'severity', 'result'],
    values: { result: ['pass', 'fail', 'error', 'skip'], severity: ['error', 'warning', 'info'] },
    help: 'Verdicts of rules with `mode: shadow`, as `dq.rule.evaluations` has those of the others. They decide about nothing, and no monitor may page for them.',
    seriesBound: 'rules in the shadow × 4',
    zero: 'fail',
  },
  'dq.rules.suspended': {
    type: 'gauge',
    unit: undefined,
    tags: [...CONTRACT_TAGS, 'rule'],
    help: '1 while a rule is suspended because it exceeded its budget again and again (its verdicts are error meanwhile), 0 once it is tried again. Sent only of rules that have been suspended since the process began.',
    seriesBound: 'rules, in practice few',
  },
  'dq.expression.differences': {
    type: 'count',
    unit: undefined,
    tags: [...CONTRACT_TAGS, 'rule'],
    help: 'Rules whose compiled form gave another outcome than the interpreter on a sampled event (`--shadow-sample`). Each such rule is judged by the interpreter from then on. Any value above 0 is a fault of Assay: please report it.',
    seriesBound: 'contracts, and rules that differ',
    zero: 'once',
  },
  'dq.records.rejected': {
    type: 'count',
    unit: 'record',
    tags: ['domain', 'topic', 'reason'],
    values: {
      reason: [
        'not_json',
        'bad_encoding',
        'bad_frame',
        'truncated',
        'schema_unknown',
        'oversized',
        'too_deep',
        'unsafe_keys',
      ],
    },
    help: 'Records that could not become events, once per record, with the reason.',
    seriesBound: 'topics × 8',
    zero: 'not_json',
  },
  'dq.records.recognised': {
    type: 'count',
    unit: 'record',
    tags: ['domain', 'topic', 'format'],
    values: { format: ['json', 'string', 'avro', 'protobuf', 'json-schema'] },
    help: 'Events by what their bytes were recognised as. With `format: auto` nothing is guessed in silence.',
    seriesBound: 'topics × 5',
    zero: 'never',
  },
  'dq.schema.changes': {
    type: 'count',
    unit: undefined,
    tags: ['domain', 'topic'],
    help: 'Schemas of a registry that events of the topic name for the first time since the start of the process, but for the first one. The log line has the id.',
    seriesBound: 'topics',
    zero: 'once',
  },
  'dq.registry.unavailable': {
    type: 'gauge',
    unit: undefined,
    tags: ['domain'],
    help: '1 while the schema registry does not answer, else 0. Partitions whose next record needs it wait; nothing of them is judged or committed meanwhile.',
    seriesBound: '1',
  },
  'dq.registry.requests': {
    type: 'count',
    unit: 'request',
    tags: ['domain', 'result'],
    values: { result: ['schema', 'unknown', 'unavailable'] },
    help: 'Questions to the schema registry for a schema id, by what came of them. A few for each schema, and none once all are known.',
    seriesBound: '3',
    zero: 'unavailable',
  },
  'dq.numbers.rounded': {
    type: 'count',
    unit: undefined,
    tags: ['domain', 'topic'],
    help: 'Numbers beyond ±2^53 in events, which may have been rounded to the nearest double before rules saw them.',
    seriesBound: 'topics',
    zero: 'once',
  },
  'dq.evaluate.duration': {
    type: 'distribution',
    unit: 'second',
    tags: [...CONTRACT_TAGS],
    help: 'Time to judge one event against all contracts that watch its topic, which are evaluated in one go; a sample of at most 10 events a second per topic, sent for each of these contracts.',
    seriesBound: 'contracts × 5 (10 with percentiles)',
  },
  'dq.consumer.lag_offsets': {
    type: 'gauge',
    unit: 'record',
    tags: ['domain', 'topic', 'consumer_group', 'partition'],
    help: 'How many records our verdicts are behind the end of the log (with open transactions, behind the last stable offset). Sent while idle, behind and paused; not sent while unknown.',
    seriesBound: 'partitions',
  },
  'dq.consumer.lag_seconds': {
    type: 'gauge',
    unit: 'second',
    tags: ['domain', 'topic', 'consumer_group', 'partition'],
    help: 'How late our verdicts are: 0 at the end of the log, else now − the later of the timestamp of the last judged record and the moment at which lag was last 0.',
    seriesBound: 'partitions',
  },
  'dq.topic.event_age': {
    type: 'gauge',
    unit: 'second',
    tags: [...CONTRACT_TAGS],
    help: 'How silent the producer is: our clock since the end of the topic last advanced, at first since the timestamp of its last record. Sent also without events; not sent while unknown.',
    seriesBound: 'contracts',
  },
  'dq.heartbeat': {
    type: 'count',
    unit: undefined,
    tags: [...CONTRACT_TAGS],
    help: '1 per flush, only while partitions of the contract’s topic are judged here and are caught up or made progress. Its absence means that the contract is not watched.',
    seriesBound: 'contracts',
    zero: 'never',
  },
  'dq.offset_gap': {
    type: 'count',
    unit: 'record',
    tags: ['domain', 'topic'],
    help: 'Records that retention or a reset removed before they were judged.',
    seriesBound: 'topics',
    zero: 'once',
  },
  'dq.topic.missing': {
    type: 'gauge',
    unit: undefined,
    tags: ['domain', 'topic'],
    help: '1 while a topic of the rules does not exist or may not be read, else 0. Sent by one member of the group.',
    seriesBound: 'topics',
  },
  'dq.contracts.loaded': {
    type: 'gauge',
    unit: undefined,
    tags: ['domain'],
    help: 'Contracts that the running rule set holds. Sent by one member of the group.',
    seriesBound: '1',
  },
  'dq.rules.reload': {
    type: 'count',
    unit: undefined,
    tags: ['domain', 'result'],
    values: { result: ['ok', 'error'] },
    help: 'Times the rule set was loaded, the start included. `error`: the rule files could not be used, and the rules before go on.',
    seriesBound: '2',
    zero: 'error',
  },
  'dq.rules.stale': {
    type: 'gauge',
    unit: undefined,
    tags: ['domain'],
    help: '1 while the rule files are not what runs, because something is wrong with them: the rules before go on. Else 0. Sent by each process that watches its rule files (`--reload`).',
    seriesBound: '1',
  },
  'dq.rebalances': {
    type: 'count',
    unit: undefined,
    tags: ['domain'],
    help: 'Times this member joined its consumer group.',
    seriesBound: '1',
    zero: 'never',
  },
  'dq.commit.failures': {
    type: 'count',
    unit: undefined,
    tags: ['domain'],
    help: 'Commits that the brokers did not take; the same offsets go with the next flush.',
    seriesBound: '1',
    zero: 'once',
  },
  'dq.metrics.send_failures': {
    type: 'count',
    unit: undefined,
    tags: ['domain'],
    help: 'Flushes that a metrics sink did not take. Totals are kept and sent with a later flush; meanwhile nothing is committed.',
    seriesBound: '1',
    zero: 'once',
  },
  'dq.metrics.folded_series': {
    type: 'gauge',
    unit: undefined,
    tags: ['domain'],
    help: 'Series of rules that exceed the bound (`--max-series`) and are counted as `rule:other`.',
    seriesBound: '1',
  },
} as const satisfies Record<string, MetricRow>

export type MetricName = keyof typeof CATALOGUE

/** Names of the tags that a metric has beside the global ones. */
export type MetricTags<Name extends MetricName> = (typeof CATALOGUE)[Name]['tags'][number]
