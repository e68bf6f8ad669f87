import type { Rule } from '../model/contract.ts'
import type { Status } from '../model/status.ts'
import type { CaseResult, Judgement, Mismatch, RuleVerdict } from '../model/test-result.ts'
import {
  expectationText,
  expectedResultText,
  isExpected,
  isExpectedResult,
  resultText,
  verdictText,
} from './compare.ts'
import { changesMismatch, statusMismatch } from './compare-status.ts'
import type { RecordJudge } from './judge-record.ts'
import { hasStatuses, type ReadyCase, type ReadyStep, type ReadyTest } from './prepare.ts'
import { StreamPlay } from './stream-play.ts'
import { isOf, type RuleFilter, subjectNamed } from './subject-names.ts'

/** Told of each rule that judged a step. */
export interface Watcher {
  judged(
    index: number,
    verdict: RuleVerdict,
    isAsExpected: boolean,
    step: ReadyStep,
    testCase: ReadyCase,
  ): void
  /** A rule stands as it was expected to. */
  stood(rule: string, status: Status): void
  /** The lines that explain a mismatch. */
  explain(rule: Rule, step: ReadyStep, actual: RuleVerdict): readonly string[]
}

/** What a case is run with. */
export interface CaseRun {
  readonly test: ReadyTest
  readonly judge: RecordJudge
  readonly testCase: ReadyCase
  readonly isWanted: RuleFilter
  /** Whether all rules are looked at: what the event counts as is the work of all of them, and so are promises. */
  readonly isWhole: boolean
  readonly watcher: Watcher
}

/** Judges the records of one case in order, each at its own time, and says what is not as expected. */
export function runCase(run: CaseRun): CaseResult {
  const { test, testCase } = run
  // Only those who look at statuses pay for them.
  const play = hasStatuses(testCase) ? new StreamPlay(test.compiled, testCase.startMs ?? 0) : undefined
  const mismatches = testCase.steps.flatMap((step, index) => {
    const number = testCase.isSequence ? index + 1 : undefined
    const found = step.isSilence ? [] : judgeRecords(run, step, number, play)
    return play ? [...found, ...judgeStatuses(run, step, number, play)] : found
  })
  const changes = play ? changesMismatch(test.compiled.contract, testCase, play.changes, run.isWanted) : []
  return { name: testCase.name, at: testCase.at, mismatches: [...mismatches, ...changes] }
}

/** Of repeated records, the first mismatch of each kind stands for those of all. */
function judgeRecords(
  run: CaseRun,
  step: ReadyStep,
  number: number | undefined,
  play: StreamPlay | undefined,
): Mismatch[] {
  const found = new Map<string | undefined, Mismatch>()
  for (let index = 0; index < step.repeat; index++) {
    const record = step.repeat === 1 ? undefined : index + 1
    for (const mismatch of judgeRecord(run, later(step, index), play)) {
      if (!found.has(mismatch.rule)) found.set(mismatch.rule, { ...mismatch, step: number, record })
    }
  }
  return [...found.values()]
}

/** A step at the time of one of its repeated records. */
function later(step: ReadyStep, index: number): ReadyStep {
  if (index === 0) return step
  const byMs = index * step.everyMs
  const record = {
    ...step.record,
    offset: step.record.offset + index,
    timestampMs: step.record.timestampMs + byMs,
    value: step.valueAfter(byMs),
  }
  return { ...step, record, nowMs: step.nowMs + byMs }
}

function judgeRecord(run: CaseRun, step: ReadyStep, play: StreamPlay | undefined): PartialMismatch[] {
  const { judge, test, isWanted, isWhole, watcher, testCase } = run
  play?.passTo(step.nowMs)
  const judgement = judge.judge(step.record, step.nowMs, play?.stream)
  play?.arrived(step.nowMs)
  if (judgement.verdicts === undefined) return unseen(step, judgement)
  const found = test.compiled.contract.rules.flatMap((rule, position) => {
    const actual = judgement.verdicts?.[position]
    if (!actual || !isWanted(rule.id)) return []
    const isAsExpected = isExpected(step.expected.get(rule.id), actual)
    watcher.judged(position, actual, isAsExpected, step, testCase)
    return isAsExpected ? [] : mismatchOf(rule, step, actual, watcher)
  })
  return isWhole ? [...found, ...resultMismatch(step, judgement)] : found
}

type PartialMismatch = Omit<Mismatch, 'step' | 'record'>

function mismatchOf(rule: Rule, step: ReadyStep, actual: RuleVerdict, watcher: Watcher): PartialMismatch {
  const expected = step.expected.get(rule.id)
  return {
    about: 'verdict',
    rule: rule.id,
    expected: expectationText(expected),
    actual: verdictText(actual),
    why: watcher.explain(rule, step, actual),
    at: expected?.at ?? step.at,
  }
}

function resultMismatch(step: ReadyStep, judgement: Judgement): PartialMismatch[] {
  const { result } = step
  if (isExpectedResult(result, judgement)) return []
  return [
    {
      about: 'result',
      rule: undefined,
      expected: expectedResultText(result),
      actual: resultText(judgement),
      why: [],
      at: result?.at ?? step.at,
    },
  ]
}

/** No rule saw the record, so no verdict can be as expected. */
function unseen(step: ReadyStep, judgement: Judgement): PartialMismatch[] {
  const actual = `not judged: the record is ${resultText(judgement)}`
  const rules = Array.from(step.expected, ([rule, expected]): PartialMismatch => {
    const { at } = expected
    return { about: 'verdict', rule, expected: expectationText(expected), actual, why: [], at }
  })
  return rules.length > 0 && !step.result ? rules : [...rules, ...resultMismatch(step, judgement)]
}

/** How everything stands after a step. */
function judgeStatuses(
  { test, isWanted, isWhole, watcher }: CaseRun,
  step: ReadyStep,
  number: number | undefined,
  play: StreamPlay,
): Mismatch[] {
  const { contract } = test.compiled
  const nowMs = step.nowMs + (step.repeat - 1) * step.everyMs
  play.passTo(nowMs)
  if (step.status.size === 0) return []
  const statuses = play.statuses(nowMs)
  return [...step.status].flatMap(([name, expected]) => {
    const named = subjectNamed(contract, name)
    if (!named || !(named.kind === 'rule' ? isWanted(named.name) : isWhole)) return []
    const actual = statuses.find(({ subject }) => isOf(subject, named))
    const mismatch = statusMismatch(name, expected, actual)
    if (!mismatch && named.kind === 'rule') watcher.stood(named.name, expected.status)
    return mismatch ? { ...mismatch, step: number, record: undefined } : []
  })
}
