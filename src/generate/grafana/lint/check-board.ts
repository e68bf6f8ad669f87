import type { Report } from '../../finding.ts'
import { checkExpression } from '../../promql/check-expression.ts'
import { COLUMNS } from '../layout.ts'
import type { Board, BoardJson, PanelJson } from './board.ts'

/** Variables of Grafana’s own. */
const OWN_VARIABLES = new Set(['__range', '__rate_interval', '__interval'])

/** What is wrong in one dashboard whose shape is right. */
export function checkBoard(
  { board, text }: Board,
  known: ReadonlyMap<string, ReadonlySet<string>>,
  report: Report,
): void {
  checkPlaces(board.panels, report)
  checkVariables(board, text, report)
  checkQueries(board, known, report)
  for (const [index, { expr }] of board.annotations.list.entries())
    checkExpression(expr, known, (message) => {
      report(`/annotations/list/${index}/expr`, message)
    })
  for (const [index, panel] of board.panels.entries()) checkTargets(panel, `/panels/${index}`, known, report)
}

function checkPlaces(panels: readonly PanelJson[], report: Report): void {
  const ids = new Set<number>()
  for (const [index, panel] of panels.entries()) {
    const at = `/panels/${index}`
    if (ids.has(panel.id)) report(`${at}/id`, `another panel has the id ${panel.id}`)
    ids.add(panel.id)
    const { x, w } = panel.gridPos
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
  known: ReadonlyMap<string, ReadonlySet<string>>,
  report: Report,
): void {
  for (const [index, { query }] of templating.list.entries()) {
    if (typeof query === 'string') continue
    const [, metric = '', label = ''] = /^label_values\((\w+), (\w+)\)$/.exec(query.query) ?? []
    if (known.get(metric)?.has(label) !== true)
      report(`/templating/list/${index}/query`, 'asks for no label of a metric of the catalogue')
  }
}

function checkTargets(
  { targets = [] }: PanelJson,
  at: string,
  known: ReadonlyMap<string, ReadonlySet<string>>,
  report: Report,
): void {
  const refIds = new Set<string>()
  for (const [index, { refId, expr, legendFormat }] of targets.entries()) {
    const place = `${at}/targets/${index}`
    if (refIds.has(refId)) report(`${place}/refId`, `another target has the refId ${refId}`)
    refIds.add(refId)
    checkExpression(expr, known, (message) => {
      report(`${place}/expr`, message)
    })
    for (const [, label = ''] of legendFormat.matchAll(/\{\{\s*(\w+)\s*\}\}/g))
      if (!new RegExp(`by \\([^)]*\\b${label}\\b`).test(expr))
        report(`${place}/legendFormat`, `names the label ${label}, which its expression does not keep`)
  }
}
