import { compileExpression, explainExpression } from '../expression/index.ts'
import type { Explanation } from '../expression/index.ts'
import type { LocatedText, Rule } from '../model/contract.ts'
import type { Verdict } from '../model/verdict.ts'
import type { CompiledContract } from './compiled.ts'
import type { EventContext } from './context.ts'
import { judgeEvent } from './judge.ts'
import type { CheckExplanation, RuleExplanation } from './rule-explanation.ts'
import type { ReadReference } from './schema-documents.ts'
import { schemaViolations } from './schema-violations.ts'

/** How `rule` comes to its verdict on an event. The contract must be one that compiled without problems, and the rule one of its own. */
export function explainRule(
  contract: CompiledContract,
  rule: Rule,
  event: unknown,
  context: EventContext,
  read: ReadReference,
): RuleExplanation {
  const verdicts: Verdict[] = []
  const result = judgeEvent(contract, event, context, verdicts)
  const judged = contract.rules.map((compiled, index) => ({
    rule: compiled.rule,
    verdict: verdicts[index] as Verdict,
  }))
  const { verdict } = judged.find((each) => each.rule === rule) as (typeof judged)[number]
  const condition = rule.when && explainText(rule.when, event, context)
  const applies = condition === undefined || isTrue(condition)
  const check = applies ? explainCheck(rule, event, context, read) : undefined
  return { contract: contract.contract, rule, verdict, condition, check, result, verdicts: judged }
}

function explainCheck(
  { check }: Rule,
  event: unknown,
  context: EventContext,
  read: ReadReference,
): CheckExplanation {
  switch (check.kind) {
    case 'assert':
      return { kind: 'assert', explanation: explainText(check.expression, event, context) }
    case 'schema':
      return {
        kind: 'schema',
        violations: schemaViolations(check.path.locate().file, check.path.text, read, event),
      }
  }
}

function explainText({ text }: LocatedText, event: unknown, context: EventContext): Explanation {
  return explainExpression(compileExpression(text), event, context)
}

function isTrue({ outcome }: Explanation): boolean {
  return outcome.kind === 'value' && outcome.value === true
}
