import type { Report } from '../../finding.ts'
import type { PanelJson, TargetJson } from './board.ts'
import { labelsIn } from './labels.ts'

/** Whether the queries of a panel ask about the time that it shows, and each series can be told by its name. */
export function checkQuestions({ type, targets = [] }: PanelJson, at: string, report: Report): void {
  const legends = new Set<string>()
  for (const [index, target] of targets.entries()) {
    const place = `${at}/targets/${index}`
    checkTime(target, type, `${place}/expr`, report)
    checkSides(target.expr, `${place}/expr`, report)
    checkNames(target, `${place}/legendFormat`, report)
    if (legends.has(target.legendFormat))
      report(`${place}/legendFormat`, `another query is called ${target.legendFormat}`)
    legends.add(target.legendFormat)
  }
  const groupings = new Set(targets.map(({ expr }) => groupedBy(expr).toSorted().join()))
  if (type === 'table' && groupings.size > 1)
    report(`${at}/targets`, 'the queries keep different labels: their rows can’t be joined')
}

/** The labels that tell the series of an expression from one another. */
export function groupedBy(expr: string): string[] {
  const [, labels] = /^(?:1 - )?\(?(?:topk\(\d+, )?(?:sum|max|min|count) by \(([^)]*)\)/.exec(expr) ?? []
  return labels === undefined ? [] : labels.split(/,\s*/)
}

const STRING = /"(?:[^"\\]|\\.)*"/g
const WINDOW = /\[([^\]]*)\]/g

/** One moment sums up the time that is shown; points of a chart stand for the time between them, or for a bound’s own. */
function checkTime(target: TargetJson, type: string, at: string, report: Report): void {
  const { instant } = target
  const expr = target.expr.replaceAll(STRING, '""')
  const windows = new Set([...expr.matchAll(WINDOW)].map(([, window]) => window ?? ''))
  const isRight = instant ? /^\$__range$/ : /^(?:\$__rate_interval|[1-9]\d*[smhd])$/
  for (const window of windows)
    if (!isRight.test(window))
      report(
        at,
        `looks at [${window}]: a ${type} is about ${instant ? '[$__range]' : '[$__rate_interval] or a length such as [5m]'}`,
      )
  if (windows.size > 1) report(at, `compares different times: ${[...windows].join(' and ')}`)
  if (/\boffset\b/.test(expr)) report(at, 'shows another time than that below it: offset')
  if (/\brate\(/.test(expr)) report(at, 'is per second, and the panel counts: increase(…) is meant')
  if (/\btopk\((?!\d+, )/.test(expr)) report(at, 'says of how many it is the top: topk(10, …)')
  else if (/\btopk\(/.test(expr) && !instant)
    report(at, 'the top of each point is another: lines come and go')
}

/** Series meet by all their labels, so both sides of an operator keep the same. */
function checkSides(expr: string, at: string, report: Report): void {
  if (!/ (?:\/|or) /.test(expr) || expr.includes('vector(')) return
  const sides = [...expr.matchAll(/\b(?:sum|max|min)(?: by \(([^)]*)\) )?\(/g)].map(
    ([, labels = '']) => labels,
  )
  if (new Set(sides).size > 1)
    report(at, 'its sides keep different labels: no series of one meets one of the other')
}

function checkNames({ expr, legendFormat, format }: TargetJson, at: string, report: Report): void {
  if (format === 'table') return
  const named = labelsIn(legendFormat)
  for (const label of groupedBy(expr).filter((each) => !named.includes(each)))
    report(at, `calls all series the same: {{${label}}} tells them apart`)
}
