import {
  FLAG,
  type JsonSchema,
  listOf,
  NUMBER,
  object,
  oneOf,
  QUERY_NAME,
  TEXT,
  whole,
} from '../../../shapes/shape.ts'

const COLUMNS = 12
const MAX_HEIGHT = 10_000

const LAYOUT = object({
  x: whole(0, COLUMNS - 1),
  y: whole(0, MAX_HEIGHT),
  width: whole(1, COLUMNS),
  height: whole(1, MAX_HEIGHT),
})

const METRICS = oneOf('metrics')
const QUERY = { data_source: METRICS, name: QUERY_NAME, query: TEXT }
const SCALAR_QUERY = object({ ...QUERY, aggregator: oneOf('avg', 'last', 'max', 'min', 'sum') })

const FORMULA = object(
  {
    formula: TEXT,
    alias: TEXT,
    number_format: object({
      unit: object({ type: oneOf('canonical_unit'), unit_name: oneOf('percent', 'second') }),
    }),
    conditional_formats: listOf(
      object({
        comparator: oneOf('>', '>=', '<', '<='),
        value: NUMBER,
        palette: oneOf('white_on_red', 'white_on_yellow', 'white_on_green'),
      }),
    ),
  },
  ['number_format', 'conditional_formats'],
)

const SORT = object({
  count: whole(1, 1000),
  order_by: listOf(
    object({ type: oneOf('formula'), index: whole(0, 100), order: oneOf('asc', 'desc') }),
    1,
    1,
  ),
})

const SCALAR = { response_format: oneOf('scalar'), queries: listOf(SCALAR_QUERY), formulas: listOf(FORMULA) }
const ONE_SCALAR = { ...SCALAR, formulas: listOf(FORMULA, 1, 1) }

const LINK = {
  type: 'string',
  pattern: '^(?:https?://[^\\s/]+|/[^/\\s])',
  description: 'an address that begins with http://, https:// or /',
}

const LINKS = listOf(object({ label: TEXT, link: LINK }))

const MARKER = object({
  value: {
    type: 'string',
    pattern: '^y = -?\\d+(?:\\.\\d+)?$',
    description: 'a value of the axis, such as y = 300',
  },
  display_type: {
    type: 'string',
    pattern: '^(?:error|warning|info|ok) (?:dashed|solid|bold)$',
    description: 'a level and a style, such as `error dashed`',
  },
  label: TEXT,
})

const COLORS = oneOf('blue', 'gray', 'green', 'orange', 'pink', 'purple', 'yellow')

/** The widgets that are used, by their type. */
export const WIDGETS: Readonly<Record<string, JsonSchema>> = {
  query_value: object({
    type: oneOf('query_value'),
    title: TEXT,
    autoscale: FLAG,
    precision: whole(0, 10),
    requests: listOf(object(ONE_SCALAR), 1, 1),
  }),
  toplist: object(
    {
      type: oneOf('toplist'),
      title: TEXT,
      requests: listOf(object({ ...ONE_SCALAR, sort: SORT }), 1, 1),
      custom_links: LINKS,
    },
    ['custom_links'],
  ),
  query_table: object(
    {
      type: oneOf('query_table'),
      title: TEXT,
      has_search_bar: oneOf('auto', 'always', 'never'),
      requests: listOf(object({ ...SCALAR, sort: SORT }), 1, 1),
      custom_links: LINKS,
    },
    ['custom_links'],
  ),
  timeseries: object(
    {
      type: oneOf('timeseries'),
      title: TEXT,
      show_legend: FLAG,
      legend_layout: oneOf('auto', 'horizontal', 'vertical'),
      requests: listOf(
        object({
          response_format: oneOf('timeseries'),
          display_type: oneOf('line', 'bars', 'area'),
          queries: listOf(object(QUERY)),
          formulas: listOf(FORMULA),
        }),
      ),
      markers: listOf(MARKER),
    },
    ['markers'],
  ),
  heatmap: object({
    type: oneOf('heatmap'),
    title: TEXT,
    requests: listOf(object({ request_type: oneOf('histogram'), query: object(QUERY) }), 1, 1),
  }),
  note: object({
    type: oneOf('note'),
    content: TEXT,
    background_color: {
      enum: ['white', 'blue', 'gray', 'green', 'orange', 'pink', 'purple', 'yellow', 'transparent'],
    },
    font_size: oneOf('14', '16', '18'),
    text_align: oneOf('left', 'center', 'right'),
    vertical_align: oneOf('top', 'center', 'bottom'),
    show_tick: FLAG,
    has_padding: FLAG,
  }),
  manage_status: object({
    type: oneOf('manage_status'),
    title: TEXT,
    query: TEXT,
    sort: {
      type: 'string',
      pattern: '^(?:name|group|status|tags|triggered),(?:asc|desc)$',
      description: 'a column and a direction, such as status,asc',
    },
    display_format: oneOf('counts', 'countsAndList', 'list'),
    color_preference: oneOf('background', 'text'),
    summary_type: oneOf('monitors', 'groups', 'combined'),
    hide_zero_counts: FLAG,
    show_last_triggered: FLAG,
    show_priority: FLAG,
  }),
  slo_list: object({
    type: oneOf('slo_list'),
    title: TEXT,
    requests: listOf(
      object({
        request_type: oneOf('slo_list'),
        query: object({ query_string: TEXT, limit: whole(1, 100) }),
      }),
      1,
      1,
    ),
  }),
}

/** A group: its widgets are held against their own shapes. */
export const GROUP = object({
  type: oneOf('group'),
  title: TEXT,
  layout_type: oneOf('ordered'),
  show_title: FLAG,
  background_color: COLORS,
  widgets: listOf(object({ definition: { type: 'object' }, layout: LAYOUT })),
})

export const DASHBOARD = object({
  title: { ...TEXT, maxLength: 200 },
  description: TEXT,
  layout_type: oneOf('ordered'),
  reflow_type: oneOf('fixed'),
  tags: listOf(
    {
      type: 'string',
      pattern: '^team:[a-z0-9_\\-.:/]+$',
      description: 'a tag team:…, for dashboards take no others',
    },
    1,
    5,
  ),
  template_variables: listOf(
    object({
      name: QUERY_NAME,
      prefix: QUERY_NAME,
      defaults: listOf(oneOf('*'), 1, 1),
      available_values: listOf(TEXT, 0),
    }),
  ),
  notify_list: { type: 'array', maxItems: 0 },
  widgets: listOf(object({ definition: { type: 'object' }, layout: LAYOUT })),
})
