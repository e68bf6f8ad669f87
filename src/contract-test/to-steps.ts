import { quote } from '../contract/describe-node.ts'
import type { Read, ValueOf } from '../contract/shape.ts'
import type { TestStep } from '../model/contract-test.ts'
import type { Location, Problem } from '../model/problem.ts'
import { readMoment } from './read-moment.ts'
import { MAX_RECORDS, type TEST_SHAPE } from './shape-contract-test.ts'
import { delayMs } from '../contract/times.ts'
import { type RecordValues, toStep } from './to-step.ts'

export type CaseValues = ValueOf<typeof TEST_SHAPE.keys.cases.value.of>
type StepValues = ValueOf<typeof TEST_SHAPE.keys.cases.value.of.keys.steps.value.of>

/** The last moment that JavaScript's dates can show: the year 275760. */
const MAX_MS = 8.64e15

/** The records of a case. One that is not a sequence has one, at its start. */
export function toSteps(read: CaseValues, startMs: number | undefined, problems: Problem[]): TestStep[] {
  const name = read.name.value
  if (read.steps) return toSequence(read, read.steps.value, startMs ?? 0, problems)
  const timestampMs = readTimestamp(read, name, problems)
  const step = toStep(read, { offsetMs: 0, timestampMs, isSilence: false, at: read.name.at })
  checkBounds([step], startMs ?? 0, name, problems)
  return [step]
}

function toSequence(
  read: CaseValues,
  steps: readonly Read<StepValues>[],
  startMs: number,
  problems: Problem[],
): TestStep[] {
  const name = read.name.value
  refuseBesideSteps(read, problems)
  let beforeMs = 0
  const sequence = steps.map(({ value, at }) => {
    const offsetMs = moveClock(value, beforeMs, name, problems)
    const isSilence = value.silence !== undefined
    if (isSilence) checkSilence(value, offsetMs - beforeMs, name, problems)
    const timestampMs = readTimestamp(value, name, problems)
    const step = toStep(value, { offsetMs, timestampMs, isSilence, at })
    beforeMs = endOf(step)
    return step
  })
  checkBounds(sequence, startMs, name, problems)
  return sequence
}

/** When the last of its records comes, since the start of the case. */
function endOf({ offsetMs, repeat, everyMs }: TestStep): number {
  return offsetMs + (repeat - 1) * everyMs
}

/** In a test of rules nothing is learnt from longer ones, and their times are walked through. */
const LONGEST_BURST_MS = 31 * 86_400_000

function checkBounds(steps: readonly TestStep[], startMs: number, name: string, problems: Problem[]): void {
  const beyond = steps.find((step) => startMs + endOf(step) > MAX_MS)
  if (beyond) problems.push(beyondTime(name, beyond.at))
  const endless = steps.find((step) => endOf(step) - step.offsetMs > LONGEST_BURST_MS)
  if (endless) {
    const days = Math.floor((endOf(endless) - endless.offsetMs) / 86_400_000)
    const what = `the repeated record comes over ${days} days; it may be 31`
    problems.push(tooMany(name, what, 'Lower `repeat` or `every`.', endless.at))
  }
  const records = steps.reduce((sum, { repeat }) => sum + repeat, 0)
  if (records > MAX_RECORDS) {
    const most = MAX_RECORDS.toLocaleString('en')
    const what = `its steps have ${records.toLocaleString('en')} records; a case may have ${most}`
    problems.push(tooMany(name, what, 'Lower `repeat`, or divide the case.', steps.at(-1)?.at))
  }
}

function tooMany(name: string, what: string, hint: string, at: Location | undefined): Problem {
  const message = `case ${quote(name)}: ${what}`
  return { code: 'TEST_TOO_MANY_RECORDS', severity: 'error', message, hint, ...(at && { at }) }
}

/** What belongs to a record stands beside no silence. */
function checkSilence(read: StepValues, lengthMs: number, name: string, problems: Problem[]): void {
  const { with: change, key, headers, timestamp, repeat, every, expect, result } = read
  for (const [word, value] of Object.entries({
    with: change,
    key,
    headers,
    timestamp,
    repeat,
    every,
    expect,
    result,
  })) {
    if (value) problems.push(besideSilence(name, word, value.at))
  }
  if (lengthMs === 0 && read.silence) {
    problems.push(wrongTime(name, 'the silence lasts for no time', read.silence.at, SILENCE_HINT))
  }
}

const SILENCE_HINT = 'Say how long it is with `after: 10m`, or until when with `at`.'

function besideSilence(name: string, word: string, at: Location): Problem {
  return {
    code: 'TEST_KEY_BESIDE_SILENCE',
    severity: 'error',
    message: `case ${quote(name)}: \`${word}\` stands beside \`silence\`, but belongs to a record`,
    hint: 'In a silence no record comes: only `status` can be expected after it.',
    at,
  }
}

function readTimestamp({ timestamp }: RecordValues, name: string, problems: Problem[]): number | undefined {
  return timestamp && readMoment(timestamp, `case ${quote(name)}: \`timestamp\``, problems)
}

/** When a step comes. A step that is wrong comes with the one before it, so that one mistake is reported once. */
function moveClock({ at, after }: StepValues, beforeMs: number, name: string, problems: Problem[]): number {
  if (at && after) {
    problems.push(wrongTime(name, 'only one of `at` and `after` can say when the step comes', after.at))
    return beforeMs
  }
  if (after) return beforeMs + delayMs(after.value)
  if (!at) return beforeMs
  const offsetMs = delayMs(at.value)
  if (offsetMs >= beforeMs) return offsetMs
  problems.push(wrongTime(name, `\`at: ${at.value}\` lies before the step before it`, at.at))
  return beforeMs
}

const ORDER_HINT =
  'Write the steps in the order in which they come: `at` counts from the start of the case, `after` from the step before.'

function wrongTime(name: string, what: string, at: Location, hint = ORDER_HINT): Problem {
  return {
    code: 'TEST_STEP_TIME',
    severity: 'error',
    message: `case ${quote(name)}: ${what}`,
    hint,
    at,
  }
}

function beyondTime(name: string, at: Location): Problem {
  return {
    code: 'TEST_BAD_TIME',
    severity: 'error',
    message: `case ${quote(name)}: the step comes after the last moment that can be told, in the year 275760`,
    hint: 'Shorten the times between the steps.',
    at,
  }
}

function refuseBesideSteps(read: CaseValues, problems: Problem[]): void {
  const { key, headers, timestamp, repeat, every, expect, result, status } = read
  const keys = { key, headers, timestamp, repeat, every, expect, result, status }
  for (const [word, value] of Object.entries(keys)) {
    if (value) problems.push(besideSteps(read.name.value, word, value.at))
  }
}

function besideSteps(name: string, word: string, at: Location): Problem {
  return {
    code: 'TEST_KEY_BESIDE_STEPS',
    severity: 'error',
    message: `case ${quote(name)}: \`${word}\` stands beside \`steps\`, but belongs to one record`,
    hint: `Move \`${word}\` into the step that it is about.`,
    at,
  }
}
