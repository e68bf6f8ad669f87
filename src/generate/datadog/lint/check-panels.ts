import type { Report } from '../../finding.ts'
import { type MetricQuery, valuesOf } from './expression.ts'
import type { FormulaJson, NamedQuery, RequestJson, WidgetJson } from './json-types.ts'
import { FORMULAS, type Panel, PANELS, QUERIES } from './panels.ts'
import { tryToParse } from './parse-expression.ts'
import { QuerySyntaxError } from './scanner.ts'

/**
 * Nothing is missing that people look for.
 *
 * @param kind of the dashboard, `contract` or `domain`
 * @param seen titles of its widgets
 */
export function checkPresent(kind: string, seen: ReadonlySet<string>, report: Report): void {
  for (const [title, { isOptional }] of Object.entries(PANELS[kind] ?? {})) {
    if (!seen.has(title) && isOptional !== true) report('/widgets', `there is no widget called ${title}`)
  }
}

/**
 * A widget shows what its title says; one that nobody knows may show anything.
 *
 * @param subject of the dashboard, such as `contract:…`
 */
export function checkPanel(
  { title, type }: WidgetJson['definition'],
  { formulas, queries, sort }: RequestJson,
  subject: string,
  at: string,
  report: Report,
): void {
  const panel = panelOf(title, subject)
  if (panel === undefined) return
  if (!panel.types.includes(type))
    report(at, `is a ${type}, and ${String(title)} is shown as ${panel.types.join(' or ')}`)
  const shown = formulas.map(({ alias }) => alias).join(', ')
  const meant = panel.shows.join(', ')
  if (shown !== meant) report(`${at}/formulas`, `shows ${shown}, and its title says ${meant}`)
  formulas.forEach((formula, index) => checkFormula(formula, `${at}/formulas/${index}`, report))
  queries.forEach((query, index) => checkNamedQuery(query, panel.by, `${at}/queries/${index}/query`, report))
  if (sort?.order_by.some(({ order }) => order !== 'desc') === true)
    report(`${at}/sort`, 'the worst is to be seen first: desc')
}

function panelOf(title: unknown, subject: string): Panel | undefined {
  const panels = PANELS[subject.slice(0, subject.indexOf(':'))] ?? {}
  return Object.entries(panels).find(([known]) => known === title)?.[1]
}

function checkFormula({ alias = '', formula }: FormulaJson, at: string, report: Report): void {
  const known = FORMULAS[alias]
  if (known !== undefined && !known.includes(formula.replaceAll(/default_zero\((\w+)\)/g, '$1')))
    report(`${at}/formula`, `is called ${alias}, which is ${known.join(' or ')}`)
}

function checkNamedQuery(
  { name, query: text }: NamedQuery,
  by: readonly string[],
  at: string,
  report: Report,
): void {
  const parsed = tryToParse(text)
  if (parsed instanceof QuerySyntaxError || parsed.kind !== 'query') return
  const { query } = parsed
  if ([...query.by].sort().join() !== [...by].sort().join())
    report(at, `is grouped by ${query.by.join() || 'nothing'}, and its title means ${by.join() || 'nothing'}`)
  checkMeaning(name, query, at, report)
}

function checkMeaning(name: string, query: MetricQuery, at: string, report: Report): void {
  const known = QUERIES[name]
  if (known === undefined) return
  const { metrics, results = [] } = known
  if (!metrics.includes(query.metric))
    report(at, `${name} is not asked of ${query.metric}: ${metrics.join(' or ')}`)
  const asked = [...valuesOf(query, 'result')].sort().join(', ')
  if (asked !== [...results].sort().join(', '))
    report(
      at,
      `${name} is of result ${asked || 'whatever'}, and means ${results.join(', ') || 'all of them'}`,
    )
}
