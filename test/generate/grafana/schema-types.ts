import type { DataQuery } from '@grafana/schema/dist/esm/common/common.gen.js'
import type { Options as BarGauge } from '@grafana/schema/dist/esm/raw/composable/bargauge/panelcfg/x/BarGaugePanelCfg_types.gen.js'
import type {
  FieldConfig as HeatMapFields,
  Options as HeatMap,
} from '@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen.js'
import type { Options as Stat } from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen.js'
import type {
  FieldConfig as TableFields,
  Options as Table,
} from '@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen.js'
import type { Options as Text } from '@grafana/schema/dist/esm/raw/composable/text/panelcfg/x/TextPanelCfg_types.gen.js'
import type {
  FieldConfig as TimeSeriesFields,
  Options as TimeSeries,
} from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen.js'
import type * as Raw from '@grafana/schema/dist/esm/raw/dashboard/x/dashboard_types.gen.js'

type Plain = string | number | boolean | null | undefined

/** A type as JSON writes it: members of enums are their texts and numbers. */
type Written<T> = unknown extends T
  ? T
  : T extends string
    ? string extends T
      ? string
      : `${T}`
    : T extends number
      ? number extends T
        ? number
        : `${T}` extends `${infer Value extends number}`
          ? Value
          : never
      : T extends Plain
        ? T
        : T extends readonly (infer Item)[]
          ? Written<Item>[]
          : { [Key in keyof T]: Written<T[Key]> }

/** What Grafana merges into the panel’s own defaults, so that all may be left out. */
type Merged<T> = unknown extends T
  ? T
  : T extends Plain
    ? T
    : T extends readonly (infer Item)[]
      ? Merged<Item>[]
      : { [Key in keyof T]?: Merged<T[Key]> }

interface Datasource {
  type: 'prometheus'
  uid: string
}

/** The query of the Prometheus datasource: its types are those of `@grafana/prometheus` (13.2), which brings all of Grafana’s interface along. */
type Target = Omit<Written<DataQuery>, 'datasource'> & {
  datasource: Datasource
  expr: string
  format: 'time_series' | 'table' | 'heatmap'
  instant: boolean
  range: boolean
  legendFormat: string
}

type Fields<Custom> = Omit<Raw.FieldConfigSource, 'defaults'> & {
  defaults: Omit<Raw.FieldConfig, 'custom'> & { custom?: Merged<Custom> }
}

type Panel<Type extends string, Options, Custom = never> = Written<
  Omit<Raw.Panel, 'options' | 'fieldConfig' | 'targets' | 'type' | 'datasource'>
> & {
  type: Type
  datasource: Datasource
  options: Written<Merged<Options>>
  fieldConfig?: Written<Fields<Custom>>
  targets?: Target[]
}

/** A dashboard whose keys are those of Grafana 11.0, and no others. */
export type Dashboard = Omit<Written<Raw.Dashboard>, 'panels' | 'annotations' | 'templating'> & {
  panels: (
    | Panel<'timeseries', TimeSeries, TimeSeriesFields>
    | Panel<'table', Table, TableFields>
    | Panel<'heatmap', HeatMap, HeatMapFields>
    | Panel<'stat', Stat>
    | Panel<'bargauge', BarGauge>
    | Panel<'text', Text>
    | (Omit<Written<Raw.RowPanel>, 'datasource'> & { datasource: Datasource })
  )[]
  templating: { list: (Written<Raw.VariableModel> & { definition?: string })[] }
  annotations: {
    list: (Omit<Written<Raw.AnnotationQuery>, 'datasource'> & {
      datasource: Datasource
      expr: string
      step: string
      titleFormat: string
      textFormat: string
      tagKeys: string
    })[]
  }
}
