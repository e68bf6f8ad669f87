import type {
  ContractDifference,
  Detail,
  NotCompared,
  RuleDifference,
  RulesDifference,
  VerdictDifference,
} from '../model/difference.ts'
import type { Problem } from '../model/problem.ts'
import {
  differenceExitCode,
  nameLines,
  nameVerdict,
  type Refusable,
  summariseDifference,
} from './difference-summary.ts'
import type { Report } from './exit-codes.ts'
import { cell, escapeMarkdown, inCode } from './markdown.ts'
import { sortProblems } from './problem-order.ts'

/** Details that are shown of one rule. */
const SHOWN_DETAILS = 10
/** A comment of GitHub's has at most 65,536 characters. */
const MAX_CHARACTERS = 60_000

/** What differs between two versions of the rules, as a comment on a pull request. */
export function reportDifferenceAsMarkdown(
  difference: RulesDifference,
  refused: readonly Refusable[],
): Report {
  const { contracts, notCompared, verdicts, problems } = difference
  const sections = [
    `## Rules: ${escapeMarkdown(summariseDifference(difference))}`,
    ...contracts.map(contractSection),
    ...(notCompared.length > 0 ? [notComparedSection(notCompared)] : []),
    ...(verdicts ? [verdictsSection(verdicts)] : []),
    ...(problems.length > 0 ? [problemsSection(problems)] : []),
  ]
  return { output: fitting(sections), exitCode: differenceExitCode(difference, refused) }
}

/** As many whole sections as a comment holds. */
function fitting(sections: readonly string[]): string {
  let length = 0
  const end = sections.findIndex((section) => (length += section.length + 2) > MAX_CHARACTERS)
  if (end === -1) return `${sections.join('\n\n')}\n`
  const rest = `_And ${sections.length - end} more sections: run \`assay diff\` for all._`
  return `${[...sections.slice(0, Math.max(1, end)), rest].join('\n\n')}\n`
}

function contractSection(contract: ContractDifference): string {
  const { kind, owner, topic, file, details, rules } = contract
  const where = `owner ${inCode(owner)}, topic ${inCode(topic)}, ${inCode(file)}`
  const items = [...details.map(detailItem), ...rules.map(ruleItem)]
  return [
    `### ${inCode(contract.contract)}: ${kind}`,
    where,
    ...(items.length > 0 ? [items.join('\n')] : []),
  ].join('\n\n')
}

function ruleItem({ rule, kind, severity, description, details }: RuleDifference): string {
  const name = `- **${kind}** ${inCode(rule)}`
  if (kind === 'added' || kind === 'removed') {
    return `${name} (${severity})${description === undefined ? '' : `: ${escapeMarkdown(description)}`}`
  }
  const shown = details.slice(0, SHOWN_DETAILS).map((detail) => `  ${detailItem(detail)}`)
  const more = details.length > SHOWN_DETAILS ? [`  - … and ${details.length - SHOWN_DETAILS} more`] : []
  return [name, ...shown, ...more].join('\n')
}

function detailItem({ kind, text }: Detail): string {
  return `- ${kind}: ${withCode(text)}`
}

/** Details hold what authors wrote between backticks, and no backtick inside of them. */
function withCode(text: string): string {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 0 ? escapeMarkdown(part) : inCode(part)))
    .join('')
}

function notComparedSection(notCompared: readonly NotCompared[]): string {
  const items = notCompared.map(
    ({ contract, file, reason }) => `- ${inCode(contract)} (${inCode(file)}): ${escapeMarkdown(reason)}`,
  )
  return ['### Not compared', items.join('\n')].join('\n\n')
}

function verdictsSection({ topic, events, changedEvents, rules }: VerdictDifference): string {
  const head = `### Verdicts on ${events} events of ${inCode(topic)}`
  const sum = `${changedEvents} of them get another verdict from a rule of both versions.`
  const rows = rules.flatMap(({ contract, rule, changes }) =>
    changes.map(
      ({ from, to, count, lines }) =>
        `| ${cell(contract)} | ${cell(rule)} | ${nameVerdict(from)} → ${nameVerdict(to)} | ${count} | ${nameLines(lines, count)} |`,
    ),
  )
  if (rows.length === 0) return [head, sum].join('\n\n')
  const titles = ['| Contract | Rule | Verdict | Events | The first of them |', '| - | - | - | -: | - |']
  return [head, sum, [...titles, ...rows].join('\n')].join('\n\n')
}

function problemsSection(problems: readonly Problem[]): string {
  const items = sortProblems(problems).map(({ at, message, code, hint }) => {
    const place = at ? `${inCode(`${at.file}:${at.line}:${at.column}`)} ` : ''
    return `- ${place}${escapeMarkdown(message)} [${code}]. ${escapeMarkdown(hint)}`
  })
  return ['### Problems', items.join('\n')].join('\n\n')
}
