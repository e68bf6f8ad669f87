import type { Report } from '../../finding.ts'
import { STATUS_MAPPINGS } from '../thresholds.ts'
import type { LookJson, MappingJson, PanelJson, StepJson, TargetJson } from './board.ts'
import { checkCell, checkColours } from './check-colours.ts'
import { checkQuestions } from './check-questions.ts'

/** Panels that show the newest value, and so ask for one moment. */
const INSTANT = new Set(['stat', 'bargauge', 'table'])
const FORMATS: Readonly<Record<string, string>> = { table: 'table', heatmap: 'heatmap' }
const OF_SECONDS = /\bdq_(?:topic_event_age|consumer_lag_seconds|evaluate_duration_seconds_bucket)\b/

/** What a panel shows is what its queries give, in their unit, and in colours that mean something. */
export function checkPanel(panel: PanelJson, at: string, report: Report): void {
  const { type, targets = [], fieldConfig, options } = panel
  if (/<[A-Za-z/!?]/.test(options?.content ?? ''))
    report(`${at}/options/content`, 'has HTML: Markdown alone is meant')
  for (const [index, target] of targets.entries()) checkKind(target, type, `${at}/targets/${index}`, report)
  checkQuestions(panel, at, report)
  if (type === 'table') return checkColumns(panel, at, report)
  const [first] = targets
  if (first === undefined || fieldConfig === undefined || type === 'heatmap') return
  checkLook(first.expr, fieldConfig.defaults, `${at}/fieldConfig/defaults`, report)
  checkColours(panel, at, report)
}

/** One value of a moment, or values over time, in the form that the panel reads. */
function checkKind(
  { instant, range, format, expr }: TargetJson,
  type: string,
  at: string,
  report: Report,
): void {
  const isInstant = INSTANT.has(type)
  if (instant !== isInstant || range === isInstant)
    report(
      `${at}/instant`,
      `a ${type} asks for ${isInstant ? 'one moment' : 'a time'}: instant is ${isInstant}, range is ${!isInstant}`,
    )
  const expected = FORMATS[type] ?? 'time_series'
  if (format !== expected) report(`${at}/format`, `a ${type} reads ${expected}`)
  if (type === 'heatmap' && !/\bby \(le\)/.test(expr))
    report(`${at}/expr`, 'a heat map is of buckets: by (le)')
}

/** Each column has one query, and what it looks like. */
function checkColumns(
  { targets = [], transformations = [], fieldConfig, options }: PanelJson,
  at: string,
  report: Report,
): void {
  const names: Record<string, string> = Object.assign(
    {},
    ...transformations.map((each) => each.options.renameByName),
  )
  if (transformations.map(({ id }) => id).join() !== 'merge,organize')
    report(
      `${at}/transformations`,
      'columns of all queries make one table, and are named then: merge, organize',
    )
  const columns = targets.map(({ refId }) => `Value #${refId}`)
  for (const column of Object.keys(names).filter((each) => !columns.includes(each)))
    report(`${at}/transformations`, `renames ${column}, and no query is called so`)
  for (const column of columns.filter((each) => !(each in names)))
    report(`${at}/transformations`, `leaves ${column} without a name`)
  const shown = new Set(Object.values(names))
  const looked = new Set<string>()
  if (shown.size < Object.keys(names).length) report(`${at}/transformations`, 'two columns have one name')
  for (const { displayName } of options?.sortBy ?? [])
    if (!shown.has(displayName)) report(`${at}/options/sortBy`, `there is no column ${displayName}`)
  for (const [index, { matcher, properties }] of (fieldConfig?.overrides ?? []).entries()) {
    const place = `${at}/fieldConfig/overrides/${index}`
    const [column] = Object.entries(names).find(([, name]) => name === matcher.options) ?? []
    const target = targets.find(({ refId }) => `Value #${refId}` === column)
    if (looked.has(matcher.options)) report(place, `the column ${matcher.options} has two looks`)
    looked.add(matcher.options)
    const look: LookJson = Object.fromEntries(properties.map(({ id, value }) => [id, value]))
    if (target === undefined) report(place, `there is no column ${matcher.options}`)
    else checkLook(target.expr, look, place, report)
    checkCell(
      look,
      properties.map(({ id }) => id),
      place,
      report,
    )
  }
}

function checkLook(
  expr: string,
  { unit, decimals, thresholds, mappings }: LookJson,
  at: string,
  report: Report,
): void {
  const isShare = / \/ /.test(expr) || expr.includes('dq_promise_budget_left')
  const expected = isShare ? 'percentunit' : OF_SECONDS.test(expr) ? 's' : 'short'
  if (unit !== expected) report(`${at}/unit`, `the unit is ${expected}, not ${unit ?? 'missing'}`)
  if (isShare && expr.startsWith('1 - ') && decimals === undefined)
    report(`${at}/decimals`, 'is missing: Grafana would write 0.9995 as 100.0%')
  if (thresholds !== undefined) checkSteps(thresholds.steps, expr, isShare, `${at}/thresholds`, report)
  checkMappings(
    mappings,
    /\bdq_(?:rule|promise)_status\b/.test(expr) && !expr.startsWith('count'),
    `${at}/mappings`,
    report,
  )
}

/** Steps go up from nothing; of what is good, red is below, and of everything else above. */
function checkSteps(
  steps: readonly StepJson[],
  expr: string,
  isShare: boolean,
  at: string,
  report: Report,
): void {
  const values = steps.map(({ value }) => value)
  const isRising = values.every(
    (value, index) => index === 0 || (value !== null && value > (values[index - 1] ?? -Infinity)),
  )
  if (values[0] !== null || !isRising)
    report(at, 'the first step has no value, and each other a higher one than that before')
  if (isShare && values.some((value) => value !== null && value > 1)) report(at, 'a share is at most 1')
  const first = steps[0]?.color
  const isOfGood = expr.startsWith('1 - ') || expr.includes('dq_promise_budget_left')
  const isOfWindow = expr.includes('dq_volume_events')
  const isRedFirst = first === 'red'
  if (steps.length > 1 && !isOfWindow && isRedFirst !== isOfGood)
    report(
      at,
      `${isOfGood ? 'little' : 'much'} of it is bad: red is for ${isOfGood ? 'the first step' : 'a later step'}`,
    )
}

/** Numbers of statuses have the names that they have everywhere. */
function checkMappings(
  mappings: readonly MappingJson[] | undefined,
  isOfStatus: boolean,
  at: string,
  report: Report,
): void {
  if (!isOfStatus && mappings === undefined) return
  const wanted = JSON.stringify(STATUS_MAPPINGS.map((each) => textsOf(each as unknown as MappingJson)))
  const found = JSON.stringify((mappings ?? []).map(textsOf))
  if (!isOfStatus || found !== wanted)
    report(at, isOfStatus ? 'the numbers of statuses have other names or colours' : 'is for statuses only')
}

function textsOf({ options }: MappingJson): [string, string, string][] {
  return Object.entries(options)
    .map(([number, { text, color }]): [string, string, string] => [number, text, color])
    .toSorted(([one], [other]) => Number(one) - Number(other))
}
