import { quote } from '../contract/describe-node.ts'
import type { CompiledContract } from '../evaluate/compiled.ts'
import type { ContractTest, TestCase, TestStep } from '../model/contract-test.ts'
import { nearest } from '../model/did-you-mean.ts'
import type { Location, Problem } from '../model/problem.ts'
import type { KafkaRecord } from '../model/record.ts'
import { RecordValues } from './record-values.ts'
import type { ReadEventFile } from './record-values.ts'
import { timeUses } from './time-uses.ts'

/** A step with its record made. */
export interface ReadyStep extends TestStep {
  readonly record: KafkaRecord
  /** What $now() and $millis() show. */
  readonly nowMs: number
}

export interface ReadyCase extends Omit<TestCase, 'steps'> {
  readonly steps: readonly ReadyStep[]
}

/** A test file whose records are made, with the contract that judges them. */
export interface ReadyTest {
  readonly file: string
  readonly compiled: CompiledContract
  readonly cases: readonly ReadyCase[]
}

/**
 * Makes the records of a test's cases, and finds what does not fit: bases, event files and rules that are not there, times that are
 * missing. A test with problems must not be run.
 *
 * @param isWhole false for a test of which parts could not be read: what is missing then has been reported
 */
export function prepareTest(
  test: ContractTest,
  compiled: CompiledContract,
  read: ReadEventFile,
  isWhole: boolean,
): { readonly ready: ReadyTest; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const values = new RecordValues(test, compiled.contract.format, read, isWhole, problems)
  values.checkBases()
  const askedBy = isWhole ? timeUses(compiled.contract.rules) : undefined
  const cases = test.cases.map((testCase) => {
    if (testCase.startMs === undefined && askedBy) problems.push(nowMissing(testCase, askedBy))
    const steps = testCase.steps.map((step, index) => {
      problems.push(...unknownRules(step, testCase, compiled))
      return toReadyStep(step, testCase, index, compiled, values)
    })
    return { ...testCase, steps }
  })
  return { ready: { file: test.file, compiled, cases }, problems }
}

function toReadyStep(
  step: TestStep,
  { name, startMs = 0 }: TestCase,
  index: number,
  { contract }: CompiledContract,
  values: RecordValues,
): ReadyStep {
  const nowMs = startMs + step.offsetMs
  const record: KafkaRecord = {
    topic: contract.topic,
    partition: 0,
    offset: index,
    timestampMs: step.timestampMs ?? nowMs,
    key: step.key === undefined ? null : Buffer.from(step.key, 'utf8'),
    value: values.bytesOf(step.value, name),
    headers: Object.fromEntries(step.headers) as KafkaRecord['headers'],
  }
  return { ...step, record, nowMs }
}

function unknownRules(step: TestStep, { name }: TestCase, { contract }: CompiledContract): Problem[] {
  const ids = new Set(contract.rules.map(({ id }) => id))
  const unknown = [...step.expected].filter(([rule]) => !ids.has(rule))
  return unknown.map(([rule, { nameAt }]) => unknownRule(rule, ids, contract.id, name, nameAt))
}

function unknownRule(
  rule: string,
  ids: ReadonlySet<string>,
  contract: string,
  name: string,
  at: Location,
): Problem {
  const meant = nearest(rule, ids)
  return {
    code: 'TEST_UNKNOWN_RULE',
    severity: 'error',
    message: `case ${quote(name)}: the contract ${quote(contract)} has no rule ${quote(rule)}`,
    hint: meant === undefined ? `Its rules are ${[...ids].join(', ')}.` : `Did you mean ${quote(meant)}?`,
    at,
  }
}

function nowMissing({ name, at }: TestCase, askedBy: string): Problem {
  return {
    code: 'TEST_NOW_MISSING',
    severity: 'error',
    message: `case ${quote(name)}: no \`now\` is given, and ${askedBy} asks for the time`,
    hint: 'Write `now: 2026-03-02T12:00:00Z`, say, at the top of the file, so that every run sees the same time.',
    at,
  }
}
