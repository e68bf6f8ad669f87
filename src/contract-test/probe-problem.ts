import { quote } from '../contract/describe-node.ts'
import type { EventPath } from '../expression/index.ts'
import type { Rule } from '../model/contract.ts'
import type { Problem } from '../model/problem.ts'
import type { RuleVerdict } from '../model/test-result.ts'

/** What a rule made of an event with another number of items. */
export interface ProbeOutcome {
  readonly count: number
  readonly verdict: RuleVerdict
}

/** A warning that a rule's verdict depends on how many items a list has. */
export function probeProblem(
  rule: Rule,
  path: EventPath,
  caseName: string,
  outcomes: readonly ProbeOutcome[],
  surprises: readonly ProbeOutcome[],
): Problem {
  const list = path.map(fieldText).join('.')
  const verdicts = outcomes
    .map(({ count, verdict }) => `${verdictText(verdict)} with ${count === 1 ? '1 item' : `${count} items`}`)
    .join(', ')
  const { check } = rule
  return {
    code: 'RULE_CHANGES_WITH_COUNT',
    severity: 'warning',
    message: `rule ${quote(rule.id)}: its verdict depends on how many items \`${list}\` has: ${verdicts} (tried with the event of case ${quote(caseName)})`,
    hint: `${hintFor(list, surprises)} If it is meant, write a case with ${countsText(surprises)} that names the rule.`,
    at: check.kind === 'assert' ? check.expression.locate() : rule.at,
  }
}

function fieldText(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `\`${name}\``
}

function verdictText({ verdict, reason }: ProbeOutcome['verdict']): string {
  return reason === undefined ? verdict : `${verdict} (${reason})`
}

function hintFor(list: string, surprises: readonly ProbeOutcome[]): string {
  return [...new Set(surprises.map((surprise) => hintForOne(list, surprise)))].join(' ')
}

function hintForOne(list: string, { count, verdict }: ProbeOutcome): string {
  if (count === 0 || verdict.reason === 'no_value') {
    return `Where no item is left, there is no value: ask for \`$count(${list})\` first, or say \`missing: skip\`.`
  }
  return count === 1
    ? `A list with one item is taken for that item: write \`${list}[]\` to keep it a list.`
    : `Several items are no single value: test each, as in \`$count(${list}[$not(…)]) = 0\`, or choose one, as in \`${list}[0]\`.`
}

function countsText(surprises: readonly ProbeOutcome[]): string {
  const counts = surprises.map(({ count }) => String(count))
  return `${counts.join(' and one with ')} ${counts.at(-1) === '1' ? 'item' : 'items'}`
}
