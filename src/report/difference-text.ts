import type {
  ContractDifference,
  Detail,
  NotCompared,
  RuleDifference,
  RulesDifference,
  VerdictDifference,
} from '../model/difference.ts'
import {
  differenceExitCode,
  nameLines,
  nameVerdict,
  type Refusable,
  summariseDifference,
} from './difference-summary.ts'
import type { Report } from './exit-codes.ts'
import { printable } from './printable.ts'
import { table } from './table.ts'

/** Details that are shown of one rule: a schema that was written anew has thousands. */
const SHOWN_DETAILS = 20

/** What differs between two versions of the rules, for people: by contract, in words. */
export function reportDifferenceAsText(difference: RulesDifference, refused: readonly Refusable[]): Report {
  const blocks = [
    ...difference.contracts.map(contractBlock),
    ...(difference.notCompared.length > 0 ? [notComparedBlock(difference.notCompared)] : []),
    ...(difference.verdicts ? [verdictsBlock(difference.verdicts)] : []),
    summariseDifference(difference),
  ]
  return { output: `${blocks.join('\n\n')}\n`, exitCode: differenceExitCode(difference, refused) }
}

function contractBlock(contract: ContractDifference): string {
  const { owner, topic, file } = contract
  const head = `${contract.contract}: ${contract.kind} (owner ${owner}, topic ${topic}, ${file})`
  return [
    printable(head),
    ...contract.details.map((detail) => detailLine(detail, '  ')),
    ...contract.rules.flatMap(ruleLines),
  ].join('\n')
}

function ruleLines({ rule, kind, severity, description, details }: RuleDifference): string[] {
  const says = description === undefined ? '' : `: ${description.trim().replaceAll(/\s+/g, ' ')}`
  if (kind === 'added' || kind === 'removed')
    return [printable(`  ${kind.padEnd(9)}  ${rule} (${severity})${says}`)]
  const shown = details.slice(0, SHOWN_DETAILS).map((detail) => detailLine(detail, '    '))
  const more = details.length > SHOWN_DETAILS ? [`    … and ${details.length - SHOWN_DETAILS} more`] : []
  return [`  ${kind.padEnd(9)}  ${rule}`, ...shown, ...more]
}

function detailLine({ kind, text }: Detail, indent: string): string {
  return printable(`${indent}${kind.padEnd(9)}  ${text}`)
}

function notComparedBlock(notCompared: readonly NotCompared[]): string {
  return [
    'Not compared:',
    ...notCompared.map(({ contract, file, reason }) => printable(`  ${contract} (${file}): ${reason}`)),
  ].join('\n')
}

function verdictsBlock({ topic, events, changedEvents, rules }: VerdictDifference): string {
  const head = `Verdicts on ${events} events of ${topic}: ${changedEvents} get another verdict from a rule of both versions`
  const rows = rules.flatMap(({ contract, rule, changes }) =>
    changes.map(({ from, to, count, lines }) => [
      `  ${contract}`,
      rule,
      `${nameVerdict(from)} → ${nameVerdict(to)}`,
      String(count),
      nameLines(lines, count),
    ]),
  )
  if (rows.length === 0) return head
  return [
    head,
    ...table([['  contract', 'rule', 'verdict', 'events', 'the first of them'], ...rows], new Set([3])),
  ].join('\n')
}
