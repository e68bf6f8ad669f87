import type { Rule } from '../model/contract.ts'
import type { CaseResult, Judgement, Mismatch, RuleVerdict } from '../model/test-result.ts'
import {
  expectationText,
  expectedResultText,
  isExpected,
  isExpectedResult,
  resultText,
  verdictText,
} from './compare.ts'
import type { RecordJudge } from './judge-record.ts'
import type { ReadyCase, ReadyStep, ReadyTest } from './prepare.ts'

/** Rules whose verdicts are looked at, by position. */
export type RuleFilter = (index: number) => boolean

/** Told of each rule that judged a step. */
export interface Watcher {
  judged(
    index: number,
    verdict: RuleVerdict,
    isAsExpected: boolean,
    step: ReadyStep,
    testCase: ReadyCase,
  ): void
  /** The lines that explain a mismatch. */
  explain(rule: Rule, step: ReadyStep, actual: RuleVerdict): readonly string[]
}

/** Judges the records of one case in order, each at its own time, and says what is not as expected. */
export function runCase(
  { compiled }: ReadyTest,
  judge: RecordJudge,
  testCase: ReadyCase,
  isWanted: RuleFilter,
  watcher: Watcher,
): CaseResult {
  // What the event counts as is the work of all rules.
  const isWhole = compiled.contract.rules.every((_, position) => isWanted(position))
  const mismatches = testCase.steps.flatMap((step, index) => {
    const judgement = judge.judge(step.record, step.nowMs)
    const number = testCase.isSequence ? index + 1 : undefined
    if (judgement.verdicts === undefined) return unseen(step, judgement, number)
    const found = compiled.contract.rules.flatMap((rule, position) => {
      const actual = judgement.verdicts?.[position]
      if (!actual || !isWanted(position)) return []
      const isAsExpected = isExpected(step.expected.get(rule.id), actual)
      watcher.judged(position, actual, isAsExpected, step, testCase)
      return isAsExpected ? [] : mismatchOf(rule, step, actual, number, watcher)
    })
    return isWhole ? [...found, ...resultMismatch(step, judgement, number)] : found
  })
  return { name: testCase.name, at: testCase.at, mismatches }
}

function mismatchOf(
  rule: Rule,
  step: ReadyStep,
  actual: RuleVerdict,
  number: number | undefined,
  watcher: Watcher,
): Mismatch {
  const expected = step.expected.get(rule.id)
  return {
    step: number,
    rule: rule.id,
    expected: expectationText(expected),
    actual: verdictText(actual),
    why: watcher.explain(rule, step, actual),
    at: expected?.at ?? step.at,
  }
}

function resultMismatch(step: ReadyStep, judgement: Judgement, number: number | undefined): Mismatch[] {
  const { result } = step
  if (isExpectedResult(result, judgement)) return []
  return [
    {
      step: number,
      rule: undefined,
      expected: expectedResultText(result),
      actual: resultText(judgement),
      why: [],
      at: result?.at ?? step.at,
    },
  ]
}

/** No rule saw the record, so no verdict can be as expected. */
function unseen(step: ReadyStep, judgement: Judgement, number: number | undefined): Mismatch[] {
  const actual = `not judged: the record is ${resultText(judgement)}`
  const rules = Array.from(step.expected, ([rule, expected]): Mismatch => {
    return { step: number, rule, expected: expectationText(expected), actual, why: [], at: expected.at }
  })
  return rules.length > 0 && !step.result ? rules : [...rules, ...resultMismatch(step, judgement, number)]
}
