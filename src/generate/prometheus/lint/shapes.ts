import { type JsonSchema, listOf, object, oneOf, TAG_VALUE, TEXT } from '../../shapes/shape.ts'

const DURATION = { type: 'string', pattern: '^[1-9]\\d*[smh]$' }

const RECORDING = object({ record: { type: 'string', pattern: '^[a-z_]+:[a-z_]+:[a-z0-9_]+$' }, expr: TEXT })

const ALERT = object(
  {
    alert: { type: 'string', pattern: '^Assay[A-Za-z]+$' },
    expr: TEXT,
    for: DURATION,
    labels: object(
      {
        severity: oneOf('critical', 'warning', 'info'),
        dq_check: TAG_VALUE,
        team: TAG_VALUE,
        domain: TAG_VALUE,
        contract: TAG_VALUE,
        topic: TAG_VALUE,
        env: TAG_VALUE,
      },
      ['contract', 'topic', 'env'],
    ),
    annotations: object(
      {
        summary: TEXT,
        description: TEXT,
        recovery: TEXT,
        producer: TEXT,
        relied_on_by: TEXT,
        runbook_url: { type: 'string', pattern: '^https?://' },
      },
      ['producer', 'relied_on_by', 'runbook_url'],
    ),
  },
  ['for'],
)

/** Too long for each to be compared with each. */
function manyOf(items: JsonSchema): JsonSchema {
  return { type: 'array', items }
}

function groupsOf(rule: JsonSchema): JsonSchema {
  return object({ groups: listOf(object({ name: TEXT, rules: manyOf(rule) })) })
}

export const RECORDING_FILE = groupsOf(RECORDING)
export const ALERT_FILE = groupsOf(ALERT)

const ANY_TEXTS = { type: 'object', additionalProperties: { type: 'string' } }

export const TEST_FILE = object(
  {
    rule_files: listOf(TEXT),
    evaluation_interval: DURATION,
    group_eval_order: listOf(TEXT),
    tests: manyOf(
      object({
        name: TEXT,
        interval: DURATION,
        input_series: listOf(object({ series: TEXT, values: TEXT })),
        alert_rule_test: listOf(
          object({
            eval_time: DURATION,
            alertname: TEXT,
            exp_alerts: listOf(object({ exp_labels: ANY_TEXTS, exp_annotations: ANY_TEXTS }), 0),
          }),
        ),
      }),
    ),
  },
  ['group_eval_order'],
)

export const MAPPING_FILE = object({
  mappings: listOf(
    object(
      {
        match: TEXT,
        name: TEXT,
        ttl: DURATION,
        observer_type: oneOf('histogram'),
        histogram_options: object({ buckets: listOf({ type: 'number', exclusiveMinimum: 0 }) }),
      },
      ['ttl', 'observer_type', 'histogram_options'],
    ),
  ),
})
