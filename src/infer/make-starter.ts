import type { Problem } from '../model/problem.ts'
import { type Candidate, candidatesOf, timeFieldOf } from './candidates.ts'
import { type ContractParts, contractText, idOf, RHYTHM_RULE } from './contract-text.ts'
import { toExample } from './example-event.ts'
import { toRuleWords, withValue } from './field-path.ts'
import { jsonText } from './json-text.ts'
import { toSchema } from './json-schema.ts'
import { personalFields, placesOf } from './places.ts'
import type { Starter, StarterNames } from './starter.ts'
import { rhythmOf } from './rhythm.ts'
import { brokenCandidate, brokenShape, goodCase, silentCase } from './starter-cases.ts'
import { summarise } from './summarise.ts'
import type { Summary } from './summary.ts'
import { testText } from './test-text.ts'
import { type Trial, tryOut } from './trial.ts'

/** Where the events come from. */
export interface Sample {
  readonly events: readonly unknown[]
  /** To end "Made by `assay init` …". */
  readonly origin: string
  /** What the reader should do with the result; may have several lines. */
  readonly advice: string
}

const NOTHING_IN_COMMON: Problem = {
  code: 'SAMPLE_UNUSABLE',
  severity: 'error',
  message: 'the events are of every type that JSON has, so no schema could refuse any',
  hint: 'Give events of one topic that have something in common.',
}

/** Of a large sample, so many events are judged by each rule that was made from it. */
const MAX_JUDGED = 1_000

/**
 * A first contract made from a sample of events: a JSON Schema, a few assertions, and a test in which each rule passes and fails. All
 * rules hold for the sample. Deterministic: the same arguments give the same texts.
 *
 * @returns problems if the names can't be used in a contract, or the events have nothing in common
 */
export function makeStarter(
  names: StarterNames,
  sample: Sample,
  nowMs: number,
): Starter | readonly Problem[] {
  const summary = summarise(sample.events)
  const schema = schemaText(names, sample, summary)
  const parts = partsOf(names, sample, summary)
  const tried = (candidates: readonly Candidate[]) =>
    tryOut(pathOf(names, 'contract.yaml'), contractText(names, { ...parts, candidates }), schema)
  const trial = tried(parts.candidates)
  if (trial.problems.length > 0) return trial.problems

  const example = toExample(fullest(sample.events), summary)
  const candidates = parts.candidates.filter((candidate) => holds(candidate, trial, sample, example, nowMs))
  const isWhole = candidates.length === parts.candidates.length
  const final = isWhole ? trial : tried(candidates)
  return assemble(names, { ...parts, candidates }, { schema, example, summary }, final)
}

function assemble(
  names: StarterNames,
  parts: ContractParts,
  { schema, example, summary }: { schema: string; example: unknown; summary: Summary },
  trial: Trial,
): Starter | readonly Problem[] {
  const testNowMs = timeOfTest(parts.candidates, example) ?? (parts.rhythm && ANY_MOMENT_MS)
  const verdicts = (event: unknown) => trial.verdicts(event, testNowMs ?? 0)
  const shapeCase = brokenShape(example, summary, parts.shapeRule, verdicts)
  if (shapeCase === undefined) return [NOTHING_IN_COMMON]
  const cases = [
    goodCase(example, verdicts),
    shapeCase,
    ...parts.candidates.map((candidate) => brokenCandidate(example, candidate, verdicts)),
    ...(parts.rhythm ? [silentCase(RHYTHM_RULE, parts.rhythm)] : []),
  ]
  const now = testNowMs === undefined ? undefined : new Date(testNowMs).toISOString()
  return {
    contract: { path: pathOf(names, 'contract.yaml'), text: contractText(names, parts) },
    schema: { path: `${names.domain}/schemas/${names.name}.schema.json`, text: schema },
    test: { path: pathOf(names, 'contract.test.yaml'), text: testText(example, cases, now) },
    rules: [parts.shapeRule, ...parts.candidates.map(({ id }) => id), ...(parts.rhythm ? [RHYTHM_RULE] : [])],
    fields: placesOf(summary),
    personal: parts.personal,
    cases: cases.length,
  }
}

/** For tests whose rules don't ask for the time. */
const ANY_MOMENT_MS = Date.UTC(2026, 0, 5, 12)

function partsOf(names: StarterNames, { origin, advice, events }: Sample, summary: Summary): ContractParts {
  const time = timeFieldOf(summary)
  return {
    origin,
    advice,
    shapeRule: `${toRuleWords([names.name]) ?? 'event'}_shape`,
    schemaPath: `./schemas/${names.name}.schema.json`,
    candidates: withoutRepeatedIds(candidatesOf(summary)),
    rhythm: time && rhythmOf(events.flatMap((event) => timeIn(event, time.path) ?? [])),
    personal: personalFields(summary),
  }
}

function withoutRepeatedIds(candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter(
    ({ id }, index) => candidates.findIndex((candidate) => candidate.id === id) === index,
  )
}

/** Whether an assertion is true for the sample and the example, and false for what is meant to break it. */
function holds(
  { id, timeField, broken }: Candidate,
  trial: Trial,
  { events }: Sample,
  example: unknown,
  nowMs: number,
): boolean {
  const passes = (event: unknown, atMs: number) => trial.verdicts(event, atMs).get(id) === 'pass'
  const testNowMs = timeField === undefined ? nowMs : timeAt(example, timeField)
  if (testNowMs === undefined || !passes(example, testNowMs)) return false
  if (passes(withValue(example, broken.path, broken.value), testNowMs)) return false
  return events.slice(0, MAX_JUDGED).every((event) => passes(event, nowMs))
}

/** A minute after the time in the example, for rules that compare it with the present. */
function timeOfTest(candidates: readonly Candidate[], example: unknown): number | undefined {
  const field = candidates.find(({ timeField }) => timeField !== undefined)?.timeField
  return field && timeAt(example, field)
}

function timeAt(example: unknown, path: readonly string[]): number | undefined {
  const timeMs = timeIn(example, path)
  return timeMs === undefined ? undefined : timeMs + 60_000
}

function timeIn(event: unknown, path: readonly string[]): number | undefined {
  const text = path.reduce(
    (inner: unknown, name) => (inner as Record<string, unknown> | undefined)?.[name],
    event,
  )
  const timeMs = typeof text === 'string' ? Date.parse(text) : Number.NaN
  return Number.isNaN(timeMs) ? undefined : timeMs
}

function schemaText(names: StarterNames, { origin }: Sample, summary: Summary): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: idOf(names),
    description: `Made by assay init ${origin}. Unknown fields are allowed: the producer may add some.`,
    ...toSchema(summary),
  }
  return `${jsonText(schema)}\n`
}

/** The event with the most text, of those that come first: it shows the most fields. */
function fullest(events: readonly unknown[]): unknown {
  let best: { readonly event: unknown; readonly length: number } = { event: {}, length: -1 }
  for (const event of events.slice(0, MAX_JUDGED)) {
    const { length } = JSON.stringify(event)
    if (length > best.length) best = { event, length }
  }
  return best.event
}

function pathOf({ domain, name }: StarterNames, ending: string): string {
  return `${domain}/${name}.${ending}`
}
