import type { Report } from '../../finding.ts'
import { checkAsked, type SelectorPlace } from '../../promql/check-selectors.ts'
import type { KnownMetric } from '../../promql/known-metrics.ts'
import { COLUMNS } from '../layout.ts'
import type { AnnotationJson, Board, BoardJson, PanelJson } from './board.ts'
import { checkLinks } from './check-links.ts'
import { checkPanel } from './check-panels.ts'
import { subjectOf } from './check-subject.ts'
import { LABEL, labelsIn } from './labels.ts'

/** Variables of Grafana’s own. */
const OWN_VARIABLES = new Set(['__range', '__rate_interval', '__interval'])

/** What is wrong in one dashboard whose shape is right. */
export function checkBoard(
  { board, text }: Board,
  known: ReadonlyMap<string, KnownMetric>,
  report: Report,
): void {
  checkPlaces(board.panels, report)
  checkVariables(board, text, report)
  checkQueries(board, known, report)
  const subject = subjectOf(board, report)
  const place = { known, subject, hasEnvironment: hasEnvironment(board) }
  checkLinks(board, subject, report)
  for (const [index, annotation] of board.annotations.list.entries())
    checkAnnotation(annotation, `/annotations/list/${index}`, place, report)
  checkTitles(board.panels, report)
  for (const [index, panel] of board.panels.entries()) {
    checkTargets(panel, `/panels/${index}`, place, report)
    checkPanel(panel, `/panels/${index}`, report)
  }
}

function hasEnvironment({ templating }: BoardJson): boolean {
  return templating.list.some(({ name }) => name === 'env')
}

function checkAnnotation(
  { expr, step, titleFormat, textFormat, tagKeys }: AnnotationJson,
  at: string,
  place: SelectorPlace,
  report: Report,
): void {
  checkAsked(expr, place, (message) => {
    report(`${at}/expr`, message)
  })
  for (const label of [...labelsIn(titleFormat), ...labelsIn(textFormat), ...tagKeys.split(',')])
    if (!keeps(expr, label)) report(at, `names the label ${label}, which its expression does not keep`)
  for (const [, window = ''] of expr.matchAll(/\[([^\]]*)\]/g))
    if (!(secondsIn(window) >= secondsIn(step)))
      report(
        `${at}/step`,
        `looks every ${step} at what the last [${window}] hold: changes between are not seen`,
      )
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 }

/** In seconds; NaN for what is none. */
function secondsIn(text: string): number {
  const [, count, unit = ''] = /^(\d+)([smh])$/.exec(text) ?? []
  return Number(count) * (UNIT_SECONDS[unit] ?? Number.NaN)
}

/** Under one heading, two panels of one title can't be told apart. */
function checkTitles(panels: readonly PanelJson[], report: Report): void {
  let titles = new Set<string>()
  for (const [index, { type, title }] of panels.entries()) {
    if (type === 'row') titles = new Set()
    else if (title !== '' && titles.has(title))
      report(`/panels/${index}/title`, `another panel beside it is called ${title}`)
    titles.add(title)
  }
}

function checkPlaces(panels: readonly PanelJson[], report: Report): void {
  const ids = new Set<number>()
  for (const [index, panel] of panels.entries()) {
    const at = `/panels/${index}`
    if (ids.has(panel.id)) report(`${at}/id`, `another panel has the id ${panel.id}`)
    ids.add(panel.id)
    const { x, y, w } = panel.gridPos
    const next = panels[index + 1]
    if (next !== undefined && (next.gridPos.y < y || (next.gridPos.y === y && next.gridPos.x < x)))
      report(`/panels/${index + 1}/gridPos`, `lies before panel ${panel.id}, which stands before it`)
    if (panel.type === 'row' && (next === undefined || next.type === 'row'))
      report(at, `nothing stands under the heading ${panel.title}`)
    if (x + w > COLUMNS) report(`${at}/gridPos`, `reaches beyond the ${COLUMNS} columns`)
    const other = panels.slice(0, index).find((before) => overlaps(before.gridPos, panel.gridPos))
    if (other !== undefined) report(`${at}/gridPos`, `lies over panel ${other.id}`)
  }
}

function overlaps(one: PanelJson['gridPos'], other: PanelJson['gridPos']): boolean {
  return (
    one.x < other.x + other.w &&
    other.x < one.x + one.w &&
    one.y < other.y + other.h &&
    other.y < one.y + one.h
  )
}

/** Each variable is defined once and used; each that is used is defined. */
function checkVariables({ templating }: BoardJson, text: string, report: Report): void {
  const defined = templating.list.map(({ name }) => name)
  const used = new Set(
    [...text.matchAll(/\$\{(\w+)\}|\$(\w+)/g)].map(([, braced, bare]) => braced ?? bare ?? ''),
  )
  for (const [index, name] of defined.entries()) {
    const at = `/templating/list/${index}`
    if (defined.indexOf(name) !== index) report(at, `another variable is called ${name}`)
    if (!used.has(name)) report(at, `nothing uses the variable ${name}`)
  }
  for (const name of used)
    if (!OWN_VARIABLES.has(name) && !defined.includes(name))
      report('/templating/list', `no variable ${name} is defined, but one is used`)
}

/** The values of a variable are those of a label that its metric has. */
function checkQueries(
  { templating }: BoardJson,
  known: ReadonlyMap<string, KnownMetric>,
  report: Report,
): void {
  for (const [index, { query, definition, current }] of templating.list.entries()) {
    if (typeof query === 'string') continue
    if (current?.text.join() !== current?.value.join())
      report(`/templating/list/${index}/current`, 'shows another choice than it makes: text and value differ')
    if (definition !== query.query)
      report(`/templating/list/${index}/definition`, `must be that of the query: ${query.query}`)
    const [, metric = '', label = ''] = /^label_values\((\w+), (\w+)\)$/.exec(query.query) ?? []
    if (known.get(metric)?.labels.has(label) !== true)
      report(`/templating/list/${index}/query`, 'asks for no label of a metric of the catalogue')
  }
}

function checkTargets(
  { targets = [] }: PanelJson,
  at: string,
  selectors: SelectorPlace,
  report: Report,
): void {
  const refIds = new Set<string>()
  for (const [index, { refId, expr, legendFormat }] of targets.entries()) {
    const place = `${at}/targets/${index}`
    if (refIds.has(refId)) report(`${place}/refId`, `another target has the refId ${refId}`)
    refIds.add(refId)
    checkAsked(expr, selectors, (message) => {
      report(`${place}/expr`, message)
    })
    for (const label of labelsIn(legendFormat))
      if (!keeps(expr, label))
        report(`${place}/legendFormat`, `names the label ${label}, which its expression does not keep`)
    if (/[{}]/.test(legendFormat.replaceAll(LABEL, '')))
      report(`${place}/legendFormat`, 'has braces that belong to no label')
  }
}

/** Whether a label is grouped by. */
function keeps(expr: string, label: string): boolean {
  return new RegExp(`by \\([^)]*\\b${label}\\b`).test(expr)
}
