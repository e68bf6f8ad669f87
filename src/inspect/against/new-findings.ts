import type { ErrorCode } from '../../errors/register.ts'
import { fieldMentions, placeOfSyntax } from '../../expression/index.ts'
import type { Place, SyntaxNode } from '../../expression/index.ts'
import type { Rule } from '../../model/contract.ts'
import type { Finding } from '../finding.ts'
import { partOf } from '../infer/nodes.ts'
import { allNodes } from '../infer/reads-data.ts'
import { rootScope } from '../infer/scope.ts'
import { inspectExpression } from '../inspect-rule.ts'
import type { Expression } from '../inspect-rule.ts'
import { RECORD_VARIABLES } from '../record-variables.ts'
import type { Type } from '../types/type.ts'
import type { Effect, Evidence } from './effect.ts'
import { fieldAt, isKnown } from './field-at.ts'

/** Findings after which a rule fails events, errs or is silent. The others are of style, or of the rule by itself. */
const BREAKING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'PATH_IMPOSSIBLE',
  'PATH_NOT_DESCRIBED',
  'TYPES_NEVER_EQUAL',
  'VALUE_IMPOSSIBLE',
  'TYPES_NOT_ORDERED',
  'ARITHMETIC_ON_NO_NUMBER',
  'ARGUMENT_TYPE',
  'ONE_OR_MANY',
  'RULE_NOT_BOOLEAN',
  'RULE_NEVER_PASSES',
  'RULE_NEVER_APPLIES',
  'FIELD_MAY_BE_MISSING',
  'FIELD_MAY_BE_NULL',
  'LIST_MAY_BE_EMPTY',
  'REGEX_NEVER_MATCHES',
])

/** What the static checks find with the proposed schema and not with today’s. */
export function newFindings(rule: Rule, expression: Expression, evidence: Evidence): Effect[] {
  const { today, isWhole, proposed } = evidence
  const before = new Set(today ? findingsOf(rule, expression, today).map(keyOf) : [])
  return findingsOf(rule, expression, proposed)
    .filter((finding) => BREAKING.has(finding.code) && !rule.ignore.has(finding.code))
    .filter((finding) => !before.has(keyOf(finding)) && !isHarmless(finding, expression, isWhole))
    .filter((finding) => !isGap(finding.code) || isNewGap(finding, rule, expression, evidence))
    .map(({ message, hint, place }) => ({ severity: 'error', message, hint, place }))
}

function findingsOf(rule: Rule, expression: Expression, event: Type): Finding[] {
  const scope = rootScope(event, RECORD_VARIABLES)
  return inspectExpression(rule, expression, scope, true).map(({ finding }) => finding)
}

function keyOf({ code, place }: Finding): string {
  return `${code} ${place.offset}`
}

type GapCode = 'FIELD_MAY_BE_MISSING' | 'FIELD_MAY_BE_NULL' | 'LIST_MAY_BE_EMPTY'

function isGap(code: ErrorCode): code is GapCode {
  return code === 'FIELD_MAY_BE_MISSING' || code === 'FIELD_MAY_BE_NULL' || code === 'LIST_MAY_BE_EMPTY'
}

/**
 * Whether events of today don’t have the gap: of several gaps of a field, only the first is found. A rule with a condition has chosen its
 * events; then it must be certain that they have none.
 */
function isNewGap(
  { code, place }: Finding,
  rule: Rule,
  { text }: Expression,
  { today, isWhole }: Evidence,
): boolean {
  // Languages that can't say that a list has items say nothing by it.
  if (code === 'LIST_MAY_BE_EMPTY' && !isWhole) return false
  const path = fieldMentions(text.text).find((mention) => isAtEnd(mention, place))?.path
  const before = today && path && fieldAt(today, path)
  if (today === undefined || path === undefined || !isKnown(before)) return isWhole || rule.when === undefined
  switch (code) {
    case 'FIELD_MAY_BE_NULL':
      return !before.type.isNull
    case 'LIST_MAY_BE_EMPTY':
      return before.type.lists?.minItems !== 0
    default:
      return !path.some((_, index) => mayBeMissing(today, path.slice(0, index + 1), index + 1 < path.length))
  }
}

function isAtEnd(mention: Place, place: Place): boolean {
  return mention.offset + mention.length === place.offset + place.length
}

/** A field of null is missing as well. */
function mayBeMissing(today: Type, path: readonly string[], isParent: boolean): boolean {
  const type = fieldAt(today, path)?.type
  return type !== undefined && (type.isAbsent || (isParent && type.isNull))
}

/**
 * A comparison that is always false, or true, because a field is never null any more, or, if nothing is known of today, because it never has
 * a value from which it is to differ: both are said to be safe.
 */
function isHarmless({ code, place }: Finding, { tree }: Expression, isWhole: boolean): boolean {
  if (code !== 'VALUE_IMPOSSIBLE' && code !== 'TYPES_NEVER_EQUAL') return false
  return allNodes(tree).some((node) => {
    const sides = [partOf(node, 'lhs'), partOf(node, 'rhs')].filter((side) => side !== undefined)
    if (node.type !== 'binary' || ![node, ...sides].some((one) => startsAt(one, place))) return false
    return sides.some(isNull) || (!isWhole && node.value === '!=' && code === 'VALUE_IMPOSSIBLE')
  })
}

function startsAt(node: SyntaxNode, place: Place): boolean {
  return placeOfSyntax(node)?.offset === place.offset
}

function isNull({ type, value }: SyntaxNode): boolean {
  return type === 'value' && value === null
}
