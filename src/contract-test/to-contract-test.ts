import { quote } from '../contract/describe-node.ts'
import type { Named, Read, ValueOf } from '../contract/shape.ts'
import type { ContractTest, EventText, TestCase } from '../model/contract-test.ts'
import type { Problem } from '../model/problem.ts'
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

function toBase({ event, eventFile }: BaseValues): EventText {
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
    at: read.name.at,
  }
}
