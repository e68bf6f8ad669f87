import type { VerdictKind } from '../model/verdict.ts'
import type { Candidate } from './candidates.ts'
import { toMergePatch, withValue } from './field-path.ts'
import { spanText } from '../model/written-rule.ts'
import type { Rhythm } from './rhythm.ts'
import type { StarterCase } from './starter.ts'
import { type JsonType, type Summary, isAlwaysThere, onlyType } from './summary.ts'

type Verdicts = (event: unknown) => ReadonlyMap<string, VerdictKind>

/** The example as it is: every rule is named, so that each has a case in which it passes. */
export function goodCase(example: unknown, verdicts: Verdicts): StarterCase {
  return {
    name: 'an event as it should be',
    change: undefined,
    expect: Object.fromEntries(verdicts(example)),
  }
}

/** An event, and then none for longer than a rule allows. */
export function silentCase(rule: string, { within, withinMs }: Rhythm): StarterCase {
  const silence = { rule, within, after: spanText(withinMs + 60_000) }
  return { name: 'events stop coming', change: undefined, expect: {}, silence }
}

/** The example with what breaks one assertion. */
export function brokenCandidate(example: unknown, { broken }: Candidate, verdicts: Verdicts): StarterCase {
  return changed(broken.name, example, broken.path, broken.value, verdicts)
}

/** The example without a field that is required, or with one of another type, or something else altogether; undefined if all is allowed. */
export function brokenShape(
  example: unknown,
  summary: Summary,
  rule: string,
  verdicts: Verdicts,
): StarterCase | undefined {
  const cases = onlyType(summary) === 'object' ? [...changes(example, summary, verdicts)] : []
  const breaking = cases.find(({ expect }) => expect[rule] === 'fail')
  return breaking ?? replaced(summary, verdicts)
}

function* changes(example: unknown, summary: Summary, verdicts: Verdicts): Generator<StarterCase> {
  const fields = summary.isMap ? [] : [...summary.fields.values()]
  for (const { path } of fields.filter((field) => isAlwaysThere(field, summary))) {
    yield changed(`no ${path.join('.')}`, example, path, undefined, verdicts)
  }
  for (const { path, types } of fields) {
    const other = types.has('boolean') ? 'text' : true
    yield changed(`${path.join('.')} of another type`, example, path, other, verdicts)
  }
}

function changed(
  name: string,
  example: unknown,
  path: readonly string[],
  value: unknown,
  verdicts: Verdicts,
): StarterCase {
  const event = withValue(example, path, value)
  return { name, change: { patch: toMergePatch(path, value) }, expect: mustBeNamed(verdicts(event)) }
}

/** An event of a type that none in the sample had. */
function replaced({ types }: Summary, verdicts: Verdicts): StarterCase | undefined {
  const other = OF_EACH_TYPE.find(([type]) => !types.has(type))
  if (other === undefined) return undefined
  const [, event] = other
  return { name: 'an event of another type', change: { event }, expect: mustBeNamed(verdicts(event)) }
}

const OF_EACH_TYPE: readonly (readonly [JsonType, unknown])[] = [
  ['string', 'text'],
  ['number', 1],
  ['boolean', true],
  ['array', []],
  ['object', {}],
  ['null', null],
]

/** Rules that are not named must pass or be skipped. */
function mustBeNamed(verdicts: ReadonlyMap<string, VerdictKind>): Record<string, string> {
  return Object.fromEntries([...verdicts].filter(([, kind]) => kind === 'fail' || kind === 'error'))
}
