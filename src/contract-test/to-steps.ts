import { quote } from '../contract/describe-node.ts'
import type { Read, ValueOf } from '../contract/shape.ts'
import type { TestStep } from '../model/contract-test.ts'
import type { Location, Problem } from '../model/problem.ts'
import { readMoment } from './read-moment.ts'
import type { TEST_SHAPE } from './shape-contract-test.ts'
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
  return [toStep(read, { offsetMs: 0, timestampMs, at: read.name.at })]
}

function toSequence(
  read: CaseValues,
  steps: readonly Read<StepValues>[],
  startMs: number,
  problems: Problem[],
): TestStep[] {
  const name = read.name.value
  refuseBesideSteps(read, problems)
  let offsetMs = 0
  const sequence = steps.map(({ value, at }) => {
    offsetMs = moveClock(value, offsetMs, name, problems)
    return toStep(value, { offsetMs, timestampMs: readTimestamp(value, name, problems), at })
  })
  const beyond = sequence.find((step) => startMs + step.offsetMs > MAX_MS)
  if (beyond) problems.push(beyondTime(name, beyond.at))
  return sequence
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

function wrongTime(name: string, what: string, at: Location): Problem {
  return {
    code: 'TEST_STEP_TIME',
    severity: 'error',
    message: `case ${quote(name)}: ${what}`,
    hint: 'Write the steps in the order in which they come: `at` counts from the start of the case, `after` from the step before.',
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
  const { key, headers, timestamp, expect, result } = read
  for (const [word, value] of Object.entries({ key, headers, timestamp, expect, result })) {
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
