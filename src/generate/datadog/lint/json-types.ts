/** What is read from files, after it has been held against its shape. */
export interface NamedQuery {
  readonly name: string
  readonly query: string
  readonly aggregator?: string
}

export interface FormulaJson {
  readonly formula: string
  readonly alias?: string
  readonly number_format?: { readonly unit: { readonly unit_name: string } }
  readonly conditional_formats?: readonly {
    readonly comparator: string
    readonly value: number
    readonly palette: string
  }[]
}

export interface RequestJson {
  readonly queries: readonly NamedQuery[]
  readonly formulas: readonly FormulaJson[]
  readonly sort?: { readonly order_by: readonly { readonly index: number; readonly order: string }[] }
}

export interface LayoutJson {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface WidgetJson {
  readonly definition: { readonly type: string } & Readonly<Record<string, unknown>>
  readonly layout: LayoutJson
}

export interface DashboardJson {
  readonly title: string
  readonly description: string
  readonly tags: readonly string[]
  readonly template_variables: readonly { readonly name: string; readonly prefix: string }[]
  readonly widgets: readonly WidgetJson[]
}

export interface ThresholdsJson {
  readonly critical: number
  readonly critical_recovery?: number
  readonly warning?: number
  readonly warning_recovery?: number
}

export interface MonitorJson {
  readonly name: string
  readonly type: 'query alert' | 'slo alert'
  readonly query: string
  readonly message: string
  readonly priority: number
  readonly tags: readonly string[]
  readonly assets?: readonly { readonly url: string }[]
  readonly options: {
    readonly thresholds: ThresholdsJson
    readonly on_missing_data?: string
    readonly evaluation_delay?: number
    readonly new_group_delay?: number
  }
}

export interface SloJson {
  readonly name: string
  readonly description: string
  readonly type: 'metric' | 'time_slice'
  readonly tags: readonly string[]
  readonly timeframe: string
  readonly target_threshold: number
  readonly warning_threshold?: number
  readonly thresholds: readonly {
    readonly timeframe: string
    readonly target: number
    readonly warning?: number
  }[]
  readonly sli_specification: {
    readonly count?: {
      readonly good_events_formula: FormulaJson
      readonly bad_events_formula: FormulaJson
      readonly queries: readonly NamedQuery[]
    }
    readonly time_slice?: {
      readonly comparator: string
      readonly threshold: number
      readonly query: { readonly formulas: readonly FormulaJson[]; readonly queries: readonly NamedQuery[] }
    }
  }
}

export interface EntityJson {
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly owner: string
    readonly additionalOwners?: readonly { readonly name: string }[]
    readonly tags: readonly string[]
  }
  readonly spec: { readonly componentOf?: readonly string[]; readonly dependsOn?: readonly string[] }
}

export interface NotificationRuleJson {
  readonly data: {
    readonly attributes: { readonly name: string; readonly filter: { readonly tags: readonly string[] } }
  }
}

export interface MetricsJson<Body> {
  readonly metrics: Readonly<Record<string, Body>>
}

export interface MetadataJson {
  readonly type: string
  readonly unit?: string
  readonly description: string
}

export interface TagsJson {
  readonly metric_type: string
  readonly tags: readonly string[]
  readonly include_percentiles?: boolean
}
