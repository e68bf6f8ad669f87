import type { SyntaxNode } from '../expression/index.ts'
import type { StreamRule } from '../model/contract.ts'
import type { Problem } from '../model/problem.ts'
import { infer } from './infer/infer.ts'
import { calledName } from './infer/nodes.ts'
import { allNodes, readsData } from './infer/reads-data.ts'
import { Run } from './infer/run.ts'
import { rootScope } from './infer/scope.ts'
import { reportShape, toProblem, type TreeOf } from './inspect-rule.ts'
import { RECORD_VARIABLES } from './record-variables.ts'
import { wordsFor } from './types/describe.ts'
import type { Numbers, Texts, Type } from './types/type.ts'
import { hasValue } from './types/type.ts'

/** What is doubtful about the time in the event that a rule over the stream reads, for events of this type. */
export function inspectStreamRule(rule: StreamRule, event: Type, treeOf: TreeOf): Problem[] {
  const { field } = rule.check
  const tree = field && treeOf(field.text)
  if (!field || !tree) return []
  const run = new Run(field.text, infer)
  try {
    reportTime(tree, run.infer(tree, rootScope(event, RECORD_VARIABLES)), run)
    reportShape(tree, run)
  } catch (error) {
    // Nested so deeply that the stack does not hold it: then nothing is said.
    if (!(error instanceof RangeError)) throw error
  }
  return run.findings.map((finding) => toProblem(rule, field, finding))
}

const HINT =
  'Name the field that says when the event happened, as ISO 8601 text or in milliseconds or seconds since 1970; without `field`, the time of arrival counts.'

function reportTime(tree: SyntaxNode, type: Type, run: Run): void {
  if (run.findings.length > 0) return
  const text = `\`${run.textOf(tree)}\``
  if (allNodes(tree).some(isClock)) {
    const message = `${text} tells when the event is judged, so every event would be of now`
    run.report('FIELD_NEVER_A_TIME', tree, message, HINT)
  } else if (!readsData(tree)) {
    run.report('FIELD_NEVER_A_TIME', tree, `${text} is the same for every event, so it tells no time`, HINT)
  } else if (!type.isUnknown && hasValue(type) && !mayBeTime(type)) {
    run.report('FIELD_NEVER_A_TIME', tree, `${text} is ${wordsFor(type)}, which is never a time`, HINT)
  }
}

function isClock(node: SyntaxNode): boolean {
  return ['now', 'millis'].includes(calledName(node) ?? '')
}

function mayBeTime({ texts, numbers }: Type): boolean {
  return (texts !== undefined && mayBeIsoText(texts)) || (numbers !== undefined && mayBeEpoch(numbers))
}

const FORMATS_OF_TIMES: ReadonlySet<string> = new Set(['date-time', 'date'])
/** Four digits of a year, two of a month. */
const SHORTEST_ISO_TEXT = 7

function mayBeIsoText({ values, formats, maxLength }: Texts): boolean {
  if (values) return values.some((value) => /^\d{4}-\d{2}/.test(value))
  return maxLength >= SHORTEST_ISO_TEXT && formats.every((format) => FORMATS_OF_TIMES.has(format))
}

/** Seconds since 1970 in the year 1973: a field that is always below counts something else. */
const EARLIEST_EPOCH = 100_000_000

function mayBeEpoch({ max }: Numbers): boolean {
  return max >= EARLIEST_EPOCH
}
