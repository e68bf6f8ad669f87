import {
  FLAG,
  type JsonSchema,
  listOf,
  NUMBER,
  object,
  oneOf,
  TEXT,
  TEXT_OR_EMPTY,
  whole,
} from '../../shapes/shape.ts'
import { COLUMNS } from '../layout.ts'
import { GRAFANA_MARK, MAX_TAG_LENGTH, SCHEMA_VERSION } from '../dashboard.ts'

const MAX_HEIGHT = 10_000
const LEAST_HEIGHT = 3
const TAG: JsonSchema = {
  type: 'string',
  pattern: `^\\S.{0,${MAX_TAG_LENGTH - 1}}$`,
  description: `a tag of at most ${MAX_TAG_LENGTH} characters, for Grafana keeps no more`,
}
const WITH_DATASOURCE = object({ type: oneOf('prometheus'), uid: oneOf('${datasource}') })
const COLOUR = oneOf('green', 'yellow', 'red', 'blue', 'text')
const UNIT = oneOf('percentunit', 's', 'short')
const DECIMALS = whole(2, 7)
const COLOUR_MODE = object({ mode: oneOf('thresholds', 'palette-classic') })

const THRESHOLDS = object({
  mode: oneOf('absolute'),
  steps: listOf(object({ color: COLOUR, value: { type: ['number', 'null'] } })),
})
const MAPPINGS = listOf(
  object({
    type: oneOf('value'),
    options: {
      type: 'object',
      minProperties: 1,
      additionalProperties: object({ text: TEXT, color: COLOUR, index: whole(0, 100) }),
    },
  }),
)
const CUSTOM = object({
  drawStyle: oneOf('line', 'bars'),
  fillOpacity: whole(0, 100),
  stacking: object({ mode: oneOf('none', 'normal'), group: TEXT }),
  thresholdsStyle: object({ mode: oneOf('off', 'line') }),
})
const DEFAULTS = object(
  {
    unit: UNIT,
    decimals: DECIMALS,
    color: COLOUR_MODE,
    thresholds: THRESHOLDS,
    mappings: MAPPINGS,
    min: NUMBER,
    custom: CUSTOM,
  },
  ['unit', 'decimals', 'color', 'thresholds', 'mappings', 'min', 'custom'],
)
const PROPERTY: JsonSchema = {
  anyOf: [
    object({ id: oneOf('unit'), value: UNIT }),
    object({ id: oneOf('decimals'), value: DECIMALS }),
    object({ id: oneOf('color'), value: COLOUR_MODE }),
    object({ id: oneOf('thresholds'), value: THRESHOLDS }),
    object({ id: oneOf('mappings'), value: MAPPINGS }),
    object({ id: oneOf('custom.cellOptions'), value: object({ type: oneOf('color-background') }) }),
  ],
}
const OVERRIDE = object({
  matcher: object({ id: oneOf('byName'), options: TEXT }),
  properties: listOf(PROPERTY),
})
const TARGET = object({
  refId: { type: 'string', pattern: '^[A-Z]$' },
  datasource: WITH_DATASOURCE,
  expr: TEXT,
  legendFormat: TEXT,
  instant: FLAG,
  range: FLAG,
  format: oneOf('time_series', 'table', 'heatmap'),
})
const REDUCE = object({ calcs: listOf(oneOf('lastNotNull')), fields: oneOf(''), values: oneOf(false) })
const TEXTS_BY_NAME: JsonSchema = { type: 'object', additionalProperties: TEXT }
const TRANSFORMATION: JsonSchema = {
  anyOf: [
    object({ id: oneOf('merge'), options: object({}) }),
    object({
      id: oneOf('organize'),
      options: object({ excludeByName: object({ Time: oneOf(true) }), renameByName: TEXTS_BY_NAME }),
    }),
  ],
}

const FRAME = {
  id: whole(1, 100_000),
  title: TEXT,
  datasource: WITH_DATASOURCE,
  gridPos: object({
    x: whole(0, COLUMNS - 1),
    y: whole(0, MAX_HEIGHT),
    w: whole(1, COLUMNS),
    h: whole(LEAST_HEIGHT, 100),
  }),
}

function asking(
  type: string,
  options: JsonSchema,
  more: Readonly<Record<string, JsonSchema>> = {},
): JsonSchema {
  return object({
    ...FRAME,
    type: oneOf(type),
    targets: listOf(TARGET, 1, 26),
    fieldConfig: object({ defaults: DEFAULTS, overrides: { type: 'array', items: OVERRIDE } }),
    options,
    ...more,
  })
}

/** Panels by their type. */
export const PANELS: Readonly<Record<string, JsonSchema>> = {
  row: object({
    ...FRAME,
    gridPos: object({ x: oneOf(0), y: whole(0, MAX_HEIGHT), w: oneOf(COLUMNS), h: oneOf(1) }),
    type: oneOf('row'),
    collapsed: oneOf(false),
    panels: { type: 'array', maxItems: 0 },
  }),
  text: object({
    ...FRAME,
    title: TEXT_OR_EMPTY,
    type: oneOf('text'),
    options: object({ mode: oneOf('markdown'), content: TEXT }),
  }),
  stat: asking(
    'stat',
    object({
      colorMode: oneOf('none', 'background'),
      graphMode: oneOf('none'),
      textMode: oneOf('value', 'value_and_name'),
      reduceOptions: REDUCE,
    }),
  ),
  timeseries: asking(
    'timeseries',
    object({
      legend: object({
        displayMode: oneOf('list'),
        placement: oneOf('bottom'),
        showLegend: oneOf(true),
        calcs: { type: 'array', maxItems: 0 },
      }),
      tooltip: object({ mode: oneOf('multi'), sort: oneOf('desc') }),
    }),
  ),
  bargauge: asking(
    'bargauge',
    object({ displayMode: oneOf('basic'), orientation: oneOf('horizontal'), reduceOptions: REDUCE }),
  ),
  table: asking(
    'table',
    object({
      showHeader: FLAG,
      cellHeight: oneOf('sm'),
      sortBy: listOf(object({ displayName: TEXT, desc: FLAG }), 1, 1),
    }),
    { transformations: listOf(TRANSFORMATION) },
  ),
  heatmap: asking(
    'heatmap',
    object({
      calculate: oneOf(false),
      yAxis: object({ unit: UNIT, axisPlacement: oneOf('left') }),
      color: object({ mode: oneOf('scheme'), scheme: oneOf('Oranges'), steps: whole(2, 128) }),
      cellGap: whole(0, 25),
    }),
  ),
}

const NAME: JsonSchema = { type: 'string', pattern: '^[a-z]+$' }
const LINK: JsonSchema = {
  anyOf: [
    object({
      type: oneOf('link'),
      title: TEXT,
      url: { type: 'string', pattern: '^(?:https?://[^\\s/]+|/d/[A-Za-z0-9_-]+$)' },
      icon: oneOf('dashboard', 'doc'),
      tooltip: TEXT_OR_EMPTY,
      tags: { type: 'array', maxItems: 0 },
      asDropdown: oneOf(false),
      targetBlank: FLAG,
      keepTime: FLAG,
      includeVars: FLAG,
    }),
    object({
      type: oneOf('dashboards'),
      title: TEXT,
      tags: listOf(TAG),
      icon: oneOf('external link'),
      tooltip: TEXT_OR_EMPTY,
      asDropdown: FLAG,
      targetBlank: FLAG,
      keepTime: oneOf(true),
      includeVars: oneOf(true),
    }),
  ],
}
const VARIABLE: JsonSchema = {
  anyOf: [
    object({
      type: oneOf('datasource'),
      name: NAME,
      label: TEXT,
      query: oneOf('prometheus'),
      hide: oneOf(0),
    }),
    object({
      type: oneOf('query'),
      name: NAME,
      label: TEXT,
      datasource: WITH_DATASOURCE,
      definition: TEXT,
      query: object({ query: TEXT, refId: TEXT }),
      refresh: whole(1, 2),
      sort: whole(0, 8),
      hide: oneOf(0),
      multi: oneOf(true),
      includeAll: oneOf(true),
      allValue: oneOf('.*'),
      current: object({ text: listOf(TEXT), value: listOf(TEXT) }),
    }),
  ],
}
const ANNOTATION = object({
  name: TEXT,
  enable: oneOf(true),
  hide: oneOf(false),
  iconColor: TEXT,
  datasource: WITH_DATASOURCE,
  expr: TEXT,
  step: { type: 'string', pattern: '^[1-9]\\d*[smh]$', description: 'a length of time, such as 60s' },
  titleFormat: TEXT,
  textFormat: TEXT,
  tagKeys: TEXT,
})

/** A dashboard but for what its panels hold. */
export const DASHBOARD = object({
  id: { type: 'null' },
  uid: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,40}$' },
  title: TEXT,
  description: TEXT,
  tags: { ...listOf(TAG), contains: { const: GRAFANA_MARK } },
  links: { type: 'array', items: LINK },
  schemaVersion: oneOf(SCHEMA_VERSION),
  version: whole(1, 1_000_000),
  editable: oneOf(false),
  graphTooltip: whole(0, 2),
  refresh: { type: 'string', pattern: '^[1-9]\\d*[mh]$', description: 'minutes or hours, such as 1m' },
  timezone: oneOf('browser', 'utc'),
  time: object({
    from: { type: 'string', pattern: '^now-[1-9]\\d*[mhd]$', description: 'a time ago, such as now-24h' },
    to: oneOf('now'),
  }),
  templating: object({ list: listOf(VARIABLE) }),
  annotations: object({ list: { type: 'array', items: ANNOTATION } }),
  panels: listOf({ type: 'object', properties: { type: TEXT }, required: ['type'] }),
})
