import { quote } from '../contract/describe-node.ts'
import type { CompiledContract } from '../evaluate/compiled.ts'
import type { ContractTest, TestCase, TestStep } from '../model/contract-test.ts'
import type { Problem } from '../model/problem.ts'
import type { KafkaRecord } from '../model/record.ts'
import { NamesInTests } from './names-in-tests.ts'
import { RecordValues } from './record-values.ts'
import type { ReadEventFile } from './record-values.ts'
import { timeUses } from './time-uses.ts'

/** A step with its record made. */
export interface ReadyStep extends TestStep {
  readonly record: KafkaRecord
  /** What $now() and $millis() show. */
  readonly nowMs: number
  /** The value of a repeated record that comes so much later than the first. */
  readonly valueAfter: (ms: number) => Uint8Array | null
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
  const names = new NamesInTests(compiled.contract)
  const askedBy = isWhole ? timeUses(compiled.contract.rules) : undefined
  const cases = test.cases.map((testCase) => {
    const asker = askedBy ?? (hasStatuses(testCase) ? 'what is expected of statuses' : undefined)
    if (isWhole && testCase.startMs === undefined && asker) problems.push(nowMissing(testCase, asker))
    problems.push(...names.problemsOf(testCase), ...tooLong(testCase))
    let offset = 0
    const steps = testCase.steps.map((step) => {
      const ready = toReadyStep(step, testCase, offset, compiled, values)
      offset += step.isSilence ? 0 : step.repeat
      return ready
    })
    return { ...testCase, steps }
  })
  return { ready: { file: test.file, compiled, cases }, problems }
}

function toReadyStep(
  step: TestStep,
  { name, startMs = 0 }: TestCase,
  offset: number,
  { contract }: CompiledContract,
  values: RecordValues,
): ReadyStep {
  const nowMs = startMs + step.offsetMs
  const value = values.bytesOf(step.value, name, step.offsetMs)
  const valueAfter = values.isMoving(step.value)
    ? (ms: number) => values.bytesOf(step.value, name, step.offsetMs + ms)
    : () => value
  const record: KafkaRecord = {
    topic: contract.topic,
    partition: 0,
    offset,
    timestampMs: step.timestampMs ?? nowMs,
    key: step.key === undefined ? null : Buffer.from(step.key, 'utf8'),
    value,
    headers: Object.fromEntries(step.headers) as KafkaRecord['headers'],
  }
  return { ...step, record, nowMs, valueAfter }
}

/** Whether the case expects anything of statuses: then it is played as a stream. */
export function hasStatuses({ steps, changes }: Pick<TestCase, 'steps' | 'changes'>): boolean {
  return changes !== undefined || steps.some(({ status }) => status.size > 0)
}

/** Statuses are judged all the time, so time that goes by is work. */
const LONGEST_DAYS = 366

function tooLong(testCase: TestCase): Problem[] {
  const { name, steps } = testCase
  const last = steps.at(-1)
  const lengthMs = last ? last.offsetMs + (last.repeat - 1) * last.everyMs : 0
  if (!last || !hasStatuses(testCase) || lengthMs <= LONGEST_DAYS * 86_400_000) return []
  return [
    {
      code: 'TEST_TOO_LONG',
      severity: 'error',
      message: `case ${quote(name)}: it lasts for ${Math.floor(lengthMs / 86_400_000)} days; with statuses, it may be ${LONGEST_DAYS}`,
      hint: 'Shorten the times between the steps.',
      at: last.at,
    },
  ]
}

function nowMissing({ name, at }: TestCase, askedBy: string): Problem {
  return {
    code: 'TEST_NOW_MISSING',
    severity: 'error',
    message: `case ${quote(name)}: no \`now\` is given, and ${askedBy} ${askedBy.startsWith('rule') ? 'asks for' : 'depends on'} the time`,
    hint: 'Write `now: 2026-03-02T12:00:00Z`, say, at the top of the file, so that every run sees the same time.',
    at,
  }
}
