import type { Json } from '../to-json.ts'
import { DATASOURCE } from './datasource.ts'
import type { Panel } from './layout.ts'

/** Units that we show: a share of 1, seconds, numbers. */
export type Unit = 'percentunit' | 's' | 'short'

/** A query and what its series are called: text with `{{label}}`. */
export interface Asked {
  readonly expr: string
  readonly legend: string
}

/** A column of a table. */
export interface Column extends Asked {
  readonly unit: Unit
  readonly decimals?: number
  readonly steps?: readonly Step[]
  readonly mappings?: readonly Json[]
}

/** From this value on, this colour; the first has no value. */
export interface Step {
  readonly color: 'green' | 'yellow' | 'red' | 'blue' | 'text'
  readonly value: number | null
}

export interface Look {
  readonly unit: Unit
  /** Digits behind the point; Grafana’s choice unless given. */
  readonly decimals?: number
  readonly steps?: readonly Step[]
  readonly mappings?: readonly Json[]
  readonly style?: 'line' | 'bars'
}

const BY_SERIES = { mode: 'palette-classic' } as const
const BY_VALUE = { mode: 'thresholds' } as const
const PLAIN: readonly Step[] = [{ color: 'text', value: null }]

/** Numbers, each the newest. */
export function stat(title: string, asked: readonly Asked[], look: Look): Panel {
  return {
    type: 'stat',
    title,
    targets: asked.map((each, index) => targetOf(each, index, 'instant')),
    fieldConfig: { defaults: defaultsOf(look), overrides: [] },
    options: {
      colorMode: look.steps === undefined && look.mappings === undefined ? 'none' : 'background',
      graphMode: 'none',
      textMode: asked.length > 1 || asked[0]?.legend.includes('{{') ? 'value_and_name' : 'value',
      reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
    },
  }
}

/** Values over time, each series in a colour of its own; thresholds are lines across them. */
export function timeSeries(title: string, asked: readonly Asked[], look: Look): Panel {
  const bars = look.style === 'bars'
  const custom = {
    drawStyle: bars ? 'bars' : 'line',
    fillOpacity: bars ? 60 : 10,
    stacking: { mode: bars ? 'normal' : 'none', group: 'A' },
    thresholdsStyle: { mode: look.steps === undefined ? 'off' : 'line' },
  }
  return {
    type: 'timeseries',
    title,
    targets: asked.map((each, index) => targetOf(each, index, 'range')),
    fieldConfig: { defaults: { ...defaultsOf(look), color: BY_SERIES, min: 0, custom }, overrides: [] },
    options: {
      legend: { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: [] },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
  }
}

/** The series with the highest values. */
export function topList(title: string, asked: Asked, look: Look): Panel {
  return {
    type: 'bargauge',
    title,
    targets: [targetOf(asked, 0, 'instant')],
    fieldConfig: { defaults: { ...defaultsOf(look), min: 0 }, overrides: [] },
    options: {
      displayMode: 'basic',
      orientation: 'horizontal',
      reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
    },
  }
}

/** A row for each set of labels, with a column for each query; sorted by one of them. */
export function table(title: string, columns: readonly Column[], sortBy: string): Panel {
  const names = columns.map(({ legend }, index) => [`Value #${refIdOf(index)}`, legend] as const)
  return {
    type: 'table',
    title,
    targets: columns.map((each, index) => targetOf(each, index, 'table')),
    transformations: [
      { id: 'merge', options: {} },
      {
        id: 'organize',
        options: { excludeByName: { Time: true }, renameByName: Object.fromEntries(names) },
      },
    ],
    fieldConfig: { defaults: defaultsOf({ unit: 'short' }), overrides: columns.map(overrideOf) },
    options: { showHeader: true, cellHeight: 'sm', sortBy: [{ displayName: sortBy, desc: true }] },
  }
}

/** How the values of a histogram are spread over time. */
export function heatMap(title: string, expr: string): Panel {
  return {
    type: 'heatmap',
    title,
    targets: [{ ...targetOf({ expr, legend: '{{le}}' }, 0, 'range'), format: 'heatmap' }],
    fieldConfig: { defaults: {}, overrides: [] },
    options: {
      calculate: false,
      yAxis: { unit: 's', axisPlacement: 'left' },
      color: { mode: 'scheme', scheme: 'Oranges', steps: 64 },
      cellGap: 1,
    },
  }
}

/** Text in Markdown. */
export function text(content: string): Panel {
  return {
    type: 'text',
    title: '',
    options: { mode: 'markdown', content },
  }
}

function refIdOf(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index)
}

function targetOf({ expr, legend }: Asked, index: number, kind: 'instant' | 'range' | 'table') {
  return {
    refId: refIdOf(index),
    datasource: DATASOURCE,
    expr,
    legendFormat: legend,
    instant: kind !== 'range',
    range: kind === 'range',
    format: kind === 'table' ? 'table' : 'time_series',
  }
}

function defaultsOf({ unit, decimals, steps = PLAIN, mappings }: Look): Record<string, Json> {
  return {
    unit,
    ...(decimals === undefined ? {} : { decimals }),
    color: steps === PLAIN && mappings === undefined ? BY_SERIES : BY_VALUE,
    thresholds: thresholdsOf(steps),
    ...(mappings === undefined ? {} : { mappings }),
  }
}

function thresholdsOf(steps: readonly Step[]): Json {
  return { mode: 'absolute', steps: steps.map((step) => ({ ...step })) }
}

function overrideOf({ legend, unit, decimals, steps, mappings }: Column): Json {
  const isColoured = steps !== undefined || mappings !== undefined
  return {
    matcher: { id: 'byName', options: legend },
    properties: [
      { id: 'unit', value: unit },
      ...(decimals === undefined ? [] : [{ id: 'decimals', value: decimals }]),
      ...(steps === undefined ? [] : [{ id: 'thresholds', value: thresholdsOf(steps) }]),
      ...(mappings === undefined ? [] : [{ id: 'mappings', value: mappings }]),
      ...(isColoured
        ? [
            { id: 'color', value: BY_VALUE },
            { id: 'custom.cellOptions', value: { type: 'color-background' } },
          ]
        : []),
    ],
  }
}
