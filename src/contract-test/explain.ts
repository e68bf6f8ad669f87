import { DEFAULT_DECODE_LIMITS, decodeValue } from '../decode/decode.ts'
import { EventContext } from '../evaluate/context.ts'
import { compileExpression, explainExpression } from '../expression/index.ts'
import type { Contract, LocatedText, Rule } from '../model/contract.ts'
import type { RuleVerdict } from '../model/test-result.ts'
import { explanationLines } from '../report/explanation-text.ts'
import type { ReadyStep } from './prepare.ts'

/**
 * How a rule's verdict on a step came about: the values of the parts of its condition and its assertion, which may be shown, since they
 * are the test's own. Slow: for what went wrong only.
 */
export function explainVerdict(
  rule: Rule,
  { format }: Pick<Contract, 'format'>,
  step: ReadyStep,
  actual: RuleVerdict,
): string[] {
  const decoded = decodeValue(step.record.value, format, DEFAULT_DECODE_LIMITS)
  if (decoded.kind !== 'event') return []
  const context = new EventContext(step.record, step.nowMs)
  const explain = (key: string, { text }: LocatedText) => [
    `\`${key}\`:`,
    ...explanationLines(explainExpression(compileExpression(text), decoded.value, context), 'values').map(
      (line) => `  ${line}`,
    ),
  ]
  const condition = rule.when ? explain('when', rule.when) : []
  const isReached = !rule.when || actual.verdict !== 'skip' || actual.reason !== 'when'
  const { check } = rule
  return check.kind === 'assert' && isReached
    ? [...condition, ...explain('assert', check.expression)]
    : condition
}
