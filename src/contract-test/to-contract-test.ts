import { quote } from '../contract/describe-node.ts'
import type { Named, Read, ValueOf } from '../contract/shape.ts'
import type { BaseEvent, ContractTest, EventText, ExpectedChange, TestCase } from '../model/contract-test.ts'
import type { Location, Problem } from '../model/problem.ts'
import { duplicateCases } from './duplicate-cases.ts'
import { readMoment } from './read-moment.ts'
import type { TEST_SHAPE } from './shape-contract-test.ts'
import { type CaseValues, toSteps } from './to-steps.ts'

type TestValues = ValueOf<typeof TEST_SHAPE>
type BaseValues =
  NonNullable<TestValues['bases']>['value'] extends ReadonlyMap<string, Named<infer Base>> ? Base : never

/** From what stands in a test file to the words of the model, with what is wrong beyond the form of single values. */
export function toContractTest(
  file: string,
  read: Pick<TestValues, 'now' | 'bases' | 'cases'>,
): { readonly test: ContractTest; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const nowMs = read.now && readMoment(read.now, '`now`', problems)
  const cases = read.cases.value.map(({ value }) => toCase(value, nowMs, problems))
  const bases = new Map(Array.from(read.bases?.value ?? [], ([name, { value }]) => [name, toBase(value)]))
  problems.push(...duplicateCases(cases))
  return { test: { file, bases, cases }, problems }
}

function toBase({ event, eventFile, moving }: BaseValues): BaseEvent {
  const paths = (moving?.value ?? []).map(({ value, at }) => ({ path: value.split('.'), at }))
  return { text: toText({ event, eventFile }), moving: paths }
}

function toText({ event, eventFile }: Pick<BaseValues, 'event' | 'eventFile'>): EventText {
  if (eventFile) return { kind: 'file', path: eventFile.value.text, at: eventFile.at }
  const { value, at } = event as Read<NonNullable<typeof event>['value']>
  return { kind: 'inline', json: value, at }
}

function toCase(read: CaseValues, nowMs: number | undefined, problems: Problem[]): TestCase {
  const label = `case ${quote(read.name.value)}: \`now\``
  const startMs = read.now ? readMoment(read.now, label, problems) : nowMs
  return {
    name: read.name.value,
    startMs,
    steps: toSteps(read, startMs, problems),
    isSequence: read.steps !== undefined,
    changes: read.changes && { expected: toChanges(read, problems), at: read.changes.at },
    at: read.name.at,
  }
}

function toChanges({ name, changes }: CaseValues, problems: Problem[]): ExpectedChange[] {
  return (changes?.value ?? []).flatMap(({ value, at }) => {
    if (value.size > 1) problems.push(severalChanges(name.value, at))
    return Array.from(value, ([of, { value: status, nameAt }]) => ({ name: of, status, at: nameAt }))
  })
}

function severalChanges(name: string, at: Location): Problem {
  return {
    code: 'TEST_BAD_CHANGE',
    severity: 'error',
    message: `case ${quote(name)}: each item of \`changes\` is one change of one rule or promise`,
    hint: 'Begin each with a dash: `- still_flowing: breached`.',
    at,
  }
}
