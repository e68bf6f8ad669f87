import { type Bound, boundsOf } from '../bounds.ts'
import { ids, promDuration } from '../promql/selectors.ts'
import { shareText, spanText } from '../spans.ts'
import type { Shown } from './shown.ts'
import { overRange, perStep, share, statusBy, sumBy } from './expressions.ts'
import { type Panel, row, rowsOf, type Section } from './layout.ts'
import { table, timeSeries, topList } from './panels.ts'
import { boundSteps, redFrom, STATUS_MAPPINGS } from './thresholds.ts'

/** A single fail is more than that, however its growth is worked out. */
const ANY_FAIL = 0.5
const BY_RULE = ['rule', 'severity'] as const

export function failingSection(shown: Shown): Section {
  const { contract, tags, queries } = shown
  const scope = { contract: tags.contract }
  const failed = queries.count('dq.rule.evaluations', { ...scope, result: 'fail' })
  const events = queries.count('dq.events', scope)
  return {
    title: 'What is failing?',
    rows: [
      row(
        8,
        timeSeries('Events by result', [{ expr: sumBy(['result'], perStep(events)), legend: '{{result}}' }], {
          unit: 'short',
          style: 'bars',
        }),
        topList(
          'Rules that fail most',
          { expr: `topk(10, ${sumBy(['rule'], overRange(failed))} > 0)`, legend: '{{rule}}' },
          { unit: 'short' },
        ),
      ),
      ...rowsOf(
        8,
        3,
        boundsOf(contract).map((bound, _, bounds) => boundPanel(shown, bound, bounds)),
      ),
      row(10, rulesTable(shown)),
    ],
  }
}

/** Within less there may be no two scrapes, and then there is no growth to be seen. */
const SHORTEST_WINDOW_MS = 60_000

/** Bounds may differ in what a title does not tell, such as when they warn. */
function titleOf(bound: Bound): string {
  if (bound.kind === 'none') return `Fails of rules that may not fail (${bound.severity})`
  const window = spanText(Math.max(bound.overMs, SHORTEST_WINDOW_MS))
  return `Fail share over ${window}: at most ${shareText(bound.fail)} (${bound.severity})`
}

/** Rules of one bound, against that bound. */
function boundPanel({ tags, queries }: Shown, bound: Bound, bounds: readonly Bound[]): Panel {
  const scope = { contract: tags.contract, rule: ids(bound.rules) }
  const overMs = Math.max(bound.overMs, SHORTEST_WINDOW_MS)
  const window = promDuration(overMs)
  const grown = (result: string | readonly string[]) =>
    `increase(${queries.count('dq.rule.evaluations', { ...scope, result })}[${window}])`
  if (bound.kind === 'none')
    return timeSeries(titleOf(bound), [{ expr: sumBy(['rule'], grown('fail')), legend: '{{rule}}' }], {
      unit: 'short',
      steps: redFrom(ANY_FAIL),
    })
  return timeSeries(
    bounds.filter((other) => titleOf(other) === titleOf(bound)).length > 1
      ? `${titleOf(bound)}: ${bound.rules[0]?.id}`
      : titleOf(bound),
    [{ expr: share(['rule'], grown('fail'), grown(['pass', 'fail'])), legend: '{{rule}}' }],
    { unit: 'percentunit', steps: boundSteps(bound) },
  )
}

function rulesTable({ tags, queries }: Shown): Panel {
  const scope = { contract: tags.contract }
  const grown = (result: string | readonly string[]) =>
    overRange(queries.count('dq.rule.evaluations', { ...scope, result }))
  return table(
    'All rules',
    [
      { legend: 'evaluated', unit: 'short', expr: sumBy(BY_RULE, grown(['pass', 'fail'])) },
      { legend: 'failed', unit: 'short', expr: sumBy(BY_RULE, grown('fail')) },
      { legend: 'share', unit: 'percentunit', expr: share(BY_RULE, grown('fail'), grown(['pass', 'fail'])) },
      { legend: 'could not judge', unit: 'short', expr: sumBy(BY_RULE, grown('error')) },
      { legend: 'skipped', unit: 'short', expr: sumBy(BY_RULE, grown('skip')) },
      {
        legend: 'status',
        unit: 'short',
        expr: statusBy(BY_RULE, queries.gauge('dq.rule.status', scope)),
        mappings: STATUS_MAPPINGS,
      },
    ],
    'failed',
  )
}
