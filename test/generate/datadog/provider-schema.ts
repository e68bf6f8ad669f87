/** What an attribute takes; a block has attributes of its own, and may stand once or, in a list, several times. */
export type Attribute = 'text' | 'number' | 'switch' | 'texts' | Block | readonly [Block]
export type Block = { readonly [name: string]: Attribute }

const METRIC_QUERY = { 'name!': 'text', 'query!': 'text', data_source: 'text' } as const

/**
 * The part that the generator uses of the schema of Terraform's provider DataDog/datadog; a name with `!` is required. Numbers may stand for
 * texts, which Terraform makes of them. Source: the provider's repository and `@pulumi/datadog` 5.11.0, which is made of its schema, read on
 * 2026-11-24; `bad_events_formula` is not in 4.3.0 (5.0.0 there), and in 4.12.1 (5.5.1).
 */
export const PROVIDER_SCHEMA: Readonly<Record<string, Block>> = {
  datadog_dashboard_json: { 'dashboard!': 'text' },
  datadog_monitor: {
    'name!': 'text',
    'type!': 'text',
    'query!': 'text',
    'message!': 'text',
    priority: 'text',
    tags: 'texts',
    include_tags: 'switch',
    notify_audit: 'switch',
    require_full_window: 'switch',
    on_missing_data: 'text',
    evaluation_delay: 'number',
    new_group_delay: 'number',
    monitor_thresholds: {
      critical: 'text',
      critical_recovery: 'text',
      warning: 'text',
      warning_recovery: 'text',
    },
    assets: [{ 'category!': 'text', 'name!': 'text', 'url!': 'text' }],
  },
  datadog_service_level_objective: {
    'name!': 'text',
    'type!': 'text',
    description: 'text',
    tags: 'texts',
    timeframe: 'text',
    target_threshold: 'number',
    warning_threshold: 'number',
    'thresholds!': [{ 'timeframe!': 'text', 'target!': 'number', warning: 'number' }],
    sli_specification: {
      count: {
        'good_events_formula!': 'text',
        bad_events_formula: 'text',
        'queries!': [{ metric_query: METRIC_QUERY }],
      },
      time_slice: {
        'comparator!': 'text',
        'threshold!': 'number',
        query_interval_seconds: 'number',
        'query!': {
          'formula!': { 'formula_expression!': 'text' },
          'query!': [{ metric_query: METRIC_QUERY }],
        },
      },
    },
  },
  datadog_software_catalog: { 'entity!': 'text' },
  datadog_monitor_notification_rule: { 'name!': 'text', recipients: 'texts', 'filter!': { tags: 'texts' } },
  datadog_metric_metadata: {
    'metric!': 'text',
    description: 'text',
    short_name: 'text',
    type: 'text',
    unit: 'text',
  },
  datadog_metric_tag_configuration: {
    'metric_name!': 'text',
    'metric_type!': 'text',
    'tags!': 'texts',
    include_percentiles: 'switch',
  },
}
