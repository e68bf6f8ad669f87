import jsonata from '#jsonata-sync'
import { DEFAULT_BUDGET, type ExpressionBudget } from '../budget.ts'
import { compileRegexes } from '../compile-regexes.ts'
import { limitsOf, parseExpression } from '../compile.ts'
import type { CompiledExpression } from '../compiled-expression.ts'
import type { EvaluationContext, EventVariable } from '../evaluation-context.ts'
import type { ExpressionFault } from '../expression-fault.ts'
import { toFault } from '../fault.ts'
import { Branches } from './branches.ts'
import type { Explanation, StepOutcome } from './explanation.ts'
import { RegexEngine } from '../regex/regex-engine.ts'
import { flatten } from './flatten.ts'
import { type Frame, Recorder } from './recorder.ts'
import { machineryOf, placeOfNode } from './syntax.ts'

/** Writing everything down makes an evaluation a few times slower: what keeps within the budget without must also with it. */
const BUDGET: ExpressionBudget = { ...DEFAULT_BUDGET, timeoutMs: 5 * DEFAULT_BUDGET.timeoutMs }

/**
 * Evaluates an expression once more and says how its outcome came about. Slower than `evaluate` by far, so it is for single events: a
 * command, a failed test, a sample of failures. Never throws and keeps within the budget; the same arguments give the same explanation.
 */
export function explainExpression(
  { source, variables }: Pick<CompiledExpression, 'source' | 'variables'>,
  input: unknown,
  context: EvaluationContext,
  budget: Partial<ExpressionBudget> = {},
): Explanation {
  const recorder = new Recorder()
  let thrown: ExpressionFault | undefined
  let value: unknown
  try {
    const limits = limitsOf({ ...BUDGET, ...budget })
    const expression = parseExpression(source, { ...limits, RegexEngine })
    compileRegexes(expression.ast(), source)
    value = expression.evaluate(input, bindingsOf(variables, context), context.nowMs, recorder)
  } catch (error) {
    thrown = toFault(error, source)
  }
  const outcome = thrown === undefined ? outcomeOfValue(value, source) : faultOutcome(thrown, recorder.root)
  const outcomeOf = (frame: Frame): StepOutcome => {
    if (frame.hasEnded || thrown === undefined) return outcomeOfValue(frame.value, source)
    return faultOutcome(thrown, frame)
  }
  return explanation(recorder.root, source, outcome, outcomeOf)
}

function explanation(
  root: Frame | undefined,
  source: string,
  outcome: StepOutcome,
  outcomeOf: (frame: Frame) => StepOutcome,
): Explanation {
  const inside = root === undefined ? [] : new Branches(machineryOf(root.node), outcomeOf).inside(root)
  const place = (root && placeOfNode(root.node)) ?? { offset: 0, length: source.length }
  return flatten({ place, outcome, turn: undefined, isTest: true, inside }, source)
}

function bindingsOf(variables: ReadonlySet<EventVariable>, context: EvaluationContext) {
  return Object.fromEntries([...variables].map((name) => [name, context.variable(name)]))
}

function outcomeOfValue(value: unknown, source: string): StepOutcome {
  if (value === undefined) return { kind: 'no_value' }
  if (!jsonata.isFunction(value)) return { kind: 'value', value }
  return { kind: 'fault', fault: toFault({ code: 'EXPRESSION_YIELDS_FUNCTION' }, source), isOrigin: true }
}

function faultOutcome(fault: ExpressionFault, frame: Frame | undefined): StepOutcome {
  return {
    kind: 'fault',
    fault,
    isOrigin: frame === undefined || frame.children.every((child) => child.hasEnded),
  }
}
