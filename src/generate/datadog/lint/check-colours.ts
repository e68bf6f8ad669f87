import type { Finding, Report } from '../../finding.ts'
import type { Artefact } from '../artefact.ts'
import { tagOf } from './artefact-tags.ts'
import type {
  DashboardJson,
  FormulaJson,
  MonitorJson,
  RequestJson,
  SloJson,
  WidgetJson,
} from './json-types.ts'

/** Targets have three decimals, and promises may have more. */
const NEARLY = 0.001

/** What turns red on a contract's dashboard is what its objective and its monitor alarm on. */
export function checkColours(artefacts: readonly Artefact[]): Finding[] {
  const byContract = Map.groupBy(artefacts, (artefact) => tagOf(artefact, 'contract'))
  const lags = artefacts.filter((artefact) => tagOf(artefact, 'dq_check') === 'lag')
  const lagOf = new Map(lags.map((artefact) => [tagOf(artefact, 'topic'), artefact]))
  return artefacts
    .filter(({ kind }) => kind === 'dashboard')
    .flatMap(({ path, json }) => {
      const { title, widgets } = json as unknown as DashboardJson
      const contract = /^Contract (.+)$/.exec(title)?.[1]
      const own = contract === undefined ? [] : (byContract.get(contract) ?? [])
      const [first] = own
      const late = first === undefined ? undefined : lagOf.get(tagOf(first, 'topic'))
      const findings: Finding[] = []
      const report: Report = (at, message) => findings.push({ path, at, message })
      checkWidgets(widgets, '/widgets', boundsOf(own, late), report)
      return findings
    })
}

interface Bounds {
  /** The target of validity, in per cent. */
  readonly target: number | undefined
  /** The age that is too old, in seconds. */
  readonly age: number | undefined
  /** The lag that is too much, in seconds. */
  readonly lag: number | undefined
}

function boundsOf(artefacts: readonly Artefact[], late: Artefact | undefined): Bounds {
  const of = (kind: Artefact['kind'], check: string) =>
    artefacts.find((each) => each.kind === kind && tagOf(each, 'dq_check') === check)?.json
  const slo = of('slo', 'validity') as unknown as SloJson | undefined
  const monitor = of('monitor', 'freshness') as unknown as MonitorJson | undefined
  const lag = (late?.json as unknown as MonitorJson | undefined)?.options.thresholds.critical
  return { target: slo?.target_threshold, age: monitor?.options.thresholds.critical, lag }
}

function checkWidgets(widgets: readonly WidgetJson[], at: string, bounds: Bounds, report: Report): void {
  widgets.forEach(({ definition }, index) => {
    const place = `${at}/${index}/definition`
    if (definition.type === 'group')
      return checkWidgets(definition.widgets as WidgetJson[], `${place}/widgets`, bounds, report)
    const [request] = (definition.requests ?? []) as Partial<RequestJson>[]
    const isOfAge = request?.queries?.some(({ query }) => query.includes(':dq.topic.event_age{')) === true
    const markers = (definition.markers ?? []) as { readonly value: string }[]
    if (isOfAge) checkMarkers(markers, bounds, `${place}/markers`, report)
    request?.formulas?.forEach((formula, each) =>
      checkRed(formula, isOfAge, bounds, `${place}/requests/0/formulas/${each}/conditional_formats`, report),
    )
  })
}

/** The lowest line is where the first alarm is. */
function checkMarkers(
  markers: readonly { readonly value: string }[],
  { age }: Bounds,
  at: string,
  report: Report,
): void {
  const lowest = Math.min(...markers.map(({ value }) => Number(value.replace('y = ', ''))))
  if (markers.length > 0 && lowest !== age)
    report(at, `the lowest line is at ${lowest}, and the monitor alarms at ${age ?? 'nothing'}`)
}

function checkRed(
  formula: FormulaJson,
  isOfAge: boolean,
  { age, target, lag }: Bounds,
  at: string,
  report: Report,
): void {
  const red = formula.conditional_formats?.find(({ palette }) => palette === 'white_on_red')?.value
  if (formula.alias === 'lag' && formula.conditional_formats !== undefined && red !== lag)
    report(at, `red begins at ${red}, and the monitor alarms at ${lag ?? 'nothing'}`)
  const isOfValidity = formula.formula.startsWith('100 -')
  if (isOfAge && formula.conditional_formats !== undefined && red !== age)
    report(at, `red begins at ${red}, and the monitor alarms at ${age ?? 'nothing'}`)
  if (isOfValidity && target !== undefined && Math.abs((red ?? 0) - target) >= NEARLY)
    report(at, `red begins at ${red ?? 'nothing'}, and the objective is ${target}`)
}
