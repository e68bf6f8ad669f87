import { AD_TOPIC } from '../ads/events.ts'
import { ruleKey, type RuleFigures } from './board.ts'
import type { Check } from './checks.ts'
import type { Explanation } from './explain.ts'
import { fitTable } from './fit-table.ts'
import { contractColumns, rejectedText, ruleColumns } from './tables.ts'
import { whole, type View } from './view.ts'

/** What is left of a demo. */
export interface Results {
  readonly view: View
  readonly checks: readonly Check[]
  readonly explanations: readonly Explanation[]
}

/** The demo's last words, at most `width` wide where that can be. */
export function toSummary({ view, checks, explanations }: Results, width: number): string {
  const blocks = [
    rulesBlock(view, width),
    eventsBlock(view, width),
    explanationsBlock(explanations),
    checksBlock(checks),
    NEXT,
  ]
  return `${blocks.join('\n\n')}\n`
}

export function isAsItShouldBe(checks: readonly Check[]): boolean {
  return checks.every(({ differences }) => differences.length === 0)
}

function rulesBlock({ board, rates, plan }: View, width: number): string {
  const peak = (figures: RuleFigures) => rates.peak(ruleKey(figures))
  return [
    'What Assay told the StatsD receiver',
    '',
    ...fitTable(ruleColumns('peak', peak), board.rules, width),
    '',
    `evaluated = pass + fail; rate = fail / evaluated; peak = highest rate over ${Math.round(plan.recentMs / 1000)} s`,
  ].join('\n')
}

function eventsBlock({ board }: View, width: number): string {
  return [
    ...fitTable(contractColumns(), board.contracts, width),
    '',
    `undecodable records: ${rejectedText(board.rejected)}`,
    `highest lag: ${whole(board.highestLagOffsets)} records`,
  ].join('\n')
}

function explanationsBlock(explanations: readonly Explanation[]): string {
  const lines = explanations.flatMap(({ name, excerpt, message }) => [
    `  ${name}: ${excerpt}`,
    `    ${message}`,
  ])
  return ['What `assay check` says of three of the broken ads', ...lines].join('\n')
}

function checksBlock(checks: readonly Check[]): string {
  const lines = checks.flatMap(({ claim, differences }) => [
    `  ${differences.length === 0 ? 'yes' : 'NO '}  ${claim}`,
    ...differences.map((difference) => `       ${difference}`),
  ])
  const verdict = isAsItShouldBe(checks)
    ? 'Nothing was lost and nothing was counted twice'
    : 'The counts differ: this should not be. (Changed rules need changed predicates in tools/ads/expected-*.ts.)'
  return [verdict, ...lines].join('\n')
}

const NEXT = `To try next
  npm run assay -- check --topic ${AD_TOPIC} examples/events/${AD_TOPIC}.bad.ndjson
  npm run assay -- validate rules
  npm run assay -- run --help
  npm run demo -- --seconds 120`
