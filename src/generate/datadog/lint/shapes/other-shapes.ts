import {
  ADDRESS,
  FLAG,
  listOf,
  NUMBER,
  object,
  oneOf,
  QUERY_NAME,
  TAG,
  TAG_VALUE,
  TEXT,
  whole,
} from '../../../shapes/shape.ts'

const THRESHOLDS = object(
  { critical: NUMBER, critical_recovery: NUMBER, warning: NUMBER, warning_recovery: NUMBER },
  ['critical_recovery', 'warning', 'warning_recovery'],
)

const COMMON_OPTIONS = { thresholds: THRESHOLDS, notify_audit: oneOf(false), include_tags: oneOf(true) }

const MONITOR_HEAD = {
  name: { ...TEXT, maxLength: 300 },
  query: TEXT,
  message: TEXT,
  priority: whole(1, 5),
  tags: listOf(TAG),
  assets: listOf(object({ category: oneOf('runbook'), name: TEXT, url: ADDRESS }), 1, 1),
}

/** By the type of the monitor. */
export const MONITORS = {
  'query alert': object(
    {
      ...MONITOR_HEAD,
      type: oneOf('query alert'),
      options: object(
        {
          ...COMMON_OPTIONS,
          on_missing_data: oneOf('default', 'show_no_data', 'resolve'),
          require_full_window: oneOf(false),
          evaluation_delay: whole(0, 900),
          new_group_delay: whole(0, 3600),
        },
        ['evaluation_delay', 'new_group_delay'],
      ),
    },
    ['assets'],
  ),
  'slo alert': object({ ...MONITOR_HEAD, type: oneOf('slo alert'), options: object(COMMON_OPTIONS) }, [
    'assets',
  ]),
} as const

/** Between none and all of it, at most three decimals. */
const TARGET = { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 100 }
const TIMEFRAME = oneOf('7d', '30d', '90d')
const QUERIES = (least: number) =>
  listOf(object({ data_source: oneOf('metrics'), name: QUERY_NAME, query: TEXT }), least, least)
const FORMULA = object({ formula: TEXT })

const SLO_HEAD = {
  name: { ...TEXT, maxLength: 300 },
  description: TEXT,
  tags: listOf(TAG),
  thresholds: listOf(object({ timeframe: TIMEFRAME, target: TARGET, warning: TARGET }, ['warning']), 1, 3),
  timeframe: TIMEFRAME,
  target_threshold: TARGET,
  warning_threshold: TARGET,
}

/** By the type of the objective. */
export const SLOS = {
  metric: object(
    {
      ...SLO_HEAD,
      type: oneOf('metric'),
      sli_specification: object({
        count: object({ good_events_formula: FORMULA, bad_events_formula: FORMULA, queries: QUERIES(2) }),
      }),
    },
    ['warning_threshold'],
  ),
  time_slice: object(
    {
      ...SLO_HEAD,
      type: oneOf('time_slice'),
      sli_specification: object({
        time_slice: object({
          comparator: oneOf('<=', '>='),
          threshold: NUMBER,
          query_interval_seconds: oneOf(60, 300),
          query: object({ formulas: listOf(FORMULA, 1, 1), queries: QUERIES(1) }),
        }),
      }),
    },
    ['warning_threshold'],
  ),
} as const

const ENTITY_LINK = object({
  name: TEXT,
  type: oneOf('runbook', 'doc', 'dashboard', 'repo', 'other'),
  url: ADDRESS,
})
const REFERENCES = (kind: string) =>
  listOf({
    type: 'string',
    pattern: `^${kind}:[a-z0-9_\\-.:/]+$`,
    description: `an entity, such as ${kind}:name`,
  })

const ENTITY_HEAD = {
  apiVersion: oneOf('v3'),
  metadata: object(
    {
      name: TAG_VALUE,
      displayName: TEXT,
      description: TEXT,
      owner: TAG_VALUE,
      additionalOwners: listOf(object({ name: TAG_VALUE, type: TEXT }), 0),
      links: listOf(ENTITY_LINK),
      tags: listOf(TAG),
    },
    ['description', 'additionalOwners', 'links'],
  ),
}

const LIFECYCLE = oneOf('production', 'experimental', 'deprecated')

/** By the kind of the entity. */
export const ENTITIES = {
  queue: object({
    ...ENTITY_HEAD,
    kind: oneOf('queue'),
    spec: object({ type: oneOf('kafka'), lifecycle: LIFECYCLE, componentOf: REFERENCES('system') }),
  }),
  system: object({ ...ENTITY_HEAD, kind: oneOf('system'), spec: object({ lifecycle: LIFECYCLE }) }),
  service: object({
    ...ENTITY_HEAD,
    kind: oneOf('service'),
    spec: object({
      lifecycle: LIFECYCLE,
      type: oneOf('worker'),
      languages: listOf(oneOf('js'), 1, 1),
      componentOf: REFERENCES('system'),
      dependsOn: REFERENCES('queue'),
    }),
  }),
} as const

/** Of everybody nobody feels meant. */
const RECIPIENT = {
  type: 'string',
  pattern: '^(?!all$)[^@\\s{}][^\\s{}]*$',
  description: 'whom to tell, without @ and blanks, and not `all`',
}

export const NOTIFICATION_RULE = object({
  data: object({
    type: oneOf('monitor-notification-rule'),
    attributes: object({
      name: TEXT,
      filter: object({ tags: listOf(TAG, 1, 20) }),
      recipients: listOf(RECIPIENT, 1, 20),
    }),
  }),
})

const NOTE = { type: 'string', pattern: 'managed-by:assay', description: 'a note with managed-by:assay' }

function byMetric(body: object) {
  return object({ '//': NOTE, metrics: { type: 'object', additionalProperties: body } })
}

export const METADATA = byMetric(
  object(
    {
      description: { ...TEXT, maxLength: 400 },
      short_name: TEXT,
      type: oneOf('count', 'gauge', 'distribution'),
      unit: TEXT,
    },
    ['unit'],
  ),
)

export const TAG_CONFIGURATION = byMetric(
  object(
    {
      metric_type: oneOf('count', 'gauge', 'distribution'),
      tags: listOf(QUERY_NAME),
      include_percentiles: FLAG,
    },
    ['include_percentiles'],
  ),
)
