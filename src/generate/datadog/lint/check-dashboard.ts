import { GENERATED_MARK } from '../../../model/generated-file.ts'
import { checkFormulas } from './check-formulas.ts'
import { checkPlaces } from './check-layout.ts'
import { checkPanel, checkPresent } from './check-panels.ts'
import type { QueryPlace } from './check-query.ts'
import { checkExpression } from './check-query.ts'
import type { ShapeChecker } from './check-shape.ts'
import { ABOUT_EVENTS } from './check-told.ts'
import { checkAggregators, checkFormats, checkLinks, checkUnit, checkZero } from './check-shown.ts'
import { type Expression, type FilterTerm, queriesOf } from './expression.ts'
import type { Report } from '../../finding.ts'
import type { DashboardJson, NamedQuery, RequestJson, WidgetJson } from './json-types.ts'
import { tryToParse } from './parse-expression.ts'
import { QuerySyntaxError } from './scanner.ts'

const KEY = /\bdashboard:(contract|domain)\/([a-z0-9_\-.:/]+)$/

/** What a dashboard is about, and what may be used on it. */
interface Board extends QueryPlace {
  /** `contract:…` or `domain:…` */
  readonly subject: string
  readonly shapes: ShapeChecker
  readonly report: Report
  /** Queries of all widgets, to see which variables are used. */
  readonly texts: string[]
  /** Titles of all widgets, to see which are missing. */
  readonly titles: Set<string>
}

/** What is wrong with a dashboard. */
export function checkDashboard(
  value: unknown,
  place: Omit<QueryPlace, 'variables'>,
  shapes: ShapeChecker,
  report: Report,
): void {
  if (!shapes.isSound('dashboard', value, '', report)) return
  const { title, description, template_variables: variables, widgets } = value as DashboardJson
  const [, kind, name] = KEY.exec(description) ?? []
  if (kind === undefined || !description.includes(GENERATED_MARK))
    report('/description', `must end with ${GENERATED_MARK} and the key of the dashboard`)
  // Links find a dashboard by its title, for its id is not known before it is there.
  const expected = kind === 'domain' ? `Domain ${name}: contracts` : `Contract ${name}`
  if (kind !== undefined && title !== expected) report('/title', `must be ${expected}: links look for it`)
  const tagOf = new Map(variables.map((variable) => [variable.name, variable.prefix]))
  if (tagOf.size < variables.length) report('/template_variables', 'two variables have one name')
  const board: Board = {
    ...place,
    variables: tagOf,
    subject: `${kind}:${name}`,
    shapes,
    report,
    texts: [],
    titles: new Set(),
  }
  checkWidgets(widgets, board, '/widgets')
  if (kind !== undefined) checkPresent(kind, board.titles, report)
  for (const [variable] of tagOf) {
    const isUsed = board.texts.some((text) => new RegExp(`\\$${variable}\\b`).test(text))
    if (!isUsed) report('/template_variables', `no query uses the variable ${variable}`)
  }
}

function checkWidgets(widgets: readonly WidgetJson[], board: Board, at: string): void {
  checkPlaces(widgets, at, board.report)
  checkTitles(widgets, at, board.report)
  widgets.forEach(({ definition }, index) => checkWidget(definition, board, `${at}/${index}/definition`))
}

/** Side by side, two widgets of one title can't be told apart. */
function checkTitles(widgets: readonly WidgetJson[], at: string, report: Report): void {
  const titles = widgets.map(({ definition }) => definition.title)
  titles.forEach((title, index) => {
    if (title !== undefined && titles.indexOf(title) < index)
      report(`${at}/${index}/definition/title`, `another widget beside it is called ${String(title)}`)
  })
}

function checkWidget(definition: WidgetJson['definition'], board: Board, at: string): void {
  const { shapes, report } = board
  board.titles.add(String(definition.title))
  if (definition.type === 'group') {
    if (shapes.isSound('group', definition, at, report))
      checkWidgets(definition.widgets as WidgetJson[], board, `${at}/widgets`)
    return
  }
  if (!shapes.isSound(`widget ${definition.type}`, definition, at, report)) return
  if (definition.type === 'heatmap') return checkHeatmap(definition, board, at)
  if (definition.type === 'manage_status')
    return checkSearch(
      definition.query,
      `tag:("${board.subject}" AND "${GENERATED_MARK}")`,
      `${at}/query`,
      report,
    )
  if (definition.type === 'slo_list') {
    const { query_string: search } =
      (definition.requests as { query: { query_string: string } }[])[0]?.query ?? {}
    return checkSearch(
      search,
      `${board.subject} AND ${GENERATED_MARK}`,
      `${at}/requests/0/query/query_string`,
      report,
    )
  }
  if (definition.type === 'note') return
  ;(definition.requests as RequestJson[]).forEach((request, index) =>
    checkRequest(request, definition, board, `${at}/requests/${index}`),
  )
}

/** Monitors and objectives are found by tags, so that no id is needed: those of the subject, and only those of Assay. */
function checkSearch(search: unknown, expected: string, at: string, report: Report): void {
  if (search !== expected) report(at, `must be ${expected}`)
}

function checkHeatmap(definition: WidgetJson['definition'], board: Board, at: string): void {
  const [request] = definition.requests as { query: NamedQuery }[]
  const text = request?.query.query ?? ''
  board.texts.push(text)
  const parsed = tryToParse(text)
  const place = `${at}/requests/0/query/query`
  if (parsed instanceof QuerySyntaxError) board.report(place, parsed.message)
  else {
    if (parsed.kind !== 'query' || parsed.query.aggregator !== 'histogram')
      board.report(place, 'a heat map is of the points of a distribution: histogram:…')
    checkExpression(parsed, { ...board, isHeatmap: true }, place, board.report)
    checkSubject(parsed, board, place)
  }
}

function checkRequest(
  request: RequestJson,
  definition: WidgetJson['definition'],
  board: Board,
  at: string,
): void {
  const { queries, formulas, sort } = request
  const { report } = board
  checkPanel(definition, request, board.subject, at, report)
  board.texts.push(...queries.map(({ query }) => query))
  const placed = formulas.map((formula, index) => ({ formula, at: `${at}/formulas/${index}/formula` }))
  const resolved = checkFormulas(placed, queries, `${at}/queries`, board, report)
  resolved.forEach((expression, index) => {
    if (expression) checkSubject(expression, board, `${at}/formulas/${index}`)
    if (expression && definition.type !== 'timeseries')
      checkZero(expression, `${at}/formulas/${index}/formula`, report)
    if (expression)
      checkUnit(expression, formulas[index], board.catalogue, `${at}/formulas/${index}/number_format`, report)
    checkFormats(formulas[index], `${at}/formulas/${index}/conditional_formats`, report)
  })
  const aliases = formulas.map(({ alias }) => alias)
  if (new Set(aliases).size < aliases.length) report(`${at}/formulas`, 'two formulas have one alias')
  for (const { index } of sort?.order_by ?? []) {
    if (index >= formulas.length) report(`${at}/sort`, `there is no formula ${index} to sort by`)
  }
  checkAggregators(queries, `${at}/queries`, report)
  const groups = new Set(
    resolved.flatMap((expression) => (expression ? queriesOf(expression).flatMap(({ by }) => by) : [])),
  )
  const isByGroup = definition.type === 'toplist' || definition.type === 'query_table'
  if (isByGroup && groups.size === 0) report(at, `a ${definition.type} needs groups: no query has \`by {…}\``)
  if (definition.type === 'query_value' && groups.size > 0) report(at, 'one number has no groups')
  checkLinks(
    definition.custom_links as readonly { link: string }[] | undefined,
    groups,
    `${at.replace(/\/requests\/\d+$/, '')}/custom_links`,
    report,
  )
}

/** The series of a contract's dashboard are those of its contract, or of its topic where metrics know no contract. */
function checkSubject(expression: Expression, board: Board, at: string): void {
  const { subject, catalogue, report } = board
  const [key, name] = [subject.slice(0, subject.indexOf(':')), subject.slice(subject.indexOf(':') + 1)]
  for (const { metric, filter } of queriesOf(expression)) {
    const term = filter.find((each) => each.kind === 'tag' && each.tag === key)
    const isKnown = catalogue[metric]?.tags.includes(key) === true
    const isOther = term?.kind === 'tag' && (term.isNegated || term.values.join() !== name)
    checkEverywhere(metric, filter, board, at)
    if (isOther || (term === undefined && isKnown)) report(at, `${metric} must be narrowed to ${subject}`)
    if (!isKnown && !filter.some((each) => each.kind === 'tag' && each.tag === 'topic'))
      report(at, `${metric} must be narrowed to the topic`)
  }
}

/**
 * What is chosen holds for all that is shown: a number of all environments together would not be noticed. What the checker tells of
 * itself belongs to no team.
 */
function checkEverywhere(
  metric: string,
  filter: readonly FilterTerm[],
  { variables, catalogue, report }: Board,
  at: string,
): void {
  const chosen = filter.map((term) => (term.kind === 'variable' ? term.name : ''))
  if (!chosen.some((name) => variables.get(name) === 'env'))
    report(at, 'shows all environments together: $env is missing')
  for (const [name, tag] of variables) {
    const isKnown = ABOUT_EVENTS.has(metric) && catalogue[metric]?.tags.includes(tag) === true
    if (isKnown && !chosen.includes(name))
      report(at, `does not go by the choice of ${tag}: $${name} is missing`)
  }
}
