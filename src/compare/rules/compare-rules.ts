import type { Contract, LocatedText, Rule, Severity, StreamRule } from '../../model/contract.ts'
import type { Detail, Direction } from '../../model/difference.ts'
import { checkText } from '../../model/written-rule.ts'
import { directionOf, opposite } from '../direction.ts'
import { compareExpressions } from '../expression/compare-expressions.ts'
import { compareSchemas } from '../schema/compare-schemas.ts'
import type { Side } from '../side.ts'
import { code, detail, metadata, moved } from '../wording.ts'
import { compareFreshness, compareVolumes, kindOfStreamCheck } from './compare-stream-checks.ts'
import { compareModes, compareTolerances } from './compare-tolerances.ts'

/** A rule of either kind: about single events, or over the stream. */
export type AnyRule = Rule | StreamRule

/** A rule with what is needed to read it. */
export interface RuleOfSide<R extends AnyRule = AnyRule> {
  readonly rule: R
  readonly contract: Contract
  readonly side: Side
}

/** How much a failure weighs: what becomes heavier is tightened. */
const WEIGHTS: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 }

/** What differs between two versions of one rule. */
export function compareRules(base: RuleOfSide, head: RuleOfSide): readonly Detail[] {
  const [before, after] = [base.rule, head.rule]
  return [
    ...compareModes(before.mode, after.mode),
    ...compareSeverity(before.severity, after.severity),
    ...compareChecks(base, head),
    ...metadata('`dimension`', before.dimension, after.dimension),
    ...metadata('`description`', before.description, after.description),
    ...metadata('`ignore`', codesOf(before), codesOf(after)),
  ]
}

/** The accepted warnings; undefined for none. */
function codesOf({ ignore }: AnyRule): string | undefined {
  return ignore.size === 0 ? undefined : [...ignore.keys()].toSorted().join(', ')
}

function compareSeverity(base: Severity, head: Severity): Detail[] {
  const direction = directionOf(WEIGHTS[head] >= WEIGHTS[base], WEIGHTS[head] <= WEIGHTS[base])
  return detail(direction, `\`severity\` ${moved(base, head)}`)
}

function compareMissing(base: Rule['missing'], head: Rule['missing']): Detail[] {
  if (base === head) return []
  return head === 'skip'
    ? detail('loosened', 'events without the field are skipped now (`missing: skip`), they failed before')
    : detail('tightened', 'events without the field fail now (`missing: fail`), they were skipped before')
}

/** A condition that applies to fewer events lets more of them be. */
function compareWhen(base: LocatedText | undefined, head: LocatedText | undefined): Detail[] {
  if (!base) return head ? detail('loosened', `it applies only \`when\` ${code(head.text)} now`) : []
  if (!head) return detail('tightened', `it applies to every event now, not only \`when\` ${code(base.text)}`)
  return detail(opposite(compareExpressions(base.text, head.text)), `\`when\` ${moved(base.text, head.text)}`)
}

function compareChecks(base: RuleOfSide, head: RuleOfSide): Detail[] {
  if (isOfEvents(base) && isOfEvents(head)) return compareRulesOfEvents(base, head)
  const [before, after] = [base.rule.check, head.rule.check]
  if (before.kind === 'freshness' && after.kind === 'freshness') return compareFreshness(before, after)
  if (before.kind === 'volume' && after.kind === 'volume') return compareVolumes(before, after)
  return detail('changed', `it is ${describe(after)} now, it was ${describe(before)}`)
}

function isOfEvents(side: RuleOfSide): side is RuleOfSide<Rule> {
  return 'when' in side.rule
}

function compareRulesOfEvents(base: RuleOfSide<Rule>, head: RuleOfSide<Rule>): Detail[] {
  const [before, after] = [base.rule, head.rule]
  return [
    ...compareWhen(before.when, after.when),
    ...compareEventChecks(base, head),
    ...compareMissing(before.missing, after.missing),
    ...compareTolerances(base, head),
    ...metadata('`engine`', before.engine, after.engine),
  ]
}

function compareEventChecks(base: RuleOfSide<Rule>, head: RuleOfSide<Rule>): Detail[] {
  const [before, after] = [base.rule.check, head.rule.check]
  if (before.kind === 'assert' && after.kind === 'assert') {
    return compareAssertions(before.expression.text, after.expression.text)
  }
  if (before.kind === 'schema' && after.kind === 'schema') {
    return compareSchemaChecks(base, before.path, head, after.path)
  }
  return detail('changed', `it is ${describe(after)} now, it was ${describe(before)}`)
}

function compareAssertions(base: string, head: string): Detail[] {
  const direction: Direction = compareExpressions(base, head)
  return detail(direction, `\`assert\` ${moved(base, head)}`)
}

function describe(check: AnyRule['check']): string {
  switch (check.kind) {
    case 'assert':
      return `the assertion ${code(check.expression.text)}`
    case 'schema':
      return `the schema ${code(check.path.text)}`
    case 'freshness':
    case 'volume':
      return `${kindOfStreamCheck(check)} (${code(checkText(check))})`
  }
}

function compareSchemaChecks(
  base: RuleOfSide,
  basePath: LocatedText,
  head: RuleOfSide,
  headPath: LocatedText,
): Detail[] {
  const findings = compareSchemas(
    { file: basePath.locate().file, path: basePath.text, read: base.side.read },
    { file: headPath.locate().file, path: headPath.text, read: head.side.read },
  )
  const move = metadata('`schema`', basePath.text, headPath.text)
  if (findings === undefined) return [...move, ...unreadable(base, basePath, head, headPath)]
  return [
    ...move,
    ...findings.map(({ direction, path, text }) => ({ kind: direction, text: at(path, text) })),
  ]
}

function at(path: string, text: string): string {
  return path === '' ? `the whole event: ${text}` : `${code(path)}: ${text}`
}

/** That a document can't be read is reported as a problem; two that can't and are of one text are the same all the same. */
function unreadable(
  base: RuleOfSide,
  basePath: LocatedText,
  head: RuleOfSide,
  headPath: LocatedText,
): Detail[] {
  const [before, after] = [textOf(base, basePath), textOf(head, headPath)]
  return detail(before === after ? 'same' : 'changed', 'the schema can’t be read on one side')
}

function textOf({ side }: RuleOfSide, path: LocatedText): string | undefined {
  const found = side.read(path.locate().file, path.text)
  return 'text' in found ? found.text : undefined
}
