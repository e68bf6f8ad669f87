import type { SyntaxNode } from '../../expression/index.ts'
import { union } from '../types/combine.ts'
import { constantsOf, constantType } from '../types/constants.ts'
import { BOOLEAN, hasValue, NEVER } from '../types/type.ts'
import type { Type } from '../types/type.ts'
import { overlap } from './equal.ts'
import { reportKinds, reportNeverEqual, reportValue, shareKind } from './never-equal.ts'
import type { Side } from './never-equal.ts'
import { unwrap } from './nodes.ts'
import type { Run } from './run.ts'
import { reportSeveral, severalOf } from './several.ts'
import { booleansOf } from './truth.ts'
import type { Truth } from './truth.ts'

/** `in`: whether a value is among several. */
export function inferMembership(node: SyntaxNode, left: Side, right: Side, run: Run): Type {
  if (severalOf(left.type) && !run.isQuiet) {
    reportSeveral(node, left, { ...right, type: NEVER }, run)
    return BOOLEAN
  }
  const items = right.type.lists ? union(withoutLists(right.type), right.type.lists.item()) : right.type
  const wrong = literalsIn(right).filter((literal) => reportMember(node, left, literal, run))
  const isImpossible = hasValue(left.type) && hasValue(items) && !overlap(left.type, items)
  if (
    isImpossible &&
    wrong.length === 0 &&
    reportNeverEqual({ ...node, value: '=' }, left, { ...right, type: items }, run)
  )
    return BOOLEAN
  return { ...NEVER, booleans: booleansOf(membershipOf(left.type, items, right, wrong.length > 0)) }
}

function withoutLists(type: Type): Type {
  return { ...type, lists: undefined }
}

function membershipOf(left: Type, items: Type, right: Side, isWrong: boolean): Truth {
  const mayBeMissing = left.isAbsent || right.type.isAbsent || left.isUnknown
  const wanted = constantsOf(left)
  const given = literalsIn(right).length > 0 ? constantsOf(items) : undefined
  const isCertain = !mayBeMissing && wanted && given && wanted.every((value) => given.includes(value))
  return { canBeTrue: isWrong || overlap(left, items), canBeFalse: !isCertain }
}

/** The items of a list that is written out. */
function literalsIn({ node, type }: Side): readonly Side[] {
  const list = unwrap(node)
  const items = list.type === 'unary' && list.value === '[' ? list['expressions'] : undefined
  if (!Array.isArray(items) || !type.lists) return []
  const nodes: readonly SyntaxNode[] = items
  return nodes.flatMap((item) =>
    item.type === 'string' || item.type === 'number' || item.type === 'value'
      ? [{ node: item, type: constantType(item.value) }]
      : [],
  )
}

/** Reports an item of a list that the value never is, unless none of the list is. */
function reportMember(node: SyntaxNode, left: Side, literal: Side, run: Run): boolean {
  if (run.isQuiet || !hasValue(left.type) || overlap(left.type, literal.type)) return false
  if (!shareKind(left.type, literal.type)) return reportKinds({ ...node, value: '=' }, left, literal, run)
  return reportValue(literal, left, run)
}
