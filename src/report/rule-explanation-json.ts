import type { RuleExplanation } from '../evaluate/rule-explanation.ts'
import type { Explanation, ExplanationStep } from '../expression/index.ts'
import type { Report } from './exit-codes.ts'
import { outcomeText } from './explanation-text.ts'
import { explanationExitCode } from './rule-explanation-text.ts'
import { valueText } from './value-text.ts'

/** How a rule came to its verdict, for machines. Values are texts as for people, so that their size is bounded. */
export function reportRuleExplanationAsJson(explanation: RuleExplanation): Report {
  const { contract, rule, verdict, result, condition, check, verdicts } = explanation
  const output = {
    contract: contract.id,
    file: rule.at.file,
    line: rule.at.line,
    rule: rule.id,
    severity: rule.severity,
    verdict,
    when: condition && expression(condition),
    assert: check?.kind === 'assert' ? expression(check.explanation) : undefined,
    schema: check?.kind === 'schema' ? violations(check) : undefined,
    result,
    verdicts: Object.fromEntries(verdicts.map((each) => [each.rule.id, each.verdict.kind])),
  }
  return {
    output: `${JSON.stringify(output, undefined, 2)}\n`,
    exitCode: explanationExitCode(explanation),
  }
}

function expression({ steps, omitted }: Explanation) {
  return { steps: steps.map(toStep), omitted }
}

function toStep(step: ExplanationStep) {
  const { text, offset, length, depth, outcome, turn } = step
  const isShown = outcome.kind === 'value' || outcome.kind === 'fault'
  const shown = isShown ? outcomeText(step, 'values') : undefined
  return { text, offset, length, depth, turn, outcome: outcome.kind, shown }
}

function violations({
  violations: { listed, omitted },
}: Extract<RuleExplanation['check'], { kind: 'schema' }>) {
  const shown = listed.map(({ path, message, value }) => ({ path, message, shown: valueText(value) }))
  return { violations: shown, omitted }
}
