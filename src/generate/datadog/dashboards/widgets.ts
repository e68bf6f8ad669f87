import type { Json } from '../../to-json.ts'
import { metricQuery } from '../slo.ts'

/** A query by the name that formulas use. */
export type NamedQueries = Readonly<Record<string, string>>

export interface Formula {
  readonly formula: string
  readonly alias: string
  /** A unit of Datadog's, or its number format for shares. */
  readonly unit?: string
  readonly formats?: readonly ConditionalFormat[]
}

/** The first that holds decides about the colour. */
export interface ConditionalFormat {
  readonly comparator: '>' | '>=' | '<' | '<='
  readonly value: number
  readonly palette: 'white_on_red' | 'white_on_yellow' | 'white_on_green'
}

/** A line across a chart, at a bound. */
export interface Marker {
  readonly value: number
  readonly label: string
}

/** One number. */
export function queryValue(title: string, queries: NamedQueries, formula: Formula, precision = 0): Json {
  return {
    type: 'query_value',
    title,
    autoscale: formula.unit !== undefined,
    precision,
    requests: [scalarRequest(queries, [formula])],
  }
}

/** The groups with the highest values. */
export function topList(
  title: string,
  queries: NamedQueries,
  formula: Formula,
  links: readonly Json[] = [],
): Json {
  return {
    type: 'toplist',
    title,
    requests: [{ ...scalarRequest(queries, [formula]), sort: sortBy(0) }],
    ...linked(links),
  }
}

/** A row for each group, with a column for each formula; sorted by the one at `order`. */
export function queryTable(
  title: string,
  queries: NamedQueries,
  formulas: readonly Formula[],
  order: number,
  links: readonly Json[] = [],
): Json {
  return {
    type: 'query_table',
    title,
    has_search_bar: 'auto',
    requests: [{ ...scalarRequest(queries, formulas), sort: sortBy(order) }],
    ...linked(links),
  }
}

/** Values over time. */
export function timeSeries(
  title: string,
  queries: NamedQueries,
  formulas: readonly Formula[],
  display: 'line' | 'bars' | 'area' = 'line',
  markers: readonly Marker[] = [],
): Json {
  return {
    type: 'timeseries',
    title,
    show_legend: true,
    legend_layout: 'auto',
    requests: [
      {
        response_format: 'timeseries',
        display_type: display,
        queries: Object.entries(queries).map(([name, query]) => metricQuery(name, query)),
        formulas: formulas.map(formulaJson),
      },
    ],
    ...(markers.length === 0
      ? {}
      : {
          markers: markers.map(({ value, label }) => ({
            value: `y = ${value}`,
            display_type: 'error dashed',
            label,
          })),
        }),
  }
}

/** How the values of a distribution are spread. */
export function heatMap(title: string, query: string): Json {
  return {
    type: 'heatmap',
    title,
    requests: [{ request_type: 'histogram', query: { data_source: 'metrics', name: 'points', query } }],
  }
}

/** Text in Markdown. */
export function note(content: string): Json {
  return {
    type: 'note',
    content,
    background_color: 'white',
    font_size: '14',
    text_align: 'left',
    vertical_align: 'top',
    show_tick: false,
    has_padding: true,
  }
}

/** Monitors by their tags, so that no id needs to be known. */
export function monitorSummary(title: string, query: string): Json {
  return {
    type: 'manage_status',
    title,
    query,
    sort: 'status,asc',
    display_format: 'countsAndList',
    color_preference: 'text',
    summary_type: 'monitors',
    hide_zero_counts: true,
    show_last_triggered: true,
    show_priority: true,
  }
}

/** Objectives by their tags. */
export function sloList(title: string, query: string, limit: number): Json {
  return {
    type: 'slo_list',
    title,
    requests: [{ request_type: 'slo_list', query: { query_string: query, limit } }],
  }
}

export function link(label: string, address: string): Json {
  return { label, link: address }
}

function linked(links: readonly Json[]): { custom_links?: readonly Json[] } {
  return links.length === 0 ? {} : { custom_links: links }
}

/** Counts add up over the time that is shown; of a gauge the newest value counts. */
function scalarRequest(queries: NamedQueries, formulas: readonly Formula[]) {
  return {
    response_format: 'scalar',
    queries: Object.entries(queries).map(([name, query]) => ({
      ...metricQuery(name, query),
      aggregator: query.endsWith('.as_count()') ? 'sum' : 'last',
    })),
    formulas: formulas.map(formulaJson),
  }
}

function formulaJson({ formula, alias, unit, formats }: Formula) {
  return {
    formula,
    alias,
    ...(unit === undefined ? {} : { number_format: { unit: { type: 'canonical_unit', unit_name: unit } } }),
    ...(formats === undefined ? {} : { conditional_formats: formats.map((format) => ({ ...format })) }),
  }
}

const SHOWN_GROUPS = 25

function sortBy(index: number): Json {
  return { count: SHOWN_GROUPS, order_by: [{ type: 'formula', index, order: 'desc' }] }
}
